"""Facebook's Graph API as developers.facebook.com describes it (v25.0), as far as a page's posts go."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from social_publisher.networks.base import ACCOUNT_ID, Account
from social_publisher.networks.facebook import FacebookNetwork
from tests.fakes.facebook.protocol import (
    PIECE,
    asked_fields,
    check_picture,
    checked_text,
    chosen,
    error,
    fields_of,
    form,
    gone,
    known,
    offsets,
    usage,
)
from tests.fakes.http import Answer, Call, FakeNetwork, route

APP_ID, APP_SECRET = "1029384756", "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
PUBLIC = "https://www.facebook.com"
ROOT = r"/v25\.0"
NODE = ROOT + r"/(?P<id>\d+)"
PAGE_POST = ROOT + r"/(?P<id>\d+_\d+)"
PAGE_FIELDS = {"id", "name", "username", "link", "picture", "can_post", "access_token", "tasks"}
POST_FIELDS = {"id", "message", "created_time", "permalink_url", "shares", "reactions", "comments", "status_type"}
VIDEO_FIELDS = {"id", "status", "post_id", "published", "description"}
METRICS = {"post_media_view": "impressions", "post_clicks": "clicks"}
PERMISSIONS = {
    "pages_show_list", "pages_manage_posts", "pages_read_engagement", "pages_read_user_content", "read_insights",
    "pages_manage_engagement", "publish_video", "business_management",
}  # fmt: skip
DAY = 24 * 3600


class Facebook(FakeNetwork):
    """Every name is a page, `access-<name>` its token. The person of the login page has two pages and may post on one.

    A page's number is its name in another form, so that every process knows it.
    """

    slug = "facebook"

    def reset(self) -> None:
        super().reset()
        self.revoked = False
        self.withheld: set[str] = set()
        self.tasks = {"reader": ["ADVERTISE", "ANALYZE"], "selec": ["CREATE_CONTENT", "MODERATE", "ANALYZE"]}
        self.codes: dict[str, dict[str, str]] = {}
        self.people: dict[str, dict[str, Any]] = {}
        self.page_tokens: dict[str, str] = {}
        self.pictures: dict[str, dict[str, Any]] = {}
        self.videos: dict[str, dict[str, Any]] = {}
        self.number = 122_100_000_000_000
        # What tests set: how long a list's page is, minutes until calls are taken again, and what goes wrong.
        self.page_size, self.regain = 100, 0.0
        self.may_post, self.finishes, self.has_insights, self.takes_pieces = True, True, True, True
        self.late_looks, self.video_error = 0, ""

    def control(self, wish: dict[str, Any]) -> None:
        super().control(wish)
        self.revoked = bool(wish.get("revoke", self.revoked))

    def failure(self, kind: str, value: str) -> Answer:
        if kind == "429":
            words = "(#80001) There have been too many calls to this Page account. Wait a bit and try again."
            return Answer(400, error(80001, words).body, usage(int(value) / 60))
        if kind == "401":
            return error(190, "Error validating access token: The session has been invalidated.", 460)
        if kind == "refuse":
            return error(100, "(#100) This content is not allowed.")
        return Answer(500, error(2, "An unexpected error has occurred. Please retry your request later.").body)

    def answer(self, call: Call) -> tuple[str, Answer, bool]:
        fault, given, taken = super().answer(call)
        app = json.dumps({"call_count": 28, "total_time": 25, "total_cputime": 25})
        given.headers = {"x-app-usage": app, **usage(self.regain), **given.headers}
        return fault, given, taken

    def unknown_path(self, call: Call) -> Answer:
        return error(2500, "Unknown path components", status=404)

    # Logging in, and the person's pages

    @route("GET", ROOT + "/dialog/oauth")
    def dialog(self, call: Call) -> Answer:
        asked = known({name: values[0] for name, values in call.query.items()}, {
            "client_id", "redirect_uri", "state", "response_type", "scope", "auth_type", "code_challenge",
            "code_challenge_method",
        })  # fmt: skip
        if asked["client_id"] != APP_ID or asked["response_type"] != "code" or asked["code_challenge_method"] != "S256":
            return error(101, "Invalid App ID")
        if unknown := set(asked["scope"].split(",")) - PERMISSIONS:
            return error(100, f"Invalid Scopes: {sorted(unknown)}")
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        back = urlencode({"code": code, "state": asked["state"]})
        return Answer(302, None, {"location": f"{asked['redirect_uri']}?{back}"})

    @route("POST", ROOT + "/oauth/access_token")
    def access_token(self, call: Call) -> Answer:
        values = form(call, {
            "client_id", "client_secret", "redirect_uri", "code", "code_verifier", "grant_type", "fb_exchange_token",
        })  # fmt: skip
        if (values.get("client_id"), values.get("client_secret")) != (APP_ID, APP_SECRET):
            return error(1, "Error validating client secret.")
        if values.get("grant_type") == "fb_exchange_token":
            return self._person(self._who(values["fb_exchange_token"])["scope"], lasting=True)
        asked = self.codes.pop(values.get("code", ""), None)
        if asked is None:
            return error(100, "This authorization code has been used.", 36009)
        if asked["redirect_uri"] != values.get("redirect_uri"):
            return error(100, "Error validating verification code. Your redirect_uri must be identical.", 36008)
        digest = hashlib.sha256(values.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            return error(1, "Invalid code verifier.")
        return self._person(asked["scope"], lasting=False)

    @route("GET", ROOT + "/me/permissions")
    def permissions(self, call: Call) -> Answer:
        wanted = self._who(call.bearer)["scope"].split(",")
        told = [{"permission": name, "status": "declined" if name in self.withheld else "granted"} for name in wanted]
        return self._list(call, told, {"limit"})

    @route("GET", ROOT + "/me/accounts")
    def accounts(self, call: Call) -> Answer:
        """One page at a time. A page's token lasts if the person's does; any other would end in an hour."""
        lasting = self._who(call.bearer)["lasting"]
        told = []
        for handle, tasks in self.tasks.items():
            token = f"page-{handle}-{secrets.token_urlsafe(8)}"
            if lasting:
                self.page_tokens[token] = handle
            told.append({**self._about(handle), "access_token": token, "tasks": tasks})
        return self._list(call, told, {"fields", "limit"}, PAGE_FIELDS, size=1)

    # A page and what it publishes

    @route("GET", NODE)
    def node(self, call: Call) -> Answer:
        handle = self._handle(call)
        if (video := self.videos.get(call["id"])) and video["handle"] == handle:
            return Answer(200, chosen(self._video(video), asked_fields(call, VIDEO_FIELDS)))
        if call["id"] != number(handle):
            return gone(call["id"])
        return Answer(200, chosen(self._about(handle), asked_fields(call, PAGE_FIELDS)))

    @route("POST", NODE + "/feed", acts="post")
    def feed(self, call: Call) -> Answer:
        handle = self._own(call)
        values = form(call, {"message", "link", "published", "fields", *(f"attached_media[{n}]" for n in range(10))})
        attached = sorted(name for name in values if name.startswith("attached_media"))
        pictures = [self._attached(handle, values[name]) for name in attached]
        text = checked_text(values.get("message", ""))
        if values.get("published") != "true" or (pictures and "link" in values):
            return error(100, "(#100) Invalid parameter")
        earlier = [post for post in self.posts if post["handle"] == handle and not post["gone"]]
        if earlier and earlier[-1]["text"] == text:
            return error(506, "Duplicate status message", 1455006)
        card = {"title": values["link"], "url": values["link"]} if "link" in values else None
        post = self._take(handle, text, pictures, card)
        return Answer(200, chosen(self._told(post), fields_of(values.get("fields", "id"), POST_FIELDS)))

    @route("POST", NODE + "/photos", acts="upload")
    def photos(self, call: Call) -> Answer:
        handle = self._own(call)
        values = form(call, {"published", "temporary", "alt_text_custom"})
        check_picture(call.files().get("source", []))
        picture = {"handle": handle, "kind": "picture", "alt": values.get("alt_text_custom", ""), "at": time.time()}
        picture["id"] = self._next()
        self.pictures[picture["id"]] = picture
        self.uploads.append(picture)
        if values.get("published") != "false":
            return Answer(200, {"id": picture["id"], "post_id": self._take(handle, "", [picture], None)["id"]})
        return Answer(200, {"id": picture["id"]})

    @route("POST", NODE + "/videos", acts="upload")
    def upload_video(self, call: Call) -> Answer:
        handle = self._own(call)
        phase = call.form().get("upload_phase", [""])[0]
        if phase == "start":
            size = int(form(call, {"upload_phase", "file_size"})["file_size"])
            video = {"id": self._next(), "session": self._next(), "handle": handle, "size": size, "content": b""}
            self.videos[video["id"]] = {**video, "done": False, "post": None, "looks": 2}
            return Answer(200, {"upload_session_id": video["session"], "video_id": video["id"], **offsets(0, size)})
        values = form(call, {"upload_phase", "upload_session_id", "start_offset", "published"})
        found = [video for video in self.videos.values() if video["session"] == values["upload_session_id"]]
        if not found or found[0]["handle"] != handle or found[0]["done"]:
            return error(100, "(#100) Invalid upload session", 1363030)
        video = found[0]
        if phase == "transfer":
            (piece,) = call.files()["video_file_chunk"]
            if int(values["start_offset"]) != len(video["content"]) or len(piece.content) > PIECE:
                return error(100, "(#100) The offset is wrong.", 1363037)
            video["content"] += piece.content if self.takes_pieces else b""
            return Answer(200, offsets(len(video["content"]), video["size"]))
        if phase != "finish" or len(video["content"]) != video["size"] or video["content"][4:8] != b"ftyp":
            return error(352, "(#352) The video file you selected is in a format that we don't support.", 1363024)
        video["done"] = True
        self.uploads.append({"id": video["id"], "handle": handle, "kind": "video", "alt": ""})
        if values.get("published") != "false":
            self._publish(video, "")
        return Answer(200, {"success": True})

    @route("POST", NODE, acts="post")
    def update_video(self, call: Call) -> Answer:
        handle = self._handle(call)
        values = form(call, {"description", "published"})
        video = self.videos.get(call["id"])
        if video is None or video["handle"] != handle:
            return gone(call["id"])
        if not video["done"] or video["looks"] or values.get("published") != "true":
            return error(100, "(#100) The video is not ready to be published.")
        self._publish(video, checked_text(values.get("description", "")))
        return Answer(200, {"success": True})

    def put(self, handle: str, text: str, at: datetime) -> dict[str, Any]:
        """A post that somebody made by hand on the page, at that time."""
        post = self._take(handle, text, [], None)
        post["at"] = at.timestamp()
        return post

    @route("GET", NODE + "/published_posts")
    def published_posts(self, call: Call) -> Answer:
        handle = self._own(call)
        since = float(call.asked("since", "0"))
        mine = [post for post in self.posts if post["handle"] == handle and not post["gone"] and post["at"] >= since]
        told = [{**self._told(post), "message": post["text"]} for post in reversed(mine)]
        return self._list(call, told, {"fields", "since", "include_hidden", "limit"}, POST_FIELDS, self.page_size)

    @route("GET", PAGE_POST)
    def page_post(self, call: Call) -> Answer:
        post = self._post(call)
        asked = asked_fields(call, POST_FIELDS)
        if "pages_read_user_content" in self.withheld and {"reactions", "comments"} & set(asked):
            return error(10, "(#10) This endpoint requires the 'pages_read_user_content' permission.")
        if any(asked[name] != ".summary(true).limit(0)" for name in {"reactions", "comments"} & set(asked)):
            return error(100, "(#100) Too much is asked for.")
        counts = self.counts.get(post["id"], {})
        told = {**self._told(post), "message": post["text"]}
        for field, name in (("reactions", "likes"), ("comments", "replies")):
            told[field] = {"data": [], "summary": {"total_count": counts.get(name, 0)}}
        is_video = any(item["kind"] == "video" for item in post["media"])
        told["status_type"] = "added_video" if is_video else "mobile_status_update"
        if counts.get("reposts") and not is_video:
            told["shares"] = {"count": counts["reposts"]}
        return Answer(200, chosen(told, asked))

    @route("GET", PAGE_POST + "/insights")
    def insights(self, call: Call) -> Answer:
        post = self._post(call)
        if "read_insights" in self.withheld:
            return error(10, "(#10) This endpoint requires the 'read_insights' permission.")
        asked = known({name: values[0] for name, values in call.query.items()}, {"metric", "period"})
        if asked["metric"] not in METRICS or asked["period"] != "lifetime":
            return error(100, "(#100) The value must be a valid insights metric")
        value = self.counts.get(post["id"], {}).get(METRICS[asked["metric"]], 0)
        series = {"name": asked["metric"], "period": "lifetime", "values": [{"value": value}]}
        return Answer(200, {"data": [series] if self.has_insights else []})

    @route("DELETE", PAGE_POST, acts="post")
    def delete(self, call: Call) -> Answer:
        known(call.query, set())
        self._post(call)["gone"] = True
        return Answer(200, {"success": True})

    @route("POST", ROOT + "/")
    def batch(self, call: Call) -> Answer:
        """Many calls in one; each counts, and each has its own answer."""
        values = form(call, {"batch", "include_headers", "access_token"})
        wanted = json.loads(values["batch"])
        if len(wanted) > 50:
            return error(100, "(#100) Too many requests in batch message. Maximum batch size is 50")
        answers: list[dict[str, Any] | None] = [self._one_of_many(item, values["access_token"]) for item in wanted]
        return Answer(200, answers if self.finishes else [*answers[:-1], None])

    def _one_of_many(self, item: Mapping[str, str], token: str) -> dict[str, Any]:
        address = urlsplit(item["relative_url"])
        query = parse_qs(address.query)
        call = Call(item["method"], f"/v25.0/{address.path}", query, {"authorization": f"Bearer {token}"}, b"")
        handler, _acts = self._route(call)
        try:
            given = handler(self, call) if handler else self.unknown_path(call)
        except Answer as raised:
            given = raised
        return {"code": given.status, "body": json.dumps(given.body)}

    # What it knows

    def _handle(self, call: Call) -> str:
        """Which page the token is of."""
        known_token = call.bearer in self.page_tokens or call.bearer.startswith("access-")
        if self.revoked or not known_token or "access_token" in call.query:
            raise error(190, "Error validating access token: The session has been invalidated.", 460)
        return self.page_tokens.get(call.bearer) or call.bearer.removeprefix("access-")

    def _own(self, call: Call) -> str:
        handle = self._handle(call)
        if call["id"] != number(handle):
            raise error(200, "(#200) This is not your page.")
        return handle

    def _who(self, token: str) -> dict[str, Any]:
        if token not in self.people:
            raise error(190, "Invalid OAuth access token - Cannot parse access token")
        return self.people[token]

    def _person(self, scope: str, *, lasting: bool) -> Answer:
        token = f"person-{secrets.token_urlsafe(16)}"
        self.people[token] = {"scope": scope, "lasting": lasting}
        return Answer(200, {"access_token": token, "token_type": "bearer", "expires_in": 60 * DAY if lasting else 3600})

    def _about(self, handle: str) -> dict[str, Any]:
        picture = {"data": {"url": f"{self.base}/picture.jpg"}}
        page = {"id": number(handle), "name": handle.title(), "username": handle, "link": f"{PUBLIC}/{handle}"}
        return {**page, "picture": picture, "can_post": self.may_post}

    def _post(self, call: Call) -> dict[str, Any]:
        handle = self._handle(call)
        for post in self.posts:
            if post["id"] == call["id"] and post["handle"] == handle and not post["gone"]:
                return post
        raise gone(call["id"])

    def _attached(self, handle: str, value: str) -> dict[str, Any]:
        picture = self.pictures.get(json.loads(value)["media_fbid"], {"handle": None})
        if picture["handle"] != handle or time.time() - picture["at"] > DAY:
            raise error(100, "(#100) Invalid parameter: there is no such photo.")
        return picture

    def _video(self, video: dict[str, Any]) -> dict[str, Any]:
        """A video as it is now; every look brings it nearer."""
        video["looks"] = max(video["looks"] - 1, 0)
        phase: dict[str, Any] = {"status": "in_progress" if video["looks"] else "complete"}
        state = "processing" if video["looks"] else "ready"
        if self.video_error:
            state, phase = "error", {"status": "error", "errors": [{"code": 1363008, "message": self.video_error}]}
        told = {"id": video["id"], "status": {"video_status": state, "processing_phase": phase}}
        if video["post"] and not self.late_looks:
            told["post_id"] = video["post"]["id"].partition("_")[2]
        self.late_looks = max(self.late_looks - 1, 0)
        return told

    def _publish(self, video: dict[str, Any], text: str) -> None:
        """Make it public; what is public stays the one post it is."""
        if video["post"] is None:
            video["post"] = self._take(video["handle"], text, [{"kind": "video", "alt": ""}], None)

    def _take(
        self, handle: str, text: str, media: Sequence[Mapping[str, Any]], card: dict[str, str] | None
    ) -> dict[str, Any]:
        post = {"id": f"{number(handle)}_{self._next()}", "handle": handle, "text": text, "reply_to": "", "card": card}
        told = [{"kind": item["kind"], "alt": item["alt"]} for item in media]
        self.posts.append({**post, "media": told, "language": "", "warning": "", "gone": False, "at": time.time()})
        return self.posts[-1]

    def _told(self, post: Mapping[str, Any]) -> dict[str, Any]:
        page, _line, own = post["id"].partition("_")
        at = time.strftime("%Y-%m-%dT%H:%M:%S+0000", time.gmtime(post["at"]))
        return {"id": post["id"], "created_time": at, "permalink_url": f"{PUBLIC}/{page}/posts/{own}"}

    def _next(self) -> str:
        self.number += 1
        return str(self.number)

    def _list(
        self, call: Call, told: list[Any], names: set[str], fields: set[str] | None = None, size: int = 100
    ) -> Answer:
        """One page of a list. The next one's address holds the token, as Facebook's does."""
        asked = known({name: values[0] for name, values in call.query.items()}, names | {"after"})
        wanted = asked_fields(call, fields) if fields else None
        first, size = int(asked.get("after", "0")), min(int(asked.get("limit", "25")), size)
        data = [chosen(entry, wanted) if wanted else entry for entry in told[first : first + size]]
        paging: dict[str, Any] = {"cursors": {"before": str(first), "after": str(first + size)}}
        if first + size < len(told):
            query = urlencode({**asked, "access_token": call.bearer, "after": first + size})
            paging["next"] = f"{self.base}{call.path}?{query}"
        return Answer(200, {"data": data, "paging": paging})


def adapter(base: str, seconds: float = 5) -> FacebookNetwork:
    """The module under test, speaking to the fake."""
    return FacebookNetwork(base, dialog=base, seconds=seconds)


def account(base: str, handle: str) -> Account:
    """An account the fake knows."""
    return Account(handle, {ACCOUNT_ID: number(handle)}, {"token": f"access-{handle}"})


def number(handle: str) -> str:
    """A page's number."""
    return str(int.from_bytes(handle.encode()))
