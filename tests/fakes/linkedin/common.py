"""What all of LinkedIn's API has in common, its sign-in and its pages."""

from __future__ import annotations

import re
import secrets
import time
from typing import Any
from urllib.parse import urlencode

from tests.fakes.http import Answer, Call, FakeNetwork, route

CLIENT_ID, CLIENT_SECRET = "the-client-id", "the-client-secret"
SCOPES = {"w_organization_social", "r_organization_social", "rw_organization_admin"}
# The pages of whoever signs in here, and that person's role on each.
MEMBER = {"selec": "ADMINISTRATOR", "harbour": "CONTENT_ADMINISTRATOR", "reader": "ANALYST"}
POSTING = {"ADMINISTRATOR", "CONTENT_ADMINISTRATOR"}
MONTHS = re.compile(r"20\d\d(?:0[1-9]|1[0-2])")
DAYS_60, DAYS_365 = 5_184_000, 31_536_000


class LinkedInBase(FakeNetwork):
    """The token `access-<page>` belongs to an administrator of that page alone; whoever signs in has `MEMBER`'s pages.

    `control`: `revoke` ends every permission; `end_version` a version of the API; `refreshes` false makes the app one
    that gets no refresh tokens; `ghost` names a post in every refusal that nobody can read; `shorten` has links told as
    LinkedIn's own; `page` and `part` set how many posts a page of the list has and how many bytes a part of a video;
    `elsewhere` has bytes sent to another host; `stuck` gives the first page of posts whichever is asked for.
    """

    slug = "linkedin"

    def reset(self) -> None:
        super().reset()
        self.revoked = False
        self.wishes: dict[str, Any] = {"refreshes": True, "page": 100, "part": 4_194_304}
        self.codes: dict[str, str] = {}
        self.tokens: dict[str, dict[str, str]] = {}
        self.refreshes: set[str] = set()
        self.taken: dict[str, bytes] = {}

    def control(self, wish: dict[str, Any]) -> None:
        super().control(wish)
        self.revoked = self.revoked or bool(wish.get("revoke"))
        self.wishes.update(wish)

    def answer(self, call: Call) -> tuple[str, Answer, bool]:
        """An answer that is headers alone is cut off, or damaged, within them."""
        fault, given, taken = super().answer(call)
        if fault in {"malformed", "reset-mid-body"} and not given.content:
            return "reset-after" if fault == "reset-mid-body" else fault, Answer(given.status), taken
        return fault, given, taken

    def failure(self, kind: str, value: str) -> Answer:
        if kind == "429":
            given = error(429, "TOO_MANY_REQUESTS", "Resource level throttle MEMBER DAY limit is reached.", 101)
            return Answer(given.status, given.body, {"retry-after": value} if value else {})
        return {
            "401": error(401, "REVOKED_ACCESS_TOKEN", "The token has been revoked by the user", 65601),
            "refuse": error(400, "INVALID_CONTENT", "The content violates the policies"),
            "500": error(500, "INTERNAL_SERVER_ERROR", "Internal Server Error"),
        }[kind]

    def unknown_path(self, call: Call) -> Answer:
        return error(404, "RESOURCE_NOT_FOUND", f"No virtual resource found for {call.path}")

    @route("GET", "/oauth/v2/authorization")
    def authorize(self, call: Call) -> Answer:
        known = {"response_type", "client_id", "redirect_uri", "state", "scope"}
        if set(call.query) != known or call.asked("response_type") != "code" or call.asked("client_id") != CLIENT_ID:
            return Answer(400, {"error": "invalid_request"})
        back = {"state": call.asked("state")}
        if set(call.asked("scope").split()) <= SCOPES:
            back["code"] = secrets.token_urlsafe(24)
            self.codes[back["code"]] = call.asked("redirect_uri")
        else:
            back["error"] = "unauthorized_scope_error"
        return Answer(302, None, {"location": f"{call.asked('redirect_uri')}?{urlencode(back)}"})

    @route("POST", "/oauth/v2/accessToken")
    def access_token(self, call: Call) -> Answer:
        assert call.content_type == "application/x-www-form-urlencoded"
        form = {name: values[0] for name, values in call.form().items()}
        if (form.pop("client_id", ""), form.pop("client_secret", "")) != (CLIENT_ID, CLIENT_SECRET):
            return Answer(401, {"error": "invalid_client", "error_description": "Client authentication failed"})
        kind = form.pop("grant_type", "")
        if kind == "authorization_code" and set(form) == {"code", "redirect_uri"}:
            good = self.codes.pop(form["code"], None) == form["redirect_uri"]
            words = "Unable to retrieve access token: authorization code not found"
        elif kind == "refresh_token" and set(form) == {"refresh_token"}:
            good = form["refresh_token"] in self.refreshes and not self.revoked
            words = "The provided authorization grant or refresh token is invalid, expired or revoked"
        else:
            return Answer(400, {"error": "invalid_request", "error_description": f"unknown parameters {sorted(form)}"})
        if not good:
            return Answer(400, {"error": "invalid_grant", "error_description": words})
        token = secrets.token_urlsafe(64)
        self.tokens[token] = MEMBER
        told = {"access_token": token, "expires_in": DAYS_60, "scope": ",".join(sorted(SCOPES))}
        if self.wishes["refreshes"]:
            refresh = form.get("refresh_token") or secrets.token_urlsafe(64)
            self.refreshes.add(refresh)
            told |= {"refresh_token": refresh, "refresh_token_expires_in": DAYS_365}
        return Answer(200, told)

    @route("GET", "/rest/organizationAcls")
    def acls(self, call: Call) -> Answer:
        roles = self._check(call, {"q", "role", "state", "count", "start"}, "FINDER")
        assert (call.asked("q"), call.asked("state")) == ("roleAssignee", "APPROVED")
        about = {"roleAssignee": "urn:li:person:yrZCpj2Z12", "state": "APPROVED"}
        found = [{"organization": organization(handle), "role": role, **about} for handle, role in roles.items()]
        return listed(call, found, 100)

    @route("GET", r"/rest/organizations/(?P<number>\d+)")
    def organization(self, call: Call) -> Answer:
        roles, handle = self._check(call, set()), handle_of(call["number"])
        if handle not in roles:
            return error(403, "ACCESS_DENIED", "Viewer doesn't have permission to access the organization", 100)
        logo = {"original": f"urn:li:digitalmediaAsset:LOGO{call['number']}"}
        about = {"localizedName": handle.title(), "vanityName": handle, "logoV2": logo}
        return Answer(200, {"id": int(call["number"]), "primaryOrganizationType": "NONE", **about})

    def _check(self, call: Call, known: set[str], method: str = "") -> dict[str, str]:
        """The caller's pages and roles. Raises what LinkedIn says to missing headers and unknown parameters."""
        version = call.headers.get("linkedin-version", "")
        if not version:
            raise error(400, "VERSION_MISSING", "A version must be present.")
        if not MONTHS.fullmatch(version) or version == self.wishes.get("end_version"):
            raise error(426, "NONEXISTENT_VERSION", f"Requested version {version}01 is not active")
        restli = (call.headers.get("x-restli-protocol-version"), call.headers.get("x-restli-method", ""))
        if restli != ("2.0.0", method):
            raise error(400, "ILLEGAL_ARGUMENT", "The Rest.li headers are missing or malformed")
        if unknown := set(call.query) - known:
            raise error(400, "QUERY_PARAM_NOT_ALLOWED", f"Unpermitted fields present in PARAMETER: {sorted(unknown)}")
        return self._roles(call)

    def _roles(self, call: Call) -> dict[str, str]:
        if not call.bearer:
            raise error(401, "", "Empty oauth2_access_token", 401)
        if self.revoked:
            raise self.failure("401", "")
        if call.bearer.startswith("access-"):
            return {call.bearer.removeprefix("access-"): "ADMINISTRATOR"}
        if call.bearer not in self.tokens:
            raise error(401, "INVALID_ACCESS_TOKEN", "Invalid access token", 65600)
        return self.tokens[call.bearer]


