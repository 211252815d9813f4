"""A page's posts: text with its link, pictures, or a video."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.utils.translation import gettext as _

from social_publisher.messages.render import Attachment
from social_publisher.messages.rules import FACEBOOK, TextRules
from social_publisher.networks.base import (
    ACCOUNT_ID,
    SEEN_POSTS,
    SEEN_WORDS,
    Absent,
    Account,
    Capabilities,
    Engagement,
    Found,
    Network,
    Outgoing,
    RateLimit,
    Reading,
    Receipt,
    Remaining,
    Scope,
    SeenPost,
    Uploaded,
    Witness,
)
from social_publisher.networks.errors import NetworkError, RefusedError, UnknownOutcomeError
from social_publisher.networks.facebook import engagement, media
from social_publisher.networks.facebook.connect import PAGES, FacebookConnector
from social_publisher.networks.facebook.graph import GoneError, Graph, remaining
from social_publisher.networks.http import read_time

GRAPH = "https://graph.facebook.com"
# developers.facebook.com, Changelog: v25.0 of 18 February 2026 is served until 29 July 2028.
VERSION = "v25.0"
SECONDS = 20.0
POST = "id,permalink_url,created_time"
# How far Facebook's clock and ours may be apart.
MARGIN = timedelta(hours=1)
# Where the last piece of an address is the id of a post, or of a video that is one.
POST_PATHS = frozenset({"posts", "videos", "permalink", "reel"})
POST_ID = re.compile(r"[0-9]+|pfbid[0-9A-Za-z]+")


class FacebookNetwork(Network):
    """Pages. A post's id is the page's id, "_", and its own; the text is plain, Facebook marks its links itself."""

    slug = "facebook"
    name = "Facebook"
    # No limits here: "Rate Limits" counts a page's calls by its engaged readers, and tells them in headers.
    # Facebook names no time after which a new post is listed; three minutes are nine times the call's own time-out.
    capabilities = Capabilities(
        lever=False,
        witness=True,
        recall=True,
        engagement=frozenset({"impressions", "likes", "reposts", "replies", "clicks"}),
        # Graph API, Rate limits: 200 calls an hour for each user of the app, and each post is four of them in a batch.
        reading=Reading(engagement.POSTS_A_CALL, RateLimit(Scope.CHANNEL, 4, timedelta(hours=1))),
        uploads=True,
        settling=timedelta(minutes=3),
    )

    def __init__(
        self, base: str = GRAPH, *, dialog: str = PAGES, version: str = VERSION, seconds: float = SECONDS
    ) -> None:
        self._graph = Graph(base, version, seconds)
        self.connector = FacebookConnector(self._graph, f"{dialog}/{version}/dialog/oauth")

    def close(self) -> None:
        self._graph.close()

    def rules(self, account: Account) -> TextRules:
        return FACEBOOK

    def upload(self, account: Account, attachment: Attachment, content: bytes) -> Uploaded:
        give = media.upload_video if attachment.is_video else media.upload_picture
        return give(self._graph, _token(account), _page(account), attachment, content)

    def upload_wait(self, account: Account, attachment: Attachment, remote_id: str) -> timedelta | None:
        return media.video_wait(self._graph, _token(account), remote_id) if attachment.is_video else None

    def send(self, account: Account, post: Outgoing) -> Receipt:
        """Post text with pictures, or with the card Facebook makes of the link; or publish the video with the text."""
        if post.attachments and post.attachments[0].is_video:
            return self._publish_video(account, str(post.media[0]), post.text)
        values = {"message": post.text, "published": "true", "fields": POST}
        if post.media:
            pictures = [json.dumps({"media_fbid": picture}) for picture in post.media]
            values |= {f"attached_media[{place}]": picture for place, picture in enumerate(pictures)}
        elif post.link:
            values["link"] = post.link
        response = self._graph.post(_token(account), f"/{_page(account)}/feed", values)
        return _receipt(account, response.json(), remaining(response))

    def _publish_video(self, account: Account, video: str, text: str) -> Receipt:
        """Publish an uploaded video. The same video published again is still one post."""
        token = _token(account)
        response = self._graph.post(token, f"/{video}", {"description": text, "published": "true"})
        try:
            number = self._graph.ask(token, f"/{video}", fields="post_id")["post_id"]
            told = self._graph.ask(token, f"/{_post_id(account, number)}", fields=POST)
        except (NetworkError, KeyError) as error:
            raise UnknownOutcomeError(_("The video was published, and its post could not be read yet.")) from error
        return _receipt(account, told, remaining(response))

    def find(self, account: Account, post: Outgoing) -> Witness:
        """Look for the short link, or else the exact text, among all the page has published since."""
        for entry in self._published(account, post.created_at - MARGIN):
            message = entry.get("message", "")
            receipt = _receipt(account, entry)
            same = post.link in message if post.link else _words(message) == _words(post.text)
            if same and receipt.remote_id not in post.known:
                return Found(receipt)
        return Absent()

    def own_posts(self, account: Account, since: datetime) -> Sequence[SeenPost]:
        """All the page has published, hidden posts and what it shared included."""
        return [_seen(account, entry) for entry in islice(self._published(account, since), SEEN_POSTS)]

    def _published(self, account: Account, since: datetime) -> Iterator[Mapping[str, Any]]:
        """The page's posts since then, newest first."""
        asked = {"fields": f"{POST},message", "include_hidden": "true", "limit": "100"}
        asked["since"] = str(int(since.timestamp()))
        return self._graph.pages(_token(account), f"/{_page(account)}/published_posts", **asked)

    def identify(self, account: Account, url: str) -> str:
        """The post's id, from /page/posts/12, /page/videos/12, /reel/12, /watch?v=12 or permalink.php?story_fbid=12.

        Raises ValueError.
        """
        address = urlsplit(url.strip())
        host, asked = address.hostname or "", parse_qs(address.query)
        pieces = [piece for piece in address.path.split("/") if piece]
        number = (asked.get("story_fbid") or asked.get("v") or [""])[0]
        if not number and POST_PATHS.intersection(pieces[:-1]):
            number = pieces[-1]
        if address.scheme not in {"https", "http"} or not f".{host}".endswith(".facebook.com"):
            raise ValueError(url)
        if not POST_ID.fullmatch(number):
            raise ValueError(url)
        return _post_id(account, number)

    def read_engagement(self, account: Account, remote_ids: Sequence[str]) -> Mapping[str, Engagement]:
        return engagement.read(self._graph, _token(account), remote_ids)

    def recall(self, account: Account, remote_id: str) -> None:
        try:
            answer = self._graph.delete(_token(account), f"/{remote_id}")
        except GoneError:
            return
        if not answer.get("success"):
            raise RefusedError(_("Facebook did not delete the post. Delete it on the page itself."))


