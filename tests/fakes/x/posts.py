"""Posts: made, deleted, looked up, and listed."""

from __future__ import annotations

import base64
import binascii
import time
from datetime import UTC, datetime
from typing import Any

from tests.fakes.http import Answer, Call, route
from tests.fakes.x.common import (
    PROBLEMS,
    Common,
    body_of,
    fields_of,
    invalid,
    not_found,
    number,
    only,
    problem,
    query_of,
)
from tests.fakes.x.media import Media, media_key
from tests.fakes.x.text import INVALID, LIMIT, on_the_wire, weighted_length

FIELDS = {"id", "text", "created_at", "entities", "public_metrics", "conversation_id", "lang", "attachments"}
EXPANSIONS = {"author_id", "referenced_posts", "edit_history_post_ids"}
LISTED = {"max_results", "pagination_token", "start_time", "end_time", "since_id", "until_id", "exclude"}
METRICS = {
    "impression_count": "impressions",
    "like_count": "likes",
    "repost_count": "reposts",
    "reply_count": "replies",
    "quote_count": "quotes",
    "bookmark_count": "bookmarks",
}
DUPLICATE = "You are not allowed to create a Tweet with duplicate content."


class Posts(Media, Common):
    @route("POST", r"/2/tweets", acts="post")
    def create(self, call: Call) -> Answer:
        handle = self.signed_in(call, "tweet.write", "users.read", "tweet.read")
        headers = self.count_one(handle)
        if self.says:
            return self._instead()
        body = body_of(call, {"text", "media", "reply"})
        text = body.get("text", "")
        media = self._attached(handle, body["media"]) if "media" in body else []
        reply_to = self._answered(body["reply"]) if "reply" in body else ""
        if not isinstance(text, str) or (not text.strip() and not media) or INVALID.search(text):
            return invalid("text is empty or holds invalid characters.")
        if weighted_length(text) > LIMIT:
            return problem(403, "Forbidden", "Your Tweet text is too long.")
        if any(post["text"] == text for post in self._own(handle)):
            return problem(403, "Forbidden", DUPLICATE)
        post = self._take(handle, text, media, reply_to)
        told = {"id": post["id"], "text": post["told"], "edit_history_post_ids": [post["id"]]}
        return Answer(201, {"data": told}, headers)

    @route("DELETE", r"/2/tweets/(?P<id>[0-9]{1,19})", acts="post")
    def delete(self, call: Call) -> Answer:
        handle = self.signed_in(call, "tweet.write", "users.read", "tweet.read")
        if call.query or call.body:
            return invalid("A deletion has no parameters.")
        post = self._post(call["id"])
        if post is None:
            return Answer(404, {**not_found("tweet", call["id"]), "status": 404})
        if post["handle"] != handle:
            return problem(403, "Forbidden", "You are not allowed to delete this Tweet.")
        post["gone"] = True
        return Answer(200, {"data": {"deleted": True}})

    @route("GET", r"/2/tweets")
    def look_up(self, call: Call) -> Answer:
        self.signed_in(call, "tweet.read", "users.read")
        if self.says:
            return self._instead()
        query = query_of(call, {"ids", "post.fields", "expansions"})
        ids = query.get("ids", "").split(",")
        if not 1 <= len(ids) <= 100 or not all(one.isdecimal() for one in ids):
            return invalid("ids are 1 to 100 numbers.")
        found = {one: self._post(one) for one in ids}
        answer: dict[str, Any] = {}
        if told := [self.tell(post, query) for post in found.values() if post]:
            answer["data"] = told
        if missing := [not_found("tweet", one) for one, post in found.items() if not post]:
            answer["errors"] = missing
        return Answer(200, answer)

    @route("GET", r"/2/users/(?P<id>[0-9]{1,19})/tweets")
    def timeline(self, call: Call) -> Answer:
        handle = self.signed_in(call, "tweet.read", "users.read")
        query = query_of(call, LISTED | {"post.fields", "expansions"})
        if call["id"] != number(handle):
            return Answer(200, {"errors": [not_found("user", call["id"])]})
        size, first, last, since = _bounds(query)
        posts = [post for post in self._own(handle) if first < int(post["id"]) < last and post["at"] >= since]
        posts.sort(key=lambda post: int(post["id"]), reverse=True)
        page = posts[:size]
        if not page:
            return Answer(200, {"meta": {"result_count": 0}})
        meta = {"result_count": len(page), "newest_id": page[0]["id"], "oldest_id": page[-1]["id"]}
        if len(posts) > size:
            meta["next_token"] = base64.b32hexencode(page[-1]["id"].encode()).decode().rstrip("=").lower()
        return Answer(200, {"data": [self.tell(post, query) for post in page], "meta": meta})

    def put(self, handle: str, text: str, at: datetime, reply_to: str = "") -> dict[str, Any]:
        """A post that somebody made by hand, at that time."""
        post = self._take(handle, text, [], reply_to)
        post["at"] = at.timestamp()
        return post

    def _take(self, handle: str, text: str, media: list[dict[str, Any]], reply_to: str) -> dict[str, Any]:
        post_id = self.new_id()
        pages = [f"https://x.com/{handle}/status/{post_id}/photo/{place}" for place in range(1, len(media) + 1)]
        told, urls = on_the_wire(text, post_id, list(zip(pages, map(media_key, media), strict=True)))
        post: dict[str, Any] = {"id": post_id, "handle": handle, "text": text, "reply_to": reply_to, "gone": False}
        post["media"] = [{"kind": one["kind"], "alt": one["alt"]} for one in media]
        post |= {"language": "", "warning": "", "card": None, "told": told, "urls": urls, "at": time.time()}
        self.posts.append(post)
        return post

    def _attached(self, handle: str, media: Any) -> list[dict[str, Any]]:
        """One to four pictures or one video, all ready."""
        only(media, {"media_ids"})
        ids = media.get("media_ids")
        if not isinstance(ids, list) or not 1 <= len(ids) <= 4 or len(set(ids)) < len(ids):
            raise invalid("media.media_ids are 1 to 4 different ids.")
        found = [self.media(handle, str(one)) for one in ids]
        if any(one["state"] not in {"", "succeeded"} for one in found):
            raise invalid("Your media IDs are invalid.")
        if len(found) > 1 and any(one["kind"] == "video" for one in found):
            raise invalid("A video goes alone.")
        return found

    def _answered(self, reply: Any) -> str:
        only(reply, {"in_reply_to_tweet_id"})
        reply_to = str(reply.get("in_reply_to_tweet_id", ""))
        if self._post(reply_to) is None:
            told = "You attempted to reply to a Tweet that is deleted or not visible to you."
            raise problem(403, "Forbidden", told)
        return reply_to

    def _own(self, handle: str) -> list[dict[str, Any]]:
        return [post for post in self.posts if post["handle"] == handle and not post["gone"]]

    def _post(self, post_id: str) -> dict[str, Any] | None:
        return next((post for post in self.posts if post["id"] == post_id and not post["gone"]), None)

    def tell(self, post: dict[str, Any], query: dict[str, str]) -> dict[str, Any]:
        """A post with the fields that were asked for."""
        asked, expanded = fields_of(query, "post.fields", FIELDS), fields_of(query, "expansions", EXPANSIONS)
        told: dict[str, Any] = {"id": post["id"], "text": post["told"]}
        if "created_at" in asked:
            told["created_at"] = datetime.fromtimestamp(post["at"], UTC).isoformat(timespec="milliseconds")[:-6] + "Z"
        if "entities" in asked and post["urls"]:
            told["entities"] = {"urls": post["urls"]}
        if "referenced_posts" in expanded and post["reply_to"]:
            told["referenced_posts"] = [{"type": "replied_to", "id": post["reply_to"]}]
        if "public_metrics" in asked:
            counts = self.counts.get(post["id"], {})
            told["public_metrics"] = {theirs: counts.get(ours, 0) for theirs, ours in METRICS.items()}
        return told

    def _instead(self) -> Answer:
        answer, self.says = self.says, None
        assert answer is not None
        return answer


