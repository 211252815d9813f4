"""Which delivery is being sent: every line of the log that comes of it names it, and so does a trace of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar

delivery: ContextVar[int | None] = ContextVar("delivery", default=None)
# Where sendings are traced, how one is.
around: list[Callable[[int], AbstractContextManager[object]]] = []


@contextmanager
def sending(pk: int) -> Iterator[None]:
    """What is logged inside is of this delivery."""
    token = delivery.set(pk)
    try:
        with around[0](pk) if around else nullcontext():
            yield
    finally:
        delivery.reset(token)