def _token(account: Account) -> str:
    return account.credentials["token"]


def _page(account: Account) -> str:
    return account.settings[ACCOUNT_ID]


def _post_id(account: Account, number: str) -> str:
    """A post's id with its page's, as every call wants it."""
    return number if "_" in number else f"{_page(account)}_{number}"


def _receipt(account: Account, told: Mapping[str, Any], left: tuple[Remaining, ...] = ()) -> Receipt:
    """The proof. Only the id is always told; a post's address follows from it."""
    if not told.get("id"):
        raise UnknownOutcomeError(_("Facebook took the post and did not tell its id."))
    remote_id = _post_id(account, told["id"])
    url = told.get("permalink_url") or f"{PAGES}/{'/posts/'.join(remote_id.split('_', 1))}"
    at = read_time(told.get("created_time", "")) or datetime.now(UTC)
    return Receipt(remote_id, url, at, dict(told), left)


def _seen(account: Account, entry: Mapping[str, Any]) -> SeenPost:
    receipt = _receipt(account, entry)
    return SeenPost(receipt.remote_id, receipt.url, str(entry.get("message", ""))[:SEEN_WORDS], receipt.published_at)


def _words(text: str) -> str:
    """The words alone, however their spaces and accents are written."""
    return " ".join(unicodedata.normalize("NFC", text).split())
