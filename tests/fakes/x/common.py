"""What all of X's paths share: problems, tokens, limits, ids."""

from __future__ import annotations

import hashlib
import math
import time
from typing import Any

from tests.fakes.http import Answer, Call, FakeNetwork

PROBLEMS = "https://api.x.com/2/problems"
SCOPES = ("tweet.read", "tweet.write", "users.read", "media.write", "offline.access")
PREFIX = "access-"
# X's ids count milliseconds since this moment, before their last 22 bits.
IDS_BEGIN = 1288834974657
MINUTES_15, DAY = 15 * 60, 24 * 3600


class Common(FakeNetwork):
    slug = "x"

    def reset(self) -> None:
        super().reset()
        self.revoked = False
        # Tokens of the fake's own pages: whose, for what, until when, and of which permission.
        self.grants: dict[str, dict[str, Any]] = {}
        self.user_limit, self.app_limit = 100, 10_000
        self.used: dict[str, tuple[float, int]] = {}
        self.broken_videos = False
        self.says: Answer | None = None
        self.last_id = 0

    def control(self, wish: dict[str, Any]) -> None:
        super().control(wish)
        with self.lock:
            self.revoked = wish.get("revoke", self.revoked)
            self.user_limit = wish.get("user_limit", self.user_limit)
            self.app_limit = wish.get("app_limit", self.app_limit)
            self.broken_videos = wish.get("broken_videos", self.broken_videos)

    def failure(self, kind: str, value: str) -> Answer:
        if kind == "429":
            return too_many(limit_headers("x-rate-limit", 100, 0, time.time() + int(value)))
        if kind == "401":
            return unauthorized()
        if kind == "refuse":
            return problem(403, "Forbidden", "You are not permitted to perform this action.")
        return problem(500, "Internal Server Error", "Something is broken.", "internal-error")

    def unknown_path(self, call: Call) -> Answer:
        return Answer(404)

    def signed_in(self, call: Call, *scopes: str) -> str:
        """Whose token it is. Raises the answer for one that is not good for this."""
        token = call.bearer
        if self.revoked or not token:
            raise unauthorized()
        if token.startswith(PREFIX):
            return token.removeprefix(PREFIX)
        grant = self.grants.get(token)
        if grant is None or grant["ends_at"] < time.time():
            raise unauthorized()
        if set(scopes) - set(grant["scopes"]):
            raise problem(403, "Forbidden", "Forbidden")
        return str(grant["handle"])

    def new_id(self) -> str:
        """An id that is greater than all before and holds the time."""
        self.last_id = max(self.last_id + 1, (int(time.time() * 1000) - IDS_BEGIN) << 22)
        return str(self.last_id)

    def count_one(self, handle: str) -> dict[str, str]:
        """Take one from what the account and the app may post, and return the headers. Raises 429."""
        headers: dict[str, str] = {}
        full = False
        for key, name, limit, seconds in (
            (handle, "x-rate-limit", self.user_limit, MINUTES_15),
            ("", "x-app-limit-24hour", self.app_limit, DAY),
        ):
            ends_at, used = self.used.get(key, (0.0, 0))
            if ends_at <= time.time():
                ends_at, used = time.time() + seconds, 0
            full |= used >= limit
            self.used[key] = (ends_at, used + 1)
            headers |= limit_headers(name, limit, max(limit - used - 1, 0), ends_at)
        if full:
            raise too_many(headers)
        return headers


def number(handle: str) -> str:
    """An account's id."""
    return str(int.from_bytes(hashlib.sha256(handle.encode()).digest()[:7]))


def problem(status: int, title: str, detail: str, kind: str = "", **more: Any) -> Answer:
    """An error as X words it (RFC 9457)."""
    body = {"title": title, "detail": detail, "type": f"{PROBLEMS}/{kind}" if kind else "about:blank", "status": status}
    return Answer(status, {**body, **more}, {"content-type": "application/problem+json"})


def invalid(message: str) -> Answer:
    """A request that X does not understand."""
    told = "One or more parameters to your request was invalid."
    return problem(400, "Invalid Request", told, "invalid-request", errors=[{"message": message}])


def not_found(kind: str, resource_id: str) -> dict[str, Any]:
    """The problem of something that is not there."""
    return {
        "title": "Not Found Error",
        "detail": f"Could not find {kind} with id: [{resource_id}].",
        "type": f"{PROBLEMS}/resource-not-found",
        "resource_type": kind,
        "resource_id": resource_id,
    }


def unauthorized() -> Answer:
    return problem(401, "Unauthorized", "Unauthorized")


def too_many(headers: dict[str, str]) -> Answer:
    answer = problem(429, "Too Many Requests", "Too Many Requests")
    return Answer(429, answer.body, {**answer.headers, **headers})


def limit_headers(name: str, limit: int, remaining: int, ends_at: float) -> dict[str, str]:
    values = {"limit": limit, "remaining": remaining, "reset": math.ceil(ends_at)}
    return {f"{name}-{key}": str(value) for key, value in values.items()}


def body_of(call: Call, known: set[str]) -> dict[str, Any]:
    """The JSON body. What the path does not take is refused, so that none is sent in vain."""
    if call.content_type != "application/json":
        raise problem(415, "Unsupported Media Type", "The body is no JSON.")
    try:
        body = call.json()
    except ValueError:
        raise invalid("The body cannot be read.") from None
    only(body, known)
    assert isinstance(body, dict)
    return body


def query_of(call: Call, known: set[str]) -> dict[str, str]:
    """The query. What the path does not take is refused, and so is a parameter given twice."""
    only(call.query, known)
    if any(len(values) > 1 or not values[0] for values in call.query.values()):
        raise invalid("A query parameter is empty or given twice.")
    return {name: values[0] for name, values in call.query.items()}


def only(given: Any, known: set[str]) -> None:
    """Raises the answer for anything else."""
    if not isinstance(given, dict) or set(given) - known:
        raise invalid(
            f"[{given if not isinstance(given, dict) else sorted(set(given) - known)}] is not one of {sorted(known)}"
        )


def fields_of(query: dict[str, str], name: str, known: set[str]) -> set[str]:
    """A list in the query. X itself leaves out what it does not know; here it is refused."""
    asked = set(query[name].split(",")) if name in query else set()
    if asked - known:
        raise invalid(f"The `{name}` query parameter value {sorted(asked - known)} is not one of {sorted(known)}")
    return asked
