"""The id of the request under way: it stands in the log, in the answer, and in what is recorded meanwhile."""

from __future__ import annotations

from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")
