"""X's page where a person says yes, its tokens, and who one is."""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from tests.fakes.http import Answer, Call, route
from tests.fakes.x.common import SCOPES, Common, fields_of, number, query_of

CLIENT_ID, SECRET, PUBLIC_ID = "confidential-client", "the-app-secret", "public-client"
ASKED = {"response_type", "client_id", "redirect_uri", "scope", "state", "code_challenge", "code_challenge_method"}
HOURS_2 = 7200
USER_FIELDS = {"id", "name", "username", "profile_image_url", "verified", "protected", "created_at", "description"}


class OAuth(Common):
    def reset(self) -> None:
        super().reset()
        # Who signs in, and what the app is allowed to ask for.
        self.person = "selec"
        self.granted: tuple[str, ...] = SCOPES
        self.codes: dict[str, dict[str, Any]] = {}
        self.refresh_tokens: dict[str, dict[str, Any]] = {}

    @route("GET", r"/i/oauth2/authorize")
    def authorize(self, call: Call) -> Answer:
        asked = query_of(call, ASKED)
        if set(asked) != ASKED or asked["response_type"] != "code" or asked["code_challenge_method"] != "S256":
            return Answer(400, {"error": "Something went wrong. You weren't able to give access to the App."})
        scopes = asked["scope"].split(" ")
        if asked["client_id"] not in {CLIENT_ID, PUBLIC_ID} or set(scopes) - set(SCOPES):
            return Answer(400, {"error": "Something went wrong. You weren't able to give access to the App."})
        code = secrets.token_urlsafe(32)
        self.codes[code] = {
            **asked,
            "handle": self.person,
            "scopes": [scope for scope in scopes if scope in self.granted],
        }
        return Answer(
            302, headers={"location": f"{asked['redirect_uri']}?{urlencode({'state': asked['state'], 'code': code})}"}
        )

    @route("POST", r"/2/oauth2/token")
    def token(self, call: Call) -> Answer:
        if call.content_type != "application/x-www-form-urlencoded" or call.query:
            return oauth_error(400, "invalid_request", "The request is no form.")
        form = {name: values[0] for name, values in call.form().items()}
        client_id = _client(call, form)
        if form.get("grant_type") == "authorization_code":
            return self._from_code(form, client_id)
        if form.get("grant_type") == "refresh_token":
            return self._from_refresh_token(form, client_id)
        return oauth_error(400, "unsupported_grant_type", "Value passed for the grant type was invalid.")

    @route("GET", r"/2/users/me")
    def me(self, call: Call) -> Answer:
        handle = self.signed_in(call, "tweet.read", "users.read")
        asked = fields_of(query_of(call, {"user.fields"}), "user.fields", USER_FIELDS)
        user = {"id": number(handle), "name": handle.title(), "username": handle}
        if "profile_image_url" in asked:
            user["profile_image_url"] = f"https://pbs.twimg.com/profile_images/{number(handle)}/face_normal.png"
        return Answer(200, {"data": user})

    def tokens_of(self, handle: str) -> dict[str, str]:
        """A new permission for an account, as if its owner had said yes."""
        permission = {"handle": handle, "scopes": list(SCOPES), "client_id": CLIENT_ID, "family": secrets.token_hex(8)}
        answer = self._issue(permission).body
        return {"token": answer["access_token"], "refresh": answer["refresh_token"]}

    def _from_code(self, form: Mapping[str, str], client_id: str) -> Answer:
        if set(form) - {"client_id"} != {"grant_type", "code", "redirect_uri", "code_verifier"}:
            return oauth_error(400, "invalid_request", "Missing required parameter.")
        known = self.codes.pop(form["code"], None)
        if known is None or known["client_id"] != client_id or known["redirect_uri"] != form["redirect_uri"]:
            return oauth_error(400, "invalid_request", "Value passed for the authorization code was invalid.")
        digest = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        if digest != known["code_challenge"]:
            return oauth_error(
                400, "invalid_request", "Value passed for the code verifier did not match the code challenge."
            )
        return self._issue({**known, "client_id": client_id, "family": secrets.token_hex(8)})

    def _from_refresh_token(self, form: Mapping[str, str], client_id: str) -> Answer:
        """Good once: a second time ends the whole permission."""
        if set(form) - {"client_id"} != {"grant_type", "refresh_token"}:
            return oauth_error(400, "invalid_request", "Missing required parameter.")
        known = self.refresh_tokens.get(form["refresh_token"])
        if known is None or known["client_id"] != client_id or self.revoked:
            return oauth_error(400, "invalid_request", "Value passed for the token was invalid.")
        if known["used"]:
            for tokens in (self.grants, self.refresh_tokens):
                for token in [name for name, grant in tokens.items() if grant["family"] == known["family"]]:
                    del tokens[token]
            return oauth_error(400, "invalid_request", "Value passed for the token was invalid.")
        known["used"] = True
        return self._issue(known)

    def _issue(self, permission: Mapping[str, Any]) -> Answer:
        access, refresh = secrets.token_urlsafe(40), secrets.token_urlsafe(40)
        grant = {name: permission[name] for name in ("handle", "scopes", "client_id", "family")}
        self.grants[access] = {**grant, "ends_at": time.time() + HOURS_2}
        answer = {
            "token_type": "bearer",
            "expires_in": HOURS_2,
            "access_token": access,
            "scope": " ".join(grant["scopes"]),
        }
        if "offline.access" in grant["scopes"]:
            self.refresh_tokens[refresh] = {**grant, "used": False}
            answer["refresh_token"] = refresh
        return Answer(200, answer)


def _client(call: Call, form: Mapping[str, str]) -> str:
    """Which app asks: a confidential one with HTTP Basic, a public one by its id in the form."""
    kind, _space, value = call.headers.get("authorization", "").partition(" ")
    if kind == "Basic" and base64.b64decode(value).decode() == f"{CLIENT_ID}:{SECRET}":
        return CLIENT_ID
    if not kind and form.get("client_id") == PUBLIC_ID:
        return PUBLIC_ID
    raise oauth_error(401, "unauthorized_client", "Missing valid authorization header")


def oauth_error(status: int, error: str, description: str) -> Answer:
    return Answer(status, {"error": error, "error_description": description})
