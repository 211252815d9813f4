"""The form's signed token: which page made it, when, and a number of its own.

It stands where a CSRF cookie would: readers get no cookie, and nothing is done in the name of somebody signed in, so
there is nothing a forged request could borrow. The token makes a form ours, neither too quick nor
too old, and counted once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from uuid import UUID, uuid4

from django.core import signing

SALT = "content.contact"
AT_LEAST = timedelta(seconds=3)
AT_MOST = timedelta(hours=24)


class Fault(Enum):
    """Why a form is not taken as it came."""

    NOT_OURS = "not ours"
    TOO_QUICK = "too quick"
    TOO_OLD = "too old"


class TokenError(Exception):
    """A form that has to be sent once more; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Token:
    """A form that a page of ours made."""

    form_id: UUID
    made_at: datetime


def issue(page_id: int, now: datetime) -> str:
    """Return a new token for a form of this page."""
    return signing.dumps({"page": page_id, "id": uuid4().hex, "at": int(now.timestamp())}, salt=SALT)


def read(token: str, page_id: int, now: datetime) -> Token:
    """Return what the token says. Raises TokenError."""
    try:
        data = signing.loads(token, salt=SALT)
        made = Token(UUID(data["id"]), datetime.fromtimestamp(data["at"], UTC))
    except (signing.BadSignature, KeyError, TypeError, ValueError) as error:
        raise TokenError(Fault.NOT_OURS) from error
    if data.get("page") != page_id:
        raise TokenError(Fault.NOT_OURS)
    if now - made.made_at > AT_MOST:
        raise TokenError(Fault.TOO_OLD)
    if now - made.made_at < AT_LEAST:
        raise TokenError(Fault.TOO_QUICK)
    return made
