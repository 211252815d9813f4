"""What X says when it says no, sorted by what has to happen next. Source: docs.x.com, Response codes and errors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from django.utils.translation import gettext as _

from social_publisher.networks.base import Remaining, Scope
from social_publisher.networks.errors import AuthError, NetworkError, RateLimitedError, RefusedError
from social_publisher.networks.http import Answer, clean, failed_answer, read_time, retry_after, speaks_json, words_of

UNREADABLE = "The network's answer could not be read."
# The headers of each limit: the account's of 15 minutes, the account's and the app's of 24 hours.
LIMITS = (
    (Scope.CHANNEL, "x-rate-limit"),
    (Scope.CHANNEL, "x-user-limit-24hour"),
    (Scope.APP, "x-app-limit-24hour"),
)
# The last piece of a problem's type. Money is missing, or access is.
NO_CREDITS = frozenset({"credits-depleted", "usage-capped"})
NO_ACCESS = frozenset({"client-forbidden", "oauth1-permissions", "unsupported-authentication", "user-suspended"})
NOT_FOUND = "resource-not-found"
# What a 403 says when the account, not the content, is the reason; a bare "Forbidden" is a missing scope.
NO_ACCESS_WORDS = ("suspended", "temporarily locked", "not permitted to access this feature")
BARE = frozenset({"", "forbidden"})


class GoneError(RefusedError):
    """X does not have it, or has it no more."""


def sort(response: Answer, answer: Any, secrets: Iterable[str]) -> NetworkError:
    """Sort an answer that is no success; `answer` is its JSON, or None."""
    words = clean(words_in(answer), secrets)
    status, kind = response.status_code, kind_of(answer)
    if status == httpx.codes.PAYMENT_REQUIRED or kind in NO_CREDITS:
        told = _(
            "X takes nothing until an administrator of the app buys credits or raises its limit. X says: %(words)s"
        )
        return AuthError(told % {"words": words or f"HTTP {status}"})
    if status == httpx.codes.TOO_MANY_REQUESTS:
        return _limited(response, words)
    if status == httpx.codes.FORBIDDEN and speaks_json(response) and _lacks_access(kind, words.lower()):
        return AuthError(words or f"HTTP {status}")
    if status == httpx.codes.NOT_FOUND or kind == NOT_FOUND:
        return GoneError(words or f"HTTP {status}")
    return failed_answer(response, words, secrets)


def remaining(headers: Mapping[str, str]) -> tuple[Remaining, ...]:
    """What the headers say is left of each limit."""
    found = []
    for scope, name in LIMITS:
        count, resets_at = headers.get(f"{name}-remaining", ""), read_time(headers.get(f"{name}-reset", ""))
        if count.isdecimal() and resets_at is not None:
            found.append(Remaining(scope, int(count), resets_at))
    return tuple(found)


def words_in(answer: Any) -> str:
    """X's own words: the problem's detail, and those of each single error in it."""
    told = [words_of(answer)]
    errors = answer.get("errors") if isinstance(answer, Mapping) else None
    for error in errors if isinstance(errors, list) else ():
        told.append(words_of(error))
    return " ".join(dict.fromkeys(filter(None, told)))


def kind_of(problem: Any) -> str:
    """The last piece of a problem's type."""
    return str(problem.get("type", "")).rsplit("/", 1)[-1] if isinstance(problem, Mapping) else ""


def _limited(response: Answer, words: str) -> RateLimitedError:
    """How long to wait: until the last of the limits that are used up begins anew."""
    words = words or "HTTP 429"
    used_up = [limit for limit in remaining(response.headers) if limit.count == 0]
    if not used_up:
        return RateLimitedError(words, retry_after(response))
    wait = max(limit.resets_at for limit in used_up) - datetime.now(UTC)
    app_wide = any(limit.scope is Scope.APP for limit in used_up)
    return RateLimitedError(words, max(wait, timedelta()), app_wide=app_wide)


def _lacks_access(kind: str, words: str) -> bool:
    return kind in NO_ACCESS or words in BARE or any(sign in words for sign in NO_ACCESS_WORDS)
