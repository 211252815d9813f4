"""Timestamp identifiers, which are the keys of posts. Source: atproto.com/specs/tid."""

from __future__ import annotations

import itertools
import secrets
from datetime import UTC, datetime, timedelta

ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"
LENGTH = 13
CLOCK_BITS = 10
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# What is armed together bears one time, and a clock id has only ten bits: each key of this process takes the next
# microsecond, so that no two can meet; after a second's worth it begins anew.
SPREAD = 1_000_000
_turns = itertools.count()


def new_tid(at: datetime) -> str:
    """A key for this time: 53 bits of microseconds and a random clock id, in characters that sort as the times do."""
    microseconds = (at - EPOCH) // timedelta(microseconds=1) + next(_turns) % SPREAD
    value = microseconds << CLOCK_BITS | secrets.randbelow(1 << CLOCK_BITS)
    return "".join(ALPHABET[value >> 5 * place & 31] for place in reversed(range(LENGTH)))


def time_of(tid: str) -> datetime | None:
    """The time that a key was made for, in UTC; None for a key that is no timestamp."""
    if len(tid) != LENGTH or not set(tid) <= set(ALPHABET):
        return None
    value = 0
    for character in tid:
        value = value << 5 | ALPHABET.index(character)
    try:
        return EPOCH + timedelta(microseconds=value >> CLOCK_BITS)
    except OverflowError:
        return None
