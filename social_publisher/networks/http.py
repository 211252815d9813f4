"""HTTP answers and failures sorted into the typed tree, for every network module that speaks HTTP."""

from __future__ import annotations

import email.utils
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import httpx

from social_publisher.networks.errors import (
    AuthError,
    NetworkError,
    RateLimitedError,
    RefusedError,
    TemporaryError,
    UnknownOutcomeError,
)

LONGEST_WORDS = 500
# The request never left: the network cannot have taken anything.
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


def failed_call(error: httpx.HTTPError) -> NetworkError:
    """Sort a call that got no answer. Only one that surely never left is temporary, whatever lever the network has: a
    post that may be out must not look as if it could still be changed."""
    kind = type(error).__name__
    if isinstance(error, NOT_SENT):
        return TemporaryError(f"The network could not be reached ({kind}).")
    return UnknownOutcomeError(f"The network did not answer ({kind}).")


def failed_answer(response: httpx.Response, words: str, secrets: Iterable[str] = ()) -> NetworkError:
    """Sort an answer that is no success. `words` are the network's own; secrets are cut out of them.

    429 asks to wait, 401 is the account's, 5xx leaves it open whether the post was taken, every other 4xx is a refusal.
    RFC 9110, section 15; RFC 6585, section 4.
    """
    told = clean(words, secrets) or f"HTTP {response.status_code}"
    status = response.status_code
    if status == httpx.codes.TOO_MANY_REQUESTS:
        return RateLimitedError(told, retry_after(response))
    if status == httpx.codes.UNAUTHORIZED:
        return AuthError(told)
    if status >= httpx.codes.INTERNAL_SERVER_ERROR or status == httpx.codes.REQUEST_TIMEOUT:
        return UnknownOutcomeError(told)
    return RefusedError(told)


def retry_after(response: httpx.Response, now: datetime | None = None) -> timedelta | None:
    """Read Retry-After, in seconds or as a date (RFC 9110, 10.2.3), else the common reset headers; None if untold."""
    moment = now or datetime.now(UTC)
    told = response.headers.get("retry-after", "").strip()
    if told.isdecimal():
        return timedelta(seconds=min(int(told), 7 * 24 * 3600))
    for value in (told, response.headers.get("x-ratelimit-reset", ""), response.headers.get("x-rate-limit-reset", "")):
        if (at := read_time(value)) is not None:
            return max(at - moment, timedelta())
    return None


def read_time(value: str) -> datetime | None:
    """Read an HTTP date, an ISO 8601 time or seconds since 1970; None for anything else."""
    value = value.strip()
    try:
        if value.isdecimal():
            return datetime.fromtimestamp(int(value), UTC)
        at = datetime.fromisoformat(value) if value[:4].isdecimal() else email.utils.parsedate_to_datetime(value)
    except (ValueError, OverflowError, OSError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def clean(words: str, secrets: Iterable[str]) -> str:
    """Return the words without the given secrets, on one line, at most 500 characters."""
    for secret in secrets:
        if secret:
            words = words.replace(secret, "…")
    return " ".join(words.split())[:LONGEST_WORDS]
