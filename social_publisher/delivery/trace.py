"""Which delivery is being sent: every line of the log that comes of it names it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

delivery: ContextVar[int | None] = ContextVar("delivery", default=None)


@contextmanager
def sending(pk: int) -> Iterator[None]:
    """What is logged inside is of this delivery."""
    token = delivery.set(pk)
    try:
        yield
    finally:
        delivery.reset(token)
