"""The server around the posts: what it is, its apps, its accounts, and how often they may call."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.fakes.http import Answer, Call, FakeNetwork, route

SCOPES = {"read:accounts", "read:statuses", "write:statuses", "write:media"}
FLAVOURS: dict[str, dict[str, Any]] = {
    "mastodon": {
        "version": "4.5.2",
        "source_url": "https://github.com/mastodon/mastodon",
        "statuses": {"max_characters": 500, "max_media_attachments": 4, "characters_reserved_per_url": 23},
        "media_attachments": {
            "description_limit": 1500,
            "image_size_limit": 16_777_216,
            "image_matrix_limit": 33_177_600,
            "video_size_limit": 103_809_024,
        },
    },
    "gotosocial": {
        "version": "0.19.1+git-1a2b3c4",
        "source_url": "https://codeberg.org/superseriousbusiness/gotosocial",
        "statuses": {"max_characters": 5000, "max_media_attachments": 6, "characters_reserved_per_url": 25},
        "media_attachments": {
            "description_limit": 1500,
            "image_size_limit": 41_943_040,
            "image_matrix_limit": 9_223_372_036_854_775_807,
            "video_size_limit": 41_943_040,
        },
    },
}


class Server(FakeNetwork):
    """Everything of a server but its posts and media. Every name is an account here, `name@host`."""

    def reset(self) -> None:
        super().reset()
        # Who signs in and says yes.
        self.person = "selec"
        self.flavour, self.version = "mastodon", ""
        self.limits: dict[str, int] = {}
        self.revoked = self.unprocessable = self.stuck = False
        self.suspended: set[str] = set()
        self.apps: dict[str, dict[str, Any]] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.tokens: dict[str, tuple[str, set[str]]] = {}
        self.used: Counter[str] = Counter()

    def control(self, wish: dict[str, Any]) -> None:
        super().control(wish)
        with self.lock:
            for name in ("flavour", "version", "unprocessable", "stuck", "person"):
                setattr(self, name, wish.get(name, getattr(self, name)))
            self.revoked = wish.get("revoke", self.revoked)
            self.limits.update(wish.get("limits", {}))
            self.suspended.update(wish.get("suspend", []))

    def failure(self, kind: str, value: str) -> Answer:
        if kind == "429":
            return error(429, "Too many requests", self._left(0, datetime.now(UTC) + timedelta(seconds=int(value))))
        if kind == "500":
            page = b"<!DOCTYPE html><title>We're sorry, but something went wrong on our end</title>"
            return Answer(500, page, {"content-type": "text/html"})
        return {
            "401": error(401, "The access token is invalid"),
            "refuse": error(422, "Validation failed: Text is not allowed here"),
        }[kind]

    def unknown_path(self, call: Call) -> Answer:
        if self.is_gotosocial:
            return error(404, "Not Found: 404 page not found")
        return Answer(
            404, b"<!DOCTYPE html><title>The page you are looking for isn't here</title>", {"content-type": "text/html"}
        )

    @property
    def is_gotosocial(self) -> bool:
        return self.flavour == "gotosocial"

    def since(self, major: int, minor: int) -> bool:
        """Whether this is a Mastodon of that version or later."""
        told = self.version or FLAVOURS["mastodon"]["version"]
        return not self.is_gotosocial and tuple(map(int, told.split(".")[:2])) >= (major, minor)

    def limit(self, name: str) -> int:
        own = FLAVOURS[self.flavour]
        return int(self.limits.get(name) or (own["statuses"] | own["media_attachments"])[name])

    # Apps and permissions

    @route("POST", "/api/v1/apps")
    def make_app(self, call: Call) -> Answer:
        form = values_of(call, {"client_name", "redirect_uris", "scopes", "website"})
        if not form.get("client_name") or not re.match(r"https?://[^/]+/", form.get("redirect_uris", "")):
            return error(422, "Validation failed: Redirect URI must be an absolute URI.")
        if unknown := set(form.get("scopes", "read").split()) - SCOPES:
            return error(422, f"Validation failed: Scopes doesn't match configured on the server: {sorted(unknown)}")
        app = {"client_id": secrets.token_urlsafe(32), "client_secret": secrets.token_urlsafe(32)}
        redirects = form["redirect_uris"].split("\n")
        self.apps[app["client_id"]] = {**app, "redirects": redirects, "scopes": set(form["scopes"].split())}
        told = {"id": str(len(self.apps)), "name": form["client_name"], "website": form.get("website")}
        return Answer(
            200, {**app, **told, "scopes": form["scopes"].split(), "redirect_uris": redirects, "vapid_key": ""}
        )

    @route("GET", "/oauth/authorize")
    def authorize(self, call: Call) -> Answer:
        asked = {name: values[0] for name, values in call.query.items()}
        known = {
            "client_id",
            "redirect_uri",
            "response_type",
            "scope",
            "state",
            "code_challenge",
            "code_challenge_method",
        }
        app = self.apps.get(asked.get("client_id", ""))
        if app is None or asked.get("redirect_uri") not in app["redirects"] or set(asked) - known:
            return error(400, "invalid_request")
        if asked.get("response_type") != "code" or not set(asked.get("scope", "read").split()) <= app["scopes"]:
            return error(400, "invalid_scope")
        if self.since(4, 3) and asked.get("code_challenge") and asked.get("code_challenge_method") != "S256":
            return error(400, "invalid_code_challenge_method")
        code = secrets.token_urlsafe(32)
        self.codes[code] = asked
        back = urlencode({"code": code, **({"state": asked["state"]} if "state" in asked else {})})
        return Answer(302, None, {"location": f"{asked['redirect_uri']}?{back}"})

    @route("POST", "/oauth/token")
    def token(self, call: Call) -> Answer:
        known = {"grant_type", "client_id", "client_secret", "redirect_uri", "code", "code_verifier", "scope"}
        form = values_of(call, known)
        app = self.apps.get(form.get("client_id", ""))
        if app is None or form.get("client_secret") != app["client_secret"]:
            return error(401, "invalid_client", error_description="Client authentication failed due to unknown client.")
        asked = self.codes.pop(form.get("code", ""), None)
        wrong = (
            asked is None or form.get("grant_type") != "authorization_code" or asked["client_id"] != app["client_id"]
        )
        if asked is None or wrong or asked["redirect_uri"] != form.get("redirect_uri") or not self._proved(asked, form):
            words = "The provided authorization grant is invalid, expired, revoked, or was issued to another client."
            return error(400, "invalid_grant", error_description=words)
        token = secrets.token_urlsafe(32)
        self.tokens[token] = (self.person, set(asked["scope"].split()))
        return Answer(
            200,
            {"access_token": token, "token_type": "Bearer", "scope": asked["scope"], "created_at": int(time.time())},
        )

    def _proved(self, asked: dict[str, str], form: dict[str, str]) -> bool:
        if not self.since(4, 3) or not asked.get("code_challenge"):
            return True
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == asked["code_challenge"]

    @route("GET", "/api/v1/accounts/verify_credentials")
    def verify_credentials(self, call: Call) -> Answer:
        name = self._who(call, "read:accounts")
        return Answer(
            200, {**self._account(name), "source": {"privacy": "public", "sensitive": False, "language": "en"}}
        )

    @route("GET", "/api/v2/instance")
    def instance(self, call: Call) -> Answer:
        if not self.is_gotosocial and not self.since(4, 0):
            return self.unknown_path(call)
        own = FLAVOURS[self.flavour]
        domains = {"domain": self._host(), **({"account_domain": self._host()} if self.is_gotosocial else {})}
        return Answer(200, {**domains, "source_url": own["source_url"], **self._about()})

    @route("GET", "/api/v1/instance")
    def old_instance(self, call: Call) -> Answer:
        return Answer(200, {"uri": self._host(), **self._about()}, {"deprecation": "@1668384000"})

    def _about(self) -> dict[str, Any]:
        own = FLAVOURS[self.flavour]
        parts = {part: {name: self.limit(name) for name in own[part]} for part in ("statuses", "media_attachments")}
        return {"title": "A server", "version": self.version or own["version"], "configuration": parts}

    # Who, and how often

    def _who(self, call: Call, scope: str) -> str:
        """The account that a call is made for. docs.joinmastodon.org, "OAuth scopes": a scope or all of its kind."""
        token = call.bearer
        name, scopes = self.tokens.get(
            token, (token.removeprefix("access-") if token.startswith("access-") else "", SCOPES)
        )
        if not name:
            raise error(401, "The access token is invalid")
        if self.revoked:
            raise error(401, "The access token was revoked")
        if not {scope, scope.partition(":")[0]} & scopes:
            raise error(403, "This action is outside the authorized scopes")
        if name in self.suspended:
            raise error(403, "Your login is currently disabled")
        return name

    def _account(self, name: str) -> dict[str, Any]:
        about = {"id": number(name), "username": name, "acct": name, "display_name": name.title()}
        return {**about, "url": f"{self.base}/@{name}", "avatar_static": f"{self.base}/avatars/{name}.png"}

    def _host(self) -> str:
        return urlsplit(self.base).netloc

    def _handle(self, name: str) -> str:
        return f"{name}@{self._host()}"

    def _counted(self, name: str) -> dict[str, str]:
        """What is left: on Mastodon of an account's posts in 3 hours, on GoToSocial of the calls in 5 minutes."""
        self.used[name] += 1
        period = 300 if self.is_gotosocial else 3 * 3600
        resets_at = (int(time.time()) // period + 1) * period
        return self._left(max(300 - self.used[name], 0), datetime.fromtimestamp(resets_at, UTC))

    def _left(self, remaining: int, at: datetime) -> dict[str, str]:
        resets_at = at.isoformat(timespec="microseconds").replace("+00:00", "Z")
        left = {"X-RateLimit-Limit": "300", "X-RateLimit-Remaining": str(remaining)}
        return {**left, "X-RateLimit-Reset": str(int(at.timestamp())) if self.is_gotosocial else resets_at}


def number(name: str) -> str:
    """An account's id on its server."""
    return str(int.from_bytes(hashlib.sha256(name.encode()).digest()[:7]))


def error(status: int, words: str, headers: dict[str, str] | None = None, **more: str) -> Answer:
    return Answer(status, {"error": words, **more}, headers or {})


def form_of(call: Call, known: set[str]) -> dict[str, list[str]]:
    """The fields of a form. One that the call does not have is refused, so that none is sent in vain."""
    if call.content_type not in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        raise error(422, f"unexpected content type {call.content_type}")
    form = call.form()
    if unknown := set(form) - known - {"file"}:
        raise error(422, f"unknown parameters {sorted(unknown)}")
    return form


def values_of(call: Call, known: set[str]) -> dict[str, str]:
    return {name: found[0] for name, found in form_of(call, known).items() if found}
