"""When a delivery that was put off is tried again. Policy only: decides, does nothing."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

FIRST = timedelta(seconds=5)
LONGEST = timedelta(minutes=10)


def next_try(
    now: datetime, attempt: int, retry_after: timedelta | None = None, jitter: float | None = None
) -> datetime:
    """Return when to try again after the given attempt (1 is the first): doubling from 5 s to 10 min, spread by up to
    a quarter so that channels do not return together; never before what the network asked for.
    """
    spread = random.random() if jitter is None else jitter  # noqa: S311
    wait: timedelta = min(FIRST * 2 ** min(attempt - 1, 20), LONGEST) * (1 + spread / 4)
    return now + max(wait, retry_after or timedelta())


def next_look(now: datetime, retry_after: timedelta | None = None) -> datetime:
    """Return when to look again at what a network is processing: as it wishes, every 5 s to every minute."""
    return now + min(max(retry_after or FIRST, FIRST), timedelta(minutes=1))
