"""Lines of the log are plain data with the ids of what they belong to."""

from __future__ import annotations

import json
import logging

from campaign_site.observability.logs import IdsFilter, Lines
from social_publisher.approval.request_id import request_id
from social_publisher.delivery.trace import sending


def line(message: str, *args: object) -> dict[str, object]:
    record = logging.LogRecord("campaign", logging.WARNING, __file__, 1, message, args, None)
    assert IdsFilter().filter(record)
    found: dict[str, object] = json.loads(Lines().format(record))
    return found


def test_a_line_names_the_request_and_the_delivery_it_belongs_to() -> None:
    token = request_id.set("abc")
    with sending(7):
        found = line("it took %d tries", 3)
    request_id.reset(token)
    assert found["message"] == "it took 3 tries"
    assert (found["level"], found["logger"]) == ("WARNING", "campaign")
    assert (found["request_id"], found["delivery_id"]) == ("abc", 7)
    assert str(found["at"]).endswith("+00:00")


def test_what_belongs_to_nothing_names_nothing() -> None:
    assert {"request_id", "delivery_id"} & set(line("started")) == set()


def test_a_line_is_one_line_whatever_is_in_it() -> None:
    record = logging.LogRecord("campaign", logging.ERROR, __file__, 1, "a\nforged line\r\n", (), None)
    IdsFilter().filter(record)
    assert "\n" not in Lines().format(record)
