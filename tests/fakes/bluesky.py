"""A server of the AT Protocol and the AppView behind it, by their lexicons, as far as an account's posts go."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from social_publisher.networks.base import ACCOUNT_ID, Account
from social_publisher.networks.bluesky import BlueskyNetwork
from social_publisher.networks.bluesky.tid import new_tid
from tests.fakes import bluesky_lexicon as lexicon
from tests.fakes.http import Answer, Call, FakeNetwork, route

PASSWORD = "abcd-efgh-ijkl-mnop"
OWN_PASSWORD = "the account's own"
ACCESS_SECONDS, REFRESH_SECONDS, GRACE_SECONDS = 120 * 60, 90 * 24 * 3600, 2 * 3600
POINTS = 5000
REPOSTS = "app.bsky.feed.repost"
COUNTS = {
    "likes": "likeCount",
    "reposts": "repostCount",
    "replies": "replyCount",
    "quotes": "quoteCount",
    "bookmarks": "bookmarkCount",
}
WRITE = {"repo", "collection", "rkey", "validate", "record", "swapRecord", "swapCommit"}


@dataclass
class Session:
    """One token: whose, what for, until when (seconds since 1970), and what a used refresh token was exchanged for."""

    handle: str
    refreshes: bool
    ends: float
    next: dict[str, str] | None = None


class Bluesky(FakeNetwork):
    """Every handle is an account, with one app password; `access-<handle>` opens it for good.

    A handle without a dot is one here too. `asleep.example` is not active, `moved.example` is answered by a redirect,
    and nobody has a handle that begins with "nobody". `control` takes all permissions away ("revoke"), ends access
    tokens ("expire") and the time in which a used refresh token still works ("grace_over"), sets who handles are
    ("resolves", handle to DID), takes the AppView away ("appview": false), hides posts from it ("hidden"), and
    lets no record be read ("unreadable").
    """

    slug = "bluesky"

    def reset(self) -> None:
        super().reset()
        self.sessions: dict[str, Session] = {}
        self.handles: dict[str, str] = {}
        self.blobs: dict[tuple[str, str], dict[str, Any]] = {}
        self.records: dict[str, dict[str, Any]] = {}
        self.resolves: dict[str, str] = {}
        self.hidden: set[str] = set()
        self.revoked, self.appview, self.unreadable = False, True, False
        self.numbers = itertools.count(1)
        self.points: dict[str, int] = {}

    def control(self, wish: dict[str, Any]) -> None:
        super().control(wish)
        with self.lock:
            self.revoked = wish.get("revoke", self.revoked)
            self.appview = wish.get("appview", self.appview)
            self.unreadable = wish.get("unreadable", self.unreadable)
            self.resolves.update(wish.get("resolves", {}))
            self.hidden.update(wish.get("hidden", []))
            for session in self.sessions.values():
                if (wish.get("expire") and not session.refreshes) or (wish.get("grace_over") and session.next):
                    session.ends = 0

    def failure(self, kind: str, value: str) -> Answer:
        if kind == "429":
            return error(429, "RateLimitExceeded", "Rate Limit Exceeded", limits(0, time.time() + int(value)))
        return {
            "401": error(400, "ExpiredToken", "Token has expired"),
            "refuse": error(400, "InvalidRequest", "This content is not allowed here"),
            "500": error(500, "InternalServerError", "Internal Server Error"),
        }[kind]

    def unknown_path(self, call: Call) -> Answer:
        return error(501, "MethodNotImplemented", "Method Not Implemented")

    @route("POST", "/xrpc/com.atproto.server.createSession")
    def create_session(self, call: Call) -> Answer:
        values = _json(call, {"identifier", "password", "authFactorToken", "allowTakendown"})
        name = values["identifier"]
        handle = self.handles.get(name, "") if name.startswith("did:") else name
        if handle == "moved.example":
            return Answer(307, {}, {"location": f"{self.base}/elsewhere"})
        if values["password"] == OWN_PASSWORD:
            return error(401, "AuthFactorTokenRequired", "A sign in code has been sent to your email address")
        if values["password"] != PASSWORD or not handle or handle.startswith("nobody"):
            return error(401, "AuthenticationRequired", "Invalid identifier or password")
        status = {"active": False, "status": "deactivated"} if handle == "asleep.example" else {"active": True}
        return Answer(200, {**self._tokens(handle), **self._who(handle), "email": "box@example.org", **status})

    @route("POST", "/xrpc/com.atproto.server.refreshSession")
    def refresh_session(self, call: Call) -> Answer:
        if call.body:
            return error(400, "InvalidRequest", "A request body was provided when none was expected")
        session = self._session(call, refreshes=True)
        if session.next is None:
            session.next = self._tokens(session.handle)
            session.ends = time.time() + GRACE_SECONDS
        return Answer(200, {**session.next, **self._who(session.handle), "active": True})

    @route("GET", "/xrpc/com.atproto.server.getSession")
    def get_session(self, call: Call) -> Answer:
        return Answer(200, {**self._who(self._session(call).handle), "email": "box@example.org", "active": True})

    @route("GET", "/xrpc/com.atproto.identity.resolveHandle")
    def resolve_handle(self, call: Call) -> Answer:
        handle = _query(call, {"handle"})["handle"][0]
        did = self.resolves.get(handle, "" if handle.startswith("nobody") else did_of(handle))
        return Answer(200, {"did": did}) if did else error(400, "InvalidRequest", "Unable to resolve handle")

    @route("GET", "/xrpc/app.bsky.actor.getProfile")
    def get_profile(self, call: Call) -> Answer:
        self._appview(call)
        handle = self.handles.get(_query(call, {"actor"})["actor"][0])
        if handle is None:
            return error(400, "InvalidRequest", "Profile not found")
        picture = f"{self.base}/img/avatar/plain/{did_of(handle)}@jpeg"
        return Answer(200, {"did": did_of(handle), "handle": handle, "displayName": handle.title(), "avatar": picture})

    @route("POST", "/xrpc/com.atproto.repo.uploadBlob", acts="upload")
    def upload_blob(self, call: Call) -> Answer:
        session = self._session(call)
        if call.content_type not in {"image/jpeg", "image/png", "video/mp4"}:
            return error(400, "InvalidRequest", f"Wrong request encoding (Content-Type): {call.content_type}")
        reference = lexicon.cid_of(call.body, raw=True)
        blob = {"$type": "blob", "ref": {"$link": reference}, "mimeType": call.content_type, "size": len(call.body)}
        self.blobs[did_of(session.handle), reference] = blob
        self.uploads.append(
            {"id": reference, "handle": session.handle, "sha256": hashlib.sha256(call.body).hexdigest()}
        )
        return Answer(200, {"blob": blob})

    @route("POST", "/xrpc/com.atproto.repo.putRecord", acts="post")
    def put_record(self, call: Call) -> Answer:
        """Other content under a known key silently takes the place of what was there, unless `swapRecord` says null."""
        handle, values = self._writer(call, WRITE)
        uri = self._valid(handle, values)
        known, cid = self.records.get(uri), lexicon.cid_of_record(values["record"])
        if known is not None and known["cid"] == cid:
            return self._written(handle, known)
        if known is not None and "swapRecord" in values and values["swapRecord"] != known["cid"]:
            return error(400, "InvalidSwap", f"Record was at {known['cid']}")
        return self._keep(handle, uri, cid, values["record"])

    @route("POST", "/xrpc/com.atproto.repo.createRecord", acts="post")
    def create_record(self, call: Call) -> Answer:
        handle, values = self._writer(call, WRITE - {"swapRecord"})
        uri = self._valid(handle, values)
        if uri in self.records:
            return error(500, "InternalServerError", "Internal Server Error")
        return self._keep(handle, uri, lexicon.cid_of_record(values["record"]), values["record"])

    @route("POST", "/xrpc/com.atproto.repo.deleteRecord", acts="post")
    def delete_record(self, call: Call) -> Answer:
        handle, values = self._writer(call, {"repo", "collection", "rkey", "swapRecord", "swapCommit"})
        uri = f"at://{did_of(handle)}/{values['collection']}/{values['rkey']}"
        known = self.records.pop(uri, None)
        if known is None:
            return Answer(200, {})
        known["post"]["gone"] = True
        return Answer(200, {"commit": {"cid": lexicon.cid_of(uri.encode()), "rev": values["rkey"]}})

    @route("GET", "/xrpc/com.atproto.repo.getRecord")
    def get_record(self, call: Call) -> Answer:
        asked = _query(call, {"repo", "collection", "rkey", "cid"})
        uri = f"at://{asked['repo'][0]}/{asked['collection'][0]}/{asked['rkey'][0]}"
        known = self.records.get(uri)
        if self.unreadable:
            return error(500, "InternalServerError", "Internal Server Error")
        if known is None:
            return error(400, "RecordNotFound", f"Could not locate record: {uri}")
        return Answer(200, {"uri": uri, "cid": known["cid"], "value": known["record"]})

    @route("GET", "/xrpc/com.atproto.repo.listRecords")
    def list_records(self, call: Call) -> Answer:
        """One collection, the newest keys first (lexicon com.atproto.repo.listRecords)."""
        asked = _query(call, {"repo", "collection", "limit", "cursor", "reverse"})
        size, before = int(asked.get("limit", ["50"])[0]), asked.get("cursor", ["~"])[0]
        if not 1 <= size <= 100:
            return error(400, "InvalidRequest", "limit must be between 1 and 100")
        if self.unreadable:
            return error(500, "InternalServerError", "Internal Server Error")
        folder = f"at://{asked['repo'][0]}/{asked['collection'][0]}/"
        keys = sorted((uri.removeprefix(folder) for uri in self.records if uri.startswith(folder)), reverse=True)
        page = [key for key in keys if key < before][:size]
        found = [self.records[folder + key] for key in page]
        told = [{"uri": one["uri"], "cid": one["cid"], "value": one["record"]} for one in found]
        return Answer(200, {"records": told, **({"cursor": page[-1]} if page else {})})

    def put(self, handle: str, text: str, at: datetime, *, repost: bool = False, bears: str = "") -> dict[str, Any]:
        """A post, or a repost of somebody else's, that somebody made by hand at that time; `bears` is a false one."""
        created = bears or at.isoformat().replace("+00:00", "Z")
        record: dict[str, Any] = {"$type": lexicon.POSTS, "text": text, "createdAt": created}
        if repost:
            subject = {"uri": f"at://did:plc:somebody/{lexicon.POSTS}/3kabcdefghij2", "cid": lexicon.cid_of(b"")}
            record = {"$type": REPOSTS, "subject": subject, "createdAt": created}
        uri = f"at://{did_of(handle)}/{record['$type']}/{new_tid(at)}"
        post = {"id": uri, "handle": handle, "gone": False, "overwritten": 0, "text": text, "reply_to": "", "media": []}
        post |= {"language": "", "warning": "", "card": None}
        self.posts.append(post)
        self.records[uri] = {"uri": uri, "cid": lexicon.cid_of_record(record), "record": record, "post": post}
        return post

    @route("GET", "/xrpc/app.bsky.feed.getPosts")
    def get_posts(self, call: Call) -> Answer:
        self._appview(call)
        uris = _query(call, {"uris"})["uris"]
        if len(uris) > 25:
            return error(400, "InvalidRequest", "Error: uris must not have more than 25 elements")
        return Answer(
            200, {"posts": [self._view(uri) for uri in uris if uri in self.records and uri not in self.hidden]}
        )

    def _view(self, uri: str) -> dict[str, Any]:
        known, counts = self.records[uri], self.counts.get(uri, {})
        author = {"did": did_of(known["post"]["handle"]), "handle": known["post"]["handle"]}
        told = {theirs: counts.get(ours, 0) for ours, theirs in COUNTS.items()}
        at = known["record"]["createdAt"]
        return {"uri": uri, "cid": known["cid"], "author": author, "record": known["record"], "indexedAt": at, **told}

    def _appview(self, call: Call) -> None:
        self._session(call)
        if not self.appview:
            raise error(502, "UpstreamFailure", "Upstream service unreachable")

    def _writer(self, call: Call, known: set[str]) -> tuple[str, dict[str, Any]]:
        handle = self._session(call).handle
        values = _json(call, known)
        if values.get("repo") not in {did_of(handle), handle}:
            raise error(403, "Forbidden", "This is another account's repository")
        if not lexicon.TID.fullmatch(values.get("rkey", "")):
            raise error(400, "InvalidRequest", "Invalid record key: must be a valid TID")
        if values.get("collection") != lexicon.POSTS:
            raise error(400, "InvalidRequest", "Lexicon not found")
        return handle, values

    def _valid(self, handle: str, values: dict[str, Any]) -> str:
        """Return the address of a record that may be kept."""
        did = did_of(handle)
        try:
            lexicon.check(
                values["record"],
                lambda reference: self.blobs.get((did, reference)),
                lambda uri: self.records.get(uri, {}).get("cid"),
            )
        except lexicon.InvalidError as why:
            raise error(400, "InvalidRequest", f"Invalid {lexicon.POSTS} record: {why}") from None
        except LookupError as missing:
            raise error(400, "BlobNotFound", f"Could not find blob: {missing}") from None
        return f"at://{did}/{lexicon.POSTS}/{values['rkey']}"

    def _keep(self, handle: str, uri: str, cid: str, record: dict[str, Any]) -> Answer:
        replaced = self.records.get(uri)
        post: dict[str, Any] = (
            replaced["post"] if replaced else {"id": uri, "handle": handle, "gone": False, "overwritten": 0}
        )
        if replaced:
            post["overwritten"] += 1
        else:
            self.posts.append(post)
        post.update(
            text=record["text"],
            reply_to=record["reply"]["parent"]["uri"] if "reply" in record else "",
            media=lexicon.media_of(record),
            language=record.get("langs", [""])[0],
            warning="",
            card=lexicon.card_of(record),
            facets=record.get("facets", []),
        )
        self.records[uri] = {"uri": uri, "cid": cid, "record": record, "post": post}
        self.points[handle] = self.points.get(handle, 0) + 2
        return self._written(handle, self.records[uri])

    def _written(self, handle: str, known: dict[str, Any]) -> Answer:
        commit = {"cid": known["cid"], "rev": known["uri"].rsplit("/", 1)[1]}
        told = {"uri": known["uri"], "cid": known["cid"], "commit": commit, "validationStatus": "valid"}
        return Answer(200, told, limits(POINTS - self.points.get(handle, 0), time.time() + 3600))

    def _session(self, call: Call, *, refreshes: bool = False) -> Session:
        token = call.bearer
        if not token:
            raise error(401, "AuthMissing", "Authentication Required")
        session = self.sessions.get(token)
        if session is None and token.startswith("access-") and not refreshes:
            session = Session(token.removeprefix("access-"), refreshes=False, ends=time.time() + 1)
        if self.revoked or session is None or session.refreshes != refreshes:
            raise error(400, "InvalidToken", "Bad token")
        if session.ends < time.time():
            raise error(400, "ExpiredToken", "Token has expired")
        self.handles[did_of(session.handle)] = session.handle
        return session

    def _tokens(self, handle: str) -> dict[str, str]:
        """A new session: two tokens in the shape of signed claims (RFC 7519)."""
        self.handles[did_of(handle)] = handle
        made = {}
        for name, seconds in (("accessJwt", ACCESS_SECONDS), ("refreshJwt", REFRESH_SECONDS)):
            ends = int(time.time()) + seconds
            claims = {"sub": did_of(handle), "exp": ends, "jti": str(next(self.numbers))}
            made[name] = ".".join(_encoded(part) for part in ({"alg": "ES256K"}, claims, {"signed": name}))
            self.sessions[made[name]] = Session(handle, refreshes=name == "refreshJwt", ends=ends)
        return made

    def _who(self, handle: str) -> dict[str, Any]:
        did = did_of(handle)
        home = {"id": "#atproto_pds", "type": "AtprotoPersonalDataServer", "serviceEndpoint": self.base}
        return {
            "did": did,
            "handle": handle,
            "didDoc": {"id": did, "alsoKnownAs": [f"at://{handle}"], "service": [home]},
        }