def organization(handle: str) -> str:
    """A page's URN: its name in another form, so that every process knows it."""
    return f"urn:li:organization:{int.from_bytes(handle.encode())}"


def error(status: int, code: str, message: str, service_code: int = 0) -> Answer:
    body: dict[str, Any] = {"status": status, "code": code, "message": message}
    return Answer(status, {**body, "serviceErrorCode": service_code} if service_code else body)


def listed(call: Call, found: list[dict[str, Any]], most: int) -> Answer:
    """One page of a list."""
    start, count = int(call.asked("start", "0")), int(call.asked("count", "10"))
    if count > 100:
        raise error(400, "ILLEGAL_ARGUMENT", "count is at most 100")
    page = found[start : start + min(count, most)]
    return Answer(200, {"elements": page, "paging": {"start": start, "count": count, "links": []}})


def only(given: dict[str, Any], known: set[str]) -> dict[str, Any]:
    """What was given, if LinkedIn knows all of it."""
    if unknown := set(given) - known:
        raise error(400, "ILLEGAL_ARGUMENT", f"Unpermitted fields present in REQUEST_BODY: {sorted(unknown)}")
    return given


def page_of(name: str) -> str:
    number = re.fullmatch(r"urn:li:organization:(\d+)", name)
    if number is None:
        raise error(400, "ILLEGAL_ARGUMENT", f"{name} is no organization")
    return handle_of(number[1])


def handle_of(number: str) -> str:
    value = int(number)
    return value.to_bytes((value.bit_length() + 7) // 8).decode()


def now() -> int:
    return int(time.time() * 1000)
