"""An organisation's own sign-in as OpenID Connect Core 1.0 describes it, with discovery and PKCE (RFC 7636); and one
that misbehaves.

It signs one person in, without asking: `person` is what it tells of them. A test makes it lie:
`metadata`, `claims`, `told` change what stands in the metadata, in ID tokens and in what it tells of the person (None
takes a value away); `signs` names a way of `tests.fakes.openid_tokens` to make ID tokens; `answers` replaces whole
answers, by path; with `denies` it sends back with that error. `asked` are the sign-ins as they were
asked for.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_plus, urlencode

from tests.fakes.http import Answer, Call, FakeNetwork, route
from tests.fakes.openid_tokens import FORGERIES, GOOD, Making, key_set, signed

CLIENT_ID, CLIENT_SECRET = "campaigns", "a-secret-of-the-client-that-is-long-enough"
WAY_BACK = "http://testserver/admin/sign-in/single/oidc/organisation/login/callback/"
PERSON = {"sub": "248289761001", "email": "one@example.org", "email_verified": True, "name": "Jane Doe"}
# Seconds that a token holds.
LASTS = 300


class OpenIdProvider(FakeNetwork):
    """One issuer, one client, one person."""

    slug = "openid"

    def reset(self) -> None:
        super().reset()
        self.person: dict[str, Any] = dict(PERSON)
        self.metadata: dict[str, Any] = {}
        self.claims: dict[str, Any] = {}
        self.told: dict[str, Any] = {}
        self.answers: dict[str, Answer] = {}
        self.signs = self.denies = ""
        self.asked: list[dict[str, str]] = []
        self._codes: dict[str, dict[str, str]] = {}
        self._access_tokens: set[str] = set()

    def answer(self, call: Call) -> tuple[str, Answer, bool]:
        if call.path in self.answers:
            self.calls.append((call.method, call.path))
            return "ok", self.answers[call.path], True
        return super().answer(call)

    @route("GET", r"/\.well-known/openid-configuration")
    def configuration(self, call: Call) -> Answer:
        published = {
            "issuer": self.base,
            "authorization_endpoint": f"{self.base}/authorize",
            "token_endpoint": f"{self.base}/token",
            "userinfo_endpoint": f"{self.base}/userinfo",
            "jwks_uri": f"{self.base}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256", "PS256", "ES256"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        }
        return Answer(200, changed(published, self.metadata))

    @route("GET", "/keys")
    def keys(self, call: Call) -> Answer:
        return Answer(200, key_set("own", "own-ec"))

    @route("GET", "/attacker/keys")
    def keys_of_an_attacker(self, call: Call) -> Answer:
        return Answer(200, key_set("attacker"))

    @route("GET", "/authorize")
    def authorize(self, call: Call) -> Answer:
        asked = {name: values[0] for name, values in call.query.items() if len(values) == 1}
        self.asked.append(asked)
        if asked.get("client_id") != CLIENT_ID or asked.get("redirect_uri") != WAY_BACK:
            return Answer(400, {"error": "invalid_request"})
        is_whole = (
            len(asked) == len(call.query)
            and asked.get("response_type") == "code"
            and "openid" in asked.get("scope", "").split()
            and asked.get("code_challenge_method") == "S256"
            and len(asked.get("code_challenge", "")) == 43
        )
        if not is_whole or self.denies:
            return self._back(asked, error=self.denies or "invalid_request")
        code = secrets.token_urlsafe(16)
        self._codes[code] = asked
        return self._back(asked, code=code)

    @route("POST", "/token")
    def token(self, call: Call) -> Answer:
        form = {name: values[0] for name, values in call.form().items()}
        if _client(call) != (CLIENT_ID, CLIENT_SECRET):
            return Answer(401, {"error": "invalid_client"})
        asked = self._codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if (
            asked is None
            or form.get("grant_type") != "authorization_code"
            or form.get("redirect_uri") != asked["redirect_uri"]
            or base64.urlsafe_b64encode(digest).decode().rstrip("=") != asked["code_challenge"]
        ):
            return Answer(400, {"error": "invalid_grant"})
        access_token = self._access_token()
        self._access_tokens.add(access_token)
        given = {
            "access_token": access_token,
            "token_type": "Bearer",
            "expires_in": LASTS,
            "id_token": self._id_token(asked, access_token),
        }
        return Answer(200, given, {"cache-control": "no-store"})

    @route("GET", "/userinfo")
    def userinfo(self, call: Call) -> Answer:
        if call.bearer not in self._access_tokens:
            return Answer(401, {"error": "invalid_token"})
        return Answer(200, changed(self.person, self.told))

    def _back(self, asked: Mapping[str, str], **said: str) -> Answer:
        state = {"state": asked["state"]} if "state" in asked else {}
        return Answer(302, None, {"location": f"{asked['redirect_uri']}?{urlencode({**said, **state})}"})

    def _access_token(self) -> str:
        """As RFC 9068 describes them: signed with the same key as ID tokens."""
        now = int(time.time())
        said = {"iss": self.base, "sub": self.person["sub"], "aud": CLIENT_ID, "client_id": CLIENT_ID}
        claims = {**said, "iat": now, "exp": now + LASTS, "jti": secrets.token_urlsafe(8)}
        return signed(claims, headers={"typ": "at+jwt"})

    def _id_token(self, asked: Mapping[str, str], access_token: str) -> str:
        now = int(time.time())
        claims = {"iss": self.base, "sub": self.person["sub"], "aud": CLIENT_ID, "iat": now, "exp": now + LASTS}
        claims |= {"nonce": asked["nonce"]} if "nonce" in asked else {}
        claims |= {"auth_time": now} if "max_age" in asked else {}
        claims = changed(claims, self.claims)
        if not self.signs:
            return signed(claims)
        return {**FORGERIES, **GOOD}[self.signs](Making(claims, access_token, CLIENT_SECRET, self.base))


def changed(what: Mapping[str, Any], by: Mapping[str, Any]) -> dict[str, Any]:
    """With other values, and without those that are None."""
    return {name: value for name, value in {**what, **by}.items() if value is not None}


def _client(call: Call) -> tuple[str, str]:
    """Who asks, by HTTP Basic (RFC 6749, 2.3.1)."""
    kind, _space, given = call.headers.get("authorization", "").partition(" ")
    name, _colon, secret = base64.b64decode(given if kind == "Basic" else "").decode().partition(":")
    return unquote_plus(name), unquote_plus(secret)
