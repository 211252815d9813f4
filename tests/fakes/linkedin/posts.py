"""A page's posts and their counts, as Posts API and Organization Share Statistics describe them."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from social_publisher.networks.base import ACCOUNT_ID, Account
from social_publisher.networks.linkedin import LinkedInNetwork
from tests.fakes.http import Answer, Call, route
from tests.fakes.linkedin.common import POSTING, error, listed, now, only, organization, page_of
from tests.fakes.linkedin.media import LinkedInMedia

RESERVED = set("\\|{}@[]()<>#*_~")
POST_FIELDS = {"author", "commentary", "visibility", "distribution", "lifecycleState", "isReshareDisabledByAuthor"}
TARGETS = {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []}
COUNTS = {
    "impressions": "impressionCount",
    "likes": "likeCount",
    "replies": "commentCount",
    "reposts": "shareCount",
    "clicks": "clickCount",
}


class LinkedIn(LinkedInMedia):
    """All of the API that this site uses."""

    @route("POST", "/rest/posts", acts="post")
    def publish(self, call: Call) -> Answer:
        roles = self._check(call, set())
        assert call.content_type == "application/json"
        wish = only(call.json(), {*POST_FIELDS, "content"})
        if not set(wish) >= POST_FIELDS or wish["distribution"] != TARGETS or wish["lifecycleState"] != "PUBLISHED":
            raise error(400, "ILLEGAL_ARGUMENT", "A field is missing or malformed")
        handle = page_of(wish["author"])
        if roles.get(handle) not in POSTING:
            raise error(403, "ACCESS_DENIED", "Viewer is not authorized to post as the author", 100)
        if len(wish["commentary"]) > 3000:
            raise error(400, "FIELD_LENGTH_TOO_LONG", "commentary exceeds the maximum length")
        text = read_little(wish["commentary"])
        told = self._content(call, wish.get("content", {}), wish["author"])
        if not text and not told["media"] and told["card"] is None:
            raise error(422, "UNPROCESSABLE_ENTITY", "The post is empty")
        self._refuse_repetition(handle, text)
        video = any(item["kind"] == "video" for item in told["media"])
        name = f"urn:li:{'ugcPost' if video else 'share'}:{7_400_000_000_000_000_000 + len(self.posts)}"
        about = {"id": name, "handle": handle, "text": text, "reply_to": "", "language": "", "warning": "", **told}
        self.posts.append({**about, "gone": False, "at": now(), "sent": wish})
        return Answer(201, None, {"x-restli-id": name})

    def put(self, handle: str, text: str, at: datetime) -> dict[str, Any]:
        """A post that somebody made by hand on the page, at that time."""
        name = f"urn:li:share:{7_400_000_000_000_000_000 + len(self.posts)}"
        sent = {"author": organization(handle), "commentary": text, "visibility": "PUBLIC", "distribution": TARGETS}
        about: dict[str, Any] = {"id": name, "handle": handle, "text": text, "reply_to": ""}
        about |= {"language": "", "warning": ""}
        about |= {"media": [], "card": None, "gone": False, "at": int(at.timestamp() * 1000), "sent": sent}
        self.posts.append(about)
        return about

    def _content(self, call: Call, content: dict[str, Any], author: str) -> dict[str, Any]:
        """What stands beside the words, as the record tells it."""
        article = content.get("article")
        if len(content) > 1 or set(content) - {"media", "multiImage", "article"}:
            raise error(400, "ILLEGAL_ARGUMENT", f"unknown content {sorted(content)}")
        if article is not None:
            only(article, {"source", "title", "description", "thumbnail"})
            if not article["source"].startswith(("https://", "http://")) or not 0 < len(article["title"]) <= 400:
                raise error(400, "ILLEGAL_ARGUMENT", "article is malformed")
            if "thumbnail" in article:
                self._medium(call, {"id": article["thumbnail"]}, author)
            return {"media": [], "card": {"title": article["title"], "url": article["source"]}}
        items = [content["media"]] if "media" in content else content.get("multiImage", {}).get("images", [])
        media = [self._medium(call, item, author) for item in items]
        if "multiImage" in content and (not 2 <= len(items) <= 20 or any(item["kind"] == "video" for item in media)):
            raise error(400, "ILLEGAL_ARGUMENT", "multiImage takes 2 to 20 images")
        return {"media": media, "card": None}

    def _medium(self, call: Call, item: dict[str, Any], author: str) -> dict[str, str]:
        upload = self.upload_of(call, only(item, {"id", "altText"})["id"])
        kind = "video" if ":video:" in upload["id"] else "picture"
        if upload["owner"] != author or upload["status"] != "AVAILABLE":
            raise error(400, "ILLEGAL_ARGUMENT", f"{upload['id']} cannot be used")
        if len(item.get("altText", "")) > 4086 or (kind == "video" and "altText" in item):
            raise error(400, "ILLEGAL_ARGUMENT", "altText is malformed")
        return {"kind": kind, "alt": item.get("altText", "")}

    def _refuse_repetition(self, handle: str, text: str) -> None:
        own = [post for post in self.posts if post["handle"] == handle and not post["gone"]]
        same = [post["id"] for post in own if post["text"] == text]
        if same:
            name = "urn:li:share:1" if self.wishes.get("ghost") else same[-1]
            details = [{"description": "Duplicate post is detected", "input": {}, "code": "DUPLICATE_POST"}]
            words = (
                f"com.linkedin.content.common.exception.BadRequestResponseException: Content is a duplicate of {name}"
            )
            body = {"errorDetailType": "com.linkedin.common.error.BadRequest", "message": words, "status": 422}
            raise Answer(422, {**body, "errorDetails": {"inputErrors": details}})

    @route("GET", "/rest/posts")
    def list_posts(self, call: Call) -> Answer:
        if "ids" in call.query:
            roles = self._check(call, {"ids"}, "BATCH_GET")
            found = {name: self._post(name, roles) for name in _list(call.asked("ids"))}
            gone = {name: {"status": 404, "message": "Not found"} for name, post in found.items() if post is None}
            told = {name: self._entity(post) for name, post in found.items() if post is not None}
            return Answer(200, {"results": told, "statuses": dict.fromkeys(told, 200), "errors": gone})
        roles = self._check(call, {"author", "q", "count", "start", "sortBy", "isDsc"}, "FINDER")
        assert call.asked("q") == "author"
        assert call.asked("sortBy") in {"LAST_MODIFIED", "CREATED"}
        handle = page_of(call.asked("author"))
        if handle not in roles:
            return error(403, "ACCESS_DENIED", "Viewer is not authorized to read the author's posts", 100)
        own = [self._entity(post) for post in reversed(self.posts) if post["handle"] == handle and not post["gone"]]
        if self.wishes.get("stuck"):
            call.query.pop("start", None)
        return listed(call, own, self.wishes["page"])

    @route("GET", r"/rest/posts/(?P<urn>urn%3Ali%3A(?:share|ugcPost)%3A\d+)")
    def read_post(self, call: Call) -> Answer:
        post = self._post(unquote(call["urn"]), self._check(call, set()))
        if post is None:
            return error(404, "RESOURCE_NOT_FOUND", "Post does not exist")
        return Answer(200, self._entity(post))

    @route("DELETE", r"/rest/posts/(?P<urn>urn%3Ali%3A(?:share|ugcPost)%3A\d+)", acts="post")
    def delete_post(self, call: Call) -> Answer:
        post = self._post(unquote(call["urn"]), self._check(call, set(), "DELETE"))
        if post is not None:
            post["gone"] = True
        return Answer(204)

    def _post(self, name: str, roles: dict[str, str]) -> dict[str, Any] | None:
        post = next((item for item in self.posts if item["id"] == name and not item["gone"]), None)
        if post is not None and post["handle"] not in roles:
            raise error(403, "ACCESS_DENIED", "Viewer is not authorized to read the post", 100)
        return post

    def _entity(self, post: dict[str, Any]) -> dict[str, Any]:
        sent = dict(post["sent"])
        if self.wishes.get("shorten"):
            sent["commentary"] = re.sub(r"https?://\S+", "https://lnkd.in/dYxk3\\\\_Ab", sent["commentary"])
            sent.pop("content", None)
        times = dict.fromkeys(("createdAt", "publishedAt", "lastModifiedAt"), post["at"])
        return {"id": post["id"], **sent, **times}

    @route("GET", "/rest/organizationalEntityShareStatistics")
    def statistics(self, call: Call) -> Answer:
        roles = self._check(call, {"q", "organizationalEntity", "shares", "ugcPosts"}, "FINDER")
        assert call.asked("q") == "organizationalEntity"
        page, elements = call.asked("organizationalEntity"), []
        for kind, name in (("share", "shares"), ("ugcPost", "ugcPosts")):
            for wanted in _list(call.asked(name)):
                assert wanted.startswith(f"urn:li:{kind}:")
                post, counts = self._post(wanted, roles), self.counts.get(wanted)
                if post is not None and counts:
                    told = {theirs: counts.get(ours, 0) for ours, theirs in COUNTS.items()}
                    told["uniqueImpressionsCount"] = told["impressionCount"]
                    elements.append({"organizationalEntity": page, kind: wanted, "totalShareStatistics": told})
        return Answer(200, {"elements": elements, "paging": {"start": 0, "count": 10, "links": []}})


def adapter(base: str, seconds: float = 5) -> LinkedInNetwork:
    """The module under test, speaking to the fake."""
    return LinkedInNetwork(base, site=base, seconds=seconds)


def account(base: str, handle: str) -> Account:
    """An account the fake knows."""
    return Account(handle, {ACCOUNT_ID: organization(handle)}, {"token": f"access-{handle}"})


def read_little(commentary: str) -> str:
    """The text that readers see, by the grammar of little Text Format. A bare reserved character ends it there."""
    shown, rest = "", commentary
    while rest:
        if rest[0] == "\\" and rest[1:2] in RESERVED:
            shown, rest = shown + rest[1], rest[2:]
        elif tag := re.match(r"\{hashtag\|\\?([#＃])\|((?:\\.|[^\\|{}@\[\]()<>#*_~])+)\}", rest):
            shown, rest = shown + tag[1] + read_little(tag[2]), rest[tag.end() :]
        elif word := re.match(r"#[A-Za-z0-9]+", rest):
            shown, rest = shown + word[0], rest[word.end() :]
        elif rest[0] in RESERVED:
            break
        else:
            shown, rest = shown + rest[0], rest[1:]
    return shown


def _list(value: str) -> list[str]:
    found = re.fullmatch(r"List\((.*)\)", value)
    return found[1].split(",") if found else []
