"""Lines of the log: one JSON object each, with the request's and the delivery's id; or as people read them."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from social_publisher.approval.request_id import request_id
from social_publisher.delivery.trace import delivery


class IdsFilter(logging.Filter):
    """Gives each record the ids of what it belongs to; empty where it belongs to none."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let everything through."""
        record.request_id = request_id.get()
        record.delivery_id = delivery.get()
        return True


class Lines(JsonFormatter):
    """One JSON object a line. Times are UTC."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__("%(levelname)s %(name)s %(message)s %(process)d", rename_fields=NAMES)

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        """Leave out what is empty, and what Django puts beside a record that is no plain data."""
        return {name: value for name, value in log_data.items() if value not in ("", None) and name not in OBJECTS}

    def add_fields(self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]) -> None:
        """The moment first."""
        log_data["at"] = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        super().add_fields(log_data, record, message_dict)


NAMES = {"levelname": "level", "name": "logger"}
OBJECTS = {"request", "taskName", "server_time"}
