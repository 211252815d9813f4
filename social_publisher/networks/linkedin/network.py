"""A LinkedIn page's posts. Sources: learn.microsoft.com, Posts API and Organization Share Statistics."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any
from urllib.parse import unquote, urlsplit

import httpx
from django.utils.translation import gettext as _

from social_publisher.messages.render import Attachment, Composed, Rendered, examine
from social_publisher.messages.rules import LINKEDIN, TextRules
from social_publisher.networks.base import (
    ACCOUNT_ID,
    SEEN_POSTS,
    SEEN_WORDS,
    Absent,
    Account,
    CannotTell,
    Capabilities,
    Engagement,
    Found,
    Network,
    Outgoing,
    RateLimit,
    Reading,
    Receipt,
    Scope,
    SeenPost,
    Uploaded,
    Witness,
)
from social_publisher.networks.errors import AuthError, TemporaryError, UnknownOutcomeError, UnsupportedError
from social_publisher.networks.http import clean
from social_publisher.networks.linkedin.api import API, SECONDS, SITE, UNREADABLE, VERSION, LinkedInApi, urn, urns
from social_publisher.networks.linkedin.connect import LinkedInConnector
from social_publisher.networks.linkedin.little import from_little, to_little
from social_publisher.networks.linkedin.media import upload_picture, upload_video, wait_for

# What the API knows a post by. Addresses on the site also name its `activity`, which the API does not know.
POST = re.compile(r"urn:li:(?:share|ugcPost):\d+")
ADDRESS = re.compile(
    r"(?:/embed)?(?:/feed/update/urn:li:|/posts/[^/]*[-_])(?P<kind>share|ugcPost|activity)[:-](?P<number>\d+)(?:[-/].*)?"
)
# How far the two clocks may be apart.
MARGIN = timedelta(hours=1)
# Posts API, Find Posts by Authors: at most 100 a page, newest change first.
NEWEST = "/rest/posts?author={author}&q=author&count=100&sortBy=LAST_MODIFIED&start={start}"
# Share Statistics names no largest batch; so many URNs keep an address under 4 kB.
BATCH = 50
# The longest the card's words may be, as third parties report; longer ones are cut.
CARD_TITLE, CARD_DESCRIPTION = 400, 4000
DISTRIBUTION = {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []}
COUNTS = {
    "impressions": "impressionCount",
    "likes": "likeCount",
    "replies": "commentCount",
    "reposts": "shareCount",
    "clicks": "clickCount",
}


class LinkedInNetwork(Network):
    """A page's posts: text, with pictures, a video or a link's card. `version` is the API's, YYYYMM."""

    slug = "linkedin"
    name = "LinkedIn"
    capabilities = Capabilities(
        lever=False,
        witness=True,
        recall=True,
        engagement=frozenset(COUNTS),
        # LinkedIn names no number for reading; each app sees its own in the Developer Portal.
        reading=Reading(BATCH, RateLimit(Scope.CHANNEL, 50, timedelta(days=1))),
        uploads=True,
        # Third parties report 100 to 150 posts a day; LinkedIn shows each app its own limits in the Developer Portal.
        limits=(RateLimit(Scope.CHANNEL, 100, timedelta(days=1)),),
        # No page says how soon a post can be read back.
        settling=timedelta(minutes=2),
    )

    def __init__(self, base: str = API, site: str = SITE, version: str = VERSION, seconds: float = SECONDS) -> None:
        self._api = LinkedInApi(base, site, version, seconds)
        self.connector = LinkedInConnector(self._api)

    def close(self) -> None:
        self._api.close()

    def rules(self, account: Account) -> TextRules:
        return LINKEDIN

    def examine(self, account: Account, composed: Composed) -> Rendered:
        """Measure what leaves as it leaves: escaped, hashtags as templates."""
        sent = replace(composed, parts=tuple(map(to_little, composed.parts)))
        return replace(examine(sent, replace(LINKEDIN, escaped="")), composed=composed)

    def upload(self, account: Account, attachment: Attachment, content: bytes) -> Uploaded:
        """Give LinkedIn a picture or video; it is kept for good, and ready a little later."""
        give = upload_video if attachment.is_video else upload_picture
        media = give(self._api, account.credentials["token"], account.settings[ACCOUNT_ID], content)
        return Uploaded(media, processing=True)

    def upload_wait(self, account: Account, attachment: Attachment, remote_id: str) -> timedelta | None:
        return wait_for(self._api, account.credentials["token"], remote_id)

    def send(self, account: Account, post: Outgoing) -> Receipt:
        """Publish on the page and in the feed. LinkedIn answers with a header alone, and takes no language."""
        token = account.credentials["token"]
        content = _content(post)
        body = {
            "author": account.settings[ACCOUNT_ID],
            "commentary": to_little(post.text),
            "visibility": "PUBLIC",
            "distribution": DISTRIBUTION,
            "lifecycleState": "PUBLISHED",
            "isReshareDisabledByAuthor": False,
            **({"content": content} if content else {}),
        }
        response = self._api.request(token, "POST", "/rest/posts", body=body)
        if response.is_success:
            remote_id = response.headers.get("x-restli-id", "")
            if not POST.fullmatch(remote_id):
                raise UnknownOutcomeError(UNREADABLE)
            return Receipt(remote_id, _address(remote_id), datetime.now(UTC), {"id": remote_id})
        found = self._repeated(token, response)
        if found is not None and _likeness(found, account, post):
            return replace(_receipt(found), repeated=True)
        raise self._api.failure(response, token)

    def find(self, account: Account, post: Outgoing) -> Witness:
        """Look through the page's own posts, newest first, until what is older than this one."""
        alike = None
        for found in self._newest(account, post.created_at - MARGIN):
            likeness = "" if found["id"] in post.known else _likeness(found, account, post)
            if likeness == "same":
                return Found(_receipt(found))
            if likeness == "shortened":
                alike = _receipt(found)
        if alike is None:
            return Absent()
        return CannotTell(_("LinkedIn has these words, with its own short link, at %(url)s") % {"url": alike.url})

    def own_posts(self, account: Account, since: datetime) -> Sequence[SeenPost]:
        """The page's posts; what was changed since then and is older is passed over."""
        fresh = (post for post in self._newest(account, since) if _time(post, "publishedAt", "createdAt") >= since)
        return [_seen(post) for post in islice(fresh, SEEN_POSTS)]

    def identify(self, account: Account, url: str) -> str:
        """The URN in an address like /feed/update/urn:li:share:1/ or /posts/name-activity-1-abcd. Raises ValueError."""
        parts = urlsplit(url)
        named = ADDRESS.fullmatch(unquote(parts.path))
        if parts.scheme != "https" or not f".{parts.hostname}".endswith(".linkedin.com") or named is None:
            raise ValueError(url)
        return f"urn:li:{named['kind']}:{named['number']}"

    def read_engagement(self, account: Account, remote_ids: Sequence[str]) -> Mapping[str, Engagement]:
        """Return counts of the last twelve months; of a post known by its `activity` alone nothing is told."""
        told = {remote_id: Engagement() for remote_id in remote_ids if not POST.fullmatch(remote_id)}
        known = [remote_id for remote_id in remote_ids if remote_id not in told]
        for first in range(0, len(known), BATCH):
            told |= self._counts(account, known[first : first + BATCH])
        return told

    def recall(self, account: Account, remote_id: str) -> None:
        """Delete the post; deleting one that is gone succeeds (Posts API, Delete Posts)."""
        if not POST.fullmatch(remote_id):
            raise UnsupportedError(_("Of this post only its address on the site is known. Delete it on LinkedIn."))
        token = account.credentials["token"]
        response = self._api.request(token, "DELETE", f"/rest/posts/{urn(remote_id)}", "DELETE")
        if not response.is_success and response.status_code != httpx.codes.NOT_FOUND:
            raise self._api.failure(response, token)

    def _repeated(self, token: str, response: httpx.Response) -> Mapping[str, Any] | None:
        """The post that a refused one is said to repeat.

        None where it was refused for another reason, or LinkedIn names a post that is not there or not ours to read.
        """
        if response.status_code != httpx.codes.UNPROCESSABLE_ENTITY or "duplicate" not in response.text.lower():
            return None
        named = POST.search(response.text)
        try:
            return self._api.ask_for(token, f"/rest/posts/{urn(named[0])}") if named else None
        except AuthError:
            return None

    def _newest(self, account: Account, since: datetime) -> Iterator[Mapping[str, Any]]:
        """The page's posts, those changed last first, as far back as one made since then can stand.

        No page of the list is left out; one that brings nothing new is the end of it.
        """
        author, start, seen = urn(account.settings[ACCOUNT_ID]), 0, set[str]()
        while True:
            path = NEWEST.format(author=author, start=start)
            found = self._api.ask(account.credentials["token"], path, "FINDER").get("elements")
            if not isinstance(found, list):
                raise TemporaryError(UNREADABLE)
            fresh = [post for post in found if post["id"] not in seen]
            yield from fresh
            if not fresh or _time(found[-1], "lastModifiedAt", "publishedAt", "createdAt") < since:
                return
            seen.update(post["id"] for post in fresh)
            start += len(found)

    def _counts(self, account: Account, remote_ids: Sequence[str]) -> dict[str, Engagement]:
        """The counts of one batch. LinkedIn leaves out posts that nothing happened to, and those that are gone."""
        token, page = account.credentials["token"], urn(account.settings[ACCOUNT_ID])
        shares = [remote_id for remote_id in remote_ids if ":share:" in remote_id]
        others = [remote_id for remote_id in remote_ids if ":share:" not in remote_id]
        path = f"/rest/organizationalEntityShareStatistics?q=organizationalEntity&organizationalEntity={page}"
        path += f"&shares={urns(shares)}" if shares else ""
        path += f"&ugcPosts={urns(others)}" if others else ""
        told = {}
        for element in self._api.ask(token, path, "FINDER").get("elements", []):
            counts = element.get("totalShareStatistics", {})
            counted = Engagement(**{ours: counts.get(theirs) for ours, theirs in COUNTS.items()})
            told[element.get("share") or element.get("ugcPost")] = counted
        if untold := [remote_id for remote_id in remote_ids if remote_id not in told]:
            told |= {remote_id: Engagement() for remote_id in self._existing(token, untold)}
        return told

    def _existing(self, token: str, remote_ids: Sequence[str]) -> list[str]:
        """Those that LinkedIn still has. Raises TemporaryError for one of which it does not say."""
        answer = self._api.ask(token, f"/rest/posts?ids={urns(remote_ids)}", "BATCH_GET")
        for error in answer.get("errors", {}).values():
            if error.get("status") != httpx.codes.NOT_FOUND:
                raise TemporaryError(clean(str(error.get("message") or UNREADABLE), [token]))
        return [remote_id for remote_id in remote_ids if remote_id in answer.get("results", {})]


