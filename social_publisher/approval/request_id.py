"""The id of the request under way: it stands in the log, in the answer, and in what is recorded meanwhile.

It stands in this room because the record does, which knows nothing of the site above it.
"""

from __future__ import annotations

from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")