def adapter(base: str, seconds: float = 5) -> BlueskyNetwork:
    """The module under test, speaking to the fake."""
    return BlueskyNetwork(base, seconds, allow_loopback=True)


def account(base: str, handle: str) -> Account:
    """An account the fake knows."""
    return Account(handle, {ACCOUNT_ID: did_of(handle), "server": base}, {"access": f"access-{handle}"})


def did_of(handle: str) -> str:
    """The account's DID."""
    return "did:plc:" + base64.b32encode(hashlib.sha256(handle.encode()).digest()).decode().lower()[:24]


def error(status: int, name: str, message: str, headers: dict[str, str] | None = None) -> Answer:
    return Answer(status, {"error": name, "message": message}, headers or {})


def limits(remaining: int, resets_at: float) -> dict[str, str]:
    """The headers that tell an account's points of the hour."""
    told = {
        "limit": str(POINTS),
        "remaining": str(max(remaining, 0)),
        "reset": str(int(resets_at)),
        "policy": f"{POINTS};w=3600",
    }
    return {f"ratelimit-{name}": value for name, value in told.items()}


def _json(call: Call, known: set[str]) -> dict[str, Any]:
    """The call's values. One that the lexicon does not have is refused, so that none is sent in vain."""
    if call.content_type != "application/json":
        raise error(400, "InvalidRequest", f"Wrong request encoding (Content-Type): {call.content_type}")
    values: dict[str, Any] = call.json()
    if unknown := set(values) - known:
        raise error(400, "InvalidRequest", f"Input has unknown properties {sorted(unknown)}")
    return values


def _query(call: Call, known: set[str]) -> dict[str, list[str]]:
    if unknown := set(call.query) - known:
        raise error(400, "InvalidRequest", f"Params has unknown properties {sorted(unknown)}")
    return call.query


def _encoded(part: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()