def _content(post: Outgoing) -> dict[str, Any]:
    """What stands beside the words: a video, pictures, or the link's card, which LinkedIn does not make by itself.

    It takes a description of a picture, and, as third parties report, none of a video.
    """
    media = [
        {"id": remote_id, **({} if attachment.is_video else {"altText": attachment.alt_text})}
        for attachment, remote_id in zip(post.attachments, post.media, strict=True)
    ]
    if len(media) == 1:
        return {"media": media[0]}
    if media:
        return {"multiImage": {"images": media}}
    if post.card is None or not post.link:
        return {}
    card = {
        "source": post.link,
        "title": post.card.title[:CARD_TITLE],
        "description": post.card.description[:CARD_DESCRIPTION],
        "thumbnail": post.card_media,
    }
    return {"article": {name: value for name, value in card.items() if value}}


def _likeness(found: Mapping[str, Any], account: Account, post: Outgoing) -> str:
    """Whether a post of the page is it: "same", "shortened" if only the link is another, LinkedIn's own, or ""."""
    ours = found.get("author") == account.settings[ACCOUNT_ID]
    if not ours or _time(found, "publishedAt", "createdAt") < post.created_at - MARGIN:
        return ""
    told, written = _words(from_little(str(found.get("commentary", "")))), _words(post.text)
    if told == written:
        return "same"
    if not post.link:
        return ""
    link, source = re.escape(post.link), (found.get("content") or {}).get("article", {}).get("source")
    if source == post.link or re.search(rf"{link}(?![\w/-])", told):
        return "same"
    shortened = re.escape(written).replace(link, r"https://lnkd\.in/[\w-]+")
    return "shortened" if re.fullmatch(shortened, told) else ""


def _words(text: str) -> str:
    """The words alone, however their spaces and accents are written."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _time(found: Mapping[str, Any], *names: str) -> datetime:
    """The first of these times, in milliseconds since 1970; now where none is told, so that nothing is passed over."""
    told = next((found[name] for name in names if isinstance(found.get(name), int)), None)
    return datetime.now(UTC) if told is None else datetime.fromtimestamp(told / 1000, UTC)


def _receipt(found: Mapping[str, Any]) -> Receipt:
    remote_id = str(found["id"])
    at = _time(found, "publishedAt", "createdAt")
    return Receipt(remote_id, _address(remote_id), at, {"id": remote_id, "published_at": at.isoformat()})


def _seen(found: Mapping[str, Any]) -> SeenPost:
    words = from_little(str(found.get("commentary", "")))
    return SeenPost(str(found["id"]), _address(str(found["id"])), words[:SEEN_WORDS], _receipt(found).published_at)


def _address(remote_id: str) -> str:
    return f"{SITE}/feed/update/{remote_id}/"