def withheld(post_id: str) -> Answer:
    """A lookup's answer for a post that is there and is not shown."""
    error = {"title": "Authorization Error", "detail": f"Sorry, you are not authorized to see {post_id}."}
    more = {"type": f"{PROBLEMS}/not-authorized-for-resource", "resource_type": "tweet", "resource_id": post_id}
    return Answer(200, {"errors": [{**error, **more}]})


def _bounds(query: dict[str, str]) -> tuple[int, int, int, float]:
    """How many posts, between which ids (both exclusive), not before when."""
    size = query.get("max_results", "10")
    if not size.isdecimal() or not 5 <= int(size) <= 100:
        raise invalid("max_results is not between 5 and 100.")
    first, last = int(query.get("since_id", 0)), int(query.get("until_id", 1 << 64))
    if first >= last:
        raise invalid("since_id must be less than until_id.")
    if "pagination_token" in query:
        last = min(last, _page_end(query["pagination_token"]))
    since = 0.0
    if "start_time" in query:
        try:
            since = datetime.strptime(query["start_time"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).timestamp()
        except ValueError:
            raise invalid("start_time is no time.") from None
    return int(size), first, last, since


def _page_end(token: str) -> int:
    try:
        return int(base64.b32hexdecode(token.upper() + "=" * (-len(token) % 8)))
    except (binascii.Error, ValueError):
        raise invalid("pagination_token is invalid.") from None
