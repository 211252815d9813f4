"""A Mastodon server by docs.joinmastodon.org, or with `flavour` "gotosocial" one of docs.gotosocial.org."""

from __future__ import annotations

import io
import re
import time
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from PIL import Image

from social_publisher.networks.base import ACCOUNT_ID, Account
from social_publisher.networks.mastodon import MastodonNetwork
from tests.fakes.http import Answer, Call, Part, route
from tests.fakes.mastodon.server import Server, error, form_of, number, values_of
from tests.fakes.mastodon.words import as_html, count

KEPT_SECONDS = 3600
COUNTS = {
    "likes": "favourites_count",
    "reposts": "reblogs_count",
    "replies": "replies_count",
    "quotes": "quotes_count",
}
STATUS = {"status", "media_ids[]", "in_reply_to_id", "sensitive", "spoiler_text", "visibility", "language"}
PAGING = {
    "max_id",
    "min_id",
    "since_id",
    "limit",
    "only_media",
    "exclude_replies",
    "exclude_reblogs",
    "pinned",
    "tagged",
}
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Mastodon(Server):
    """Every name is an account here, `name@host`; the record's handle is that. `access-<name>` opens it for good.

    `control` says who signs in ("person"), takes all permissions away ("revoke"), makes it a "gotosocial" or an older
    "version", sets "limits" of `statuses` and `media_attachments`, suspends accounts ("suspend"), fails the next videos
    ("unprocessable"), lets keys be forgotten ("forget_keys") and makes every page of posts the same ("stuck").
    """

    slug = "mastodon"

    def reset(self) -> None:
        super().reset()
        self.keys: dict[tuple[str, str], tuple[float, str]] = {}
        self.numbers = 0

    def control(self, wish: dict[str, Any]) -> None:
        super().control(wish)
        with self.lock:
            if wish.get("forget_keys"):
                self.keys.clear()

    # Media

    @route("POST", "/api/v[12]/media", acts="upload")
    def upload(self, call: Call) -> Answer:
        name = self._who(call, "write:media")
        if call.content_type != "multipart/form-data" or set(call.files()) - {"file", "thumbnail"}:
            return error(422, "Validation failed: File can't be blank")
        values = values_of(call, {"description", "focus"})
        part = call.files().get("file", [None])[0]
        kind = self._kind(part)
        alt = values.get("description", "")
        if len(alt) > self.limit("description_limit"):
            limit = self.limit("description_limit")
            return error(422, f"Validation failed: Description is too long (maximum is {limit} characters)")
        # GoToSocial answers when all is done; Mastodon works on a video after it has answered.
        waits = 2 if kind == "video" and not self.is_gotosocial else 0
        media = {
            "id": self._new_id(),
            "handle": self._handle(name),
            "kind": kind,
            "alt": alt,
            "waits": waits,
            "post": "",
        }
        media["failed"] = bool(waits) and self.unprocessable
        self.uploads.append(media)
        return Answer(202 if waits else 200, self._media(media))

    @route("GET", "/api/v1/media/(?P<id>[^/]+)")
    def media(self, call: Call) -> Answer:
        media = self._own_media(self._who(call, "write:media"), call["id"])
        if media is None:
            return error(404, "Record not found")
        if media["waits"]:
            media["waits"] -= 1
            return Answer(206, self._media(media))
        if media["failed"]:
            return error(422, "Error processing thumbnail for uploaded media")
        return Answer(200, self._media(media))

    def _kind(self, part: Part | None) -> str:
        if part is None or not part.content_type.startswith(("image/", "video/")):
            raise error(422, "Validation failed: File content type is invalid, File is invalid")
        kind = "video" if part.content_type.startswith("video/") else "picture"
        if len(part.content) > self.limit("video_size_limit" if kind == "video" else "image_size_limit"):
            raise error(422, "Validation failed: File file size is too large")
        if kind == "video":
            if part.content[4:8] != b"ftyp":
                raise error(422, "File type of uploaded media could not be verified")
            return kind
        try:
            with Image.open(io.BytesIO(part.content)) as image:
                width, height = image.size
        except OSError:
            raise error(422, "File type of uploaded media could not be verified") from None
        if width * height > self.limit("image_matrix_limit"):
            raise error(422, f"Validation failed: {width}x{height} images are not supported")
        return kind

    def _own_media(self, name: str, media_id: str) -> dict[str, Any] | None:
        """One that is attached to no post yet."""
        own = (one for one in self.uploads if one["handle"] == self._handle(name) and not one["post"])
        return next((one for one in own if one["id"] == media_id), None)

    def _media(self, media: dict[str, Any]) -> dict[str, Any]:
        url = None if media["waits"] else f"{self.base}/media/{media['id']}"
        kind = "image" if media["kind"] == "picture" else "video"
        return {"id": media["id"], "type": kind, "url": url, "description": media["alt"] or None, "meta": {}}

    # Posts

    @route("POST", "/api/v1/statuses", acts="post")
    def publish(self, call: Call) -> Answer:
        name = self._who(call, "write:statuses")
        form = form_of(call, STATUS | ({"content_type"} if self.is_gotosocial else set()))
        values = {key: found[0] for key, found in form.items()}
        key = "" if self.is_gotosocial else call.headers.get("idempotency-key", "")
        if (known := self._keyed(name, key)) is not None:
            return Answer(200, self._status(known), self._counted(name))
        text, warning = values.get("status", "").strip(" \t\n\v\f\r"), values.get("spoiler_text", "").strip()
        reply_to = values.get("in_reply_to_id", "")
        if reply_to and self._post(reply_to) is None:
            return error(404, "The post you are trying to reply to does not appear to exist.")
        media = self._attached(name, form.get("media_ids[]", []))
        self._check(text, warning, values, media)
        post_id = self._new_id()
        for one in media:
            one["post"] = post_id
        post = {
            "id": post_id,
            "handle": self._handle(name),
            "text": text,
            "reply_to": reply_to,
            "media": [{"kind": one["kind"], "alt": one["alt"]} for one in media],
            "language": values.get("language", ""),
            "warning": warning,
            "card": None,
            "gone": False,
        }
        sensitive = values.get("sensitive") in {"1", "true"} or bool(warning)
        own = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "sensitive": sensitive}
        self.posts.append({**post, **own, "media_ids": [one["id"] for one in media]})
        if key:
            self.keys[name, key] = (time.time(), post_id)
        return Answer(200, self._status(self.posts[-1]), self._counted(name))

    def _check(self, text: str, warning: str, values: dict[str, str], media: list[dict[str, Any]]) -> None:
        if not text and not media:
            raise error(422, "Validation failed: Text can't be blank")
        most = self.limit("max_characters")
        if (length := count(text, warning, plainly=self.is_gotosocial)) > most:
            if self.is_gotosocial:
                raise error(400, f"Bad Request: status too long, {length} characters provided but limit is {most}")
            raise error(422, f"Validation failed: Text character limit of {most} exceeded")
        if values.get("visibility", "public") not in {"public", "unlisted", "private", "direct"}:
            raise error(422, "Validation failed: Visibility is not included in the list")
        if values.get("sensitive", "0") not in {"0", "1", "true", "false"}:
            raise error(422, "sensitive is neither true nor false")
        if not re.fullmatch(r"(?:[a-z]{2,3}(?:-[A-Za-z]{2,4})?)?", values.get("language", "")):
            raise error(400 if self.is_gotosocial else 422, "Validation failed: Language is invalid")

    def _attached(self, name: str, ids: list[str]) -> list[dict[str, Any]]:
        if len(ids) > self.limit("max_media_attachments"):
            raise error(422, f"Cannot attach more than {self.limit('max_media_attachments')} files")
        found = [self._own_media(name, media_id) for media_id in ids]
        media = [one for one in found if one is not None]
        if len(media) < len(ids):
            raise error(422, f"Media {', '.join(ids)} not found or already attached to another post")
        if len(media) > 1 and any(one["kind"] == "video" for one in media):
            raise error(422, "Cannot attach a video to a post that already contains images")
        if any(one["waits"] or one["failed"] for one in media):
            raise error(422, "Cannot attach files that have not finished processing. Try again in a moment!")
        return media

    def _keyed(self, name: str, key: str) -> dict[str, Any] | None:
        """The post that was made under this key within the last hour."""
        at, post_id = self.keys.get((name, key), (0.0, ""))
        return self._post(post_id) if time.time() - at < KEPT_SECONDS else None

    @route("GET", "/api/v1/accounts/(?P<id>[^/]+)/statuses")
    def own_posts(self, call: Call) -> Answer:
        name = self._who(call, "read:statuses")
        if set(call.query) - PAGING:
            return error(422, f"unknown parameters {sorted(set(call.query) - PAGING)}")
        if call["id"] != number(name):
            return error(404, "Record not found")
        own = [post for post in reversed(self.posts) if post["handle"] == self._handle(name) and not post["gone"]]
        if call.asked("exclude_reblogs") in {"1", "true", "True"}:
            own = [post for post in own if not post.get("boosts")]
        before = "" if self.stuck else call.asked("max_id")
        older = [post for post in own if not before or post["id"].rjust(26, "0") < before.rjust(26, "0")]
        page = older[: min(int(call.asked("limit", "20")), 40)]
        return Answer(200, [self._status(post) for post in page])

    @route("GET", "/api/v1/statuses")
    def several(self, call: Call) -> Answer:
        self._who(call, "read:statuses")
        ids = call.query.get("id[]", [])
        if not self.since(4, 3):
            return self.unknown_path(call)
        if set(call.query) - {"id[]"} or len(ids) > 20:
            return error(422, "Validation failed")
        return Answer(200, [self._status(post) for post in map(self._post, ids) if post is not None])

    @route("GET", "/api/v1/statuses/(?P<id>[^/]+)")
    def single(self, call: Call) -> Answer:
        self._who(call, "read:statuses")
        post = self._post(call["id"])
        return error(404, "Record not found") if post is None else Answer(200, self._status(post))

    @route("DELETE", "/api/v1/statuses/(?P<id>[^/]+)", acts="post")
    def delete(self, call: Call) -> Answer:
        name = self._who(call, "write:statuses")
        post = self._post(call["id"])
        if post is None or post["handle"] != self._handle(name):
            return error(404, "Record not found")
        post["gone"] = True
        return Answer(200, {**self._status(post), "text": post["text"]})

    def _post(self, post_id: str) -> dict[str, Any] | None:
        return next((post for post in self.posts if post["id"] == post_id and not post["gone"]), None)

    def _status(self, post: dict[str, Any]) -> dict[str, Any]:
        name = post["handle"].partition("@")[0]
        path = f"@{name}/statuses" if self.is_gotosocial else f"@{name}"
        counts = {theirs: self.counts.get(post["id"], {}).get(ours, 0) for ours, theirs in COUNTS.items()}
        if not self.since(4, 5):
            del counts["quotes_count"]
        return {
            "id": post["id"],
            "created_at": post["at"].replace("+00:00", "Z"),
            "in_reply_to_id": post["reply_to"] or None,
            "sensitive": post["sensitive"],
            "spoiler_text": post["warning"],
            "visibility": "public",
            "language": post["language"] or None,
            "uri": f"{self.base}/users/{name}/statuses/{post['id']}",
            "url": f"{self.base}/{path}/{post['id']}",
            "content": as_html(post["text"], self.base, plainly=self.is_gotosocial),
            "reblog": self._boosted(post) if post.get("boosts") else None,
            "account": self._account(name),
            "media_attachments": [self._media(one) for one in self.uploads if one["id"] in post["media_ids"]],
            "mentions": [],
            "tags": [],
            "emojis": [],
            **counts,
        }

    def put(self, handle: str, text: str, at: datetime, *, boosts: bool = False) -> dict[str, Any]:
        """A post, or the boost of somebody else's, that somebody made by hand, at that time."""
        name = handle.partition("@")[0]
        post: dict[str, Any] = {"id": self._new_id(), "handle": self._handle(name), "text": text, "reply_to": ""}
        post |= {"language": "", "warning": "", "card": None, "gone": False, "sensitive": False}
        post |= {"media": [], "media_ids": []}
        self.posts.append({**post, "at": at.isoformat(timespec="milliseconds"), "boosts": boosts})
        return self.posts[-1]

    def _boosted(self, post: dict[str, Any]) -> dict[str, Any]:
        """Somebody else's post, as the boost holds it."""
        told = self._status({**post, "boosts": False, "handle": self._handle("somebody")})
        return {**told, "id": f"9{post['id']}"}

    def _new_id(self) -> str:
        """Mastodon: milliseconds and 16 bits more. GoToSocial, a ULID: milliseconds and 80 bits more, in base 32."""
        self.numbers += 1
        now = int(time.time() * 1000)
        if not self.is_gotosocial:
            return str((now << 16) + self.numbers)
        value = (now << 80) + self.numbers
        return "".join(CROCKFORD[value >> shift & 31] for shift in range(125, -1, -5))


def adapter(base: str, seconds: float = 5) -> MastodonNetwork:
    """The module under test. Which server it speaks to, each account says; the fake's are on this machine."""
    return MastodonNetwork(seconds, allow_loopback=True)


def account(base: str, handle: str) -> Account:
    """An account the fake knows, by its name or `name@host`; its handle is the latter."""
    name, host = handle.partition("@")[0], urlsplit(base).netloc
    settings = {ACCOUNT_ID: f"{number(name)}@{host}", "server": base}
    return Account(f"{name}@{host}", settings, {"token": f"access-{name}"})
