"""An account's posts: text with its link, pictures or a video, and threads."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _
from twitter_text import extract_urls

from social_publisher.messages.render import Attachment, Composed, Problem, Rendered
from social_publisher.messages.rules import TextRules, X
from social_publisher.networks.base import (
    ACCOUNT_ID,
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
from social_publisher.networks.errors import RefusedError, UnknownOutcomeError
from social_publisher.networks.http import clean
from social_publisher.networks.x import media, timeline
from social_publisher.networks.x.api import Client, XApi
from social_publisher.networks.x.connect import PAGES, XConnector
from social_publisher.networks.x.errors import NOT_FOUND, UNREADABLE, GoneError, kind_of, remaining, words_in

API = "https://api.x.com"
AUTHORIZE = f"{PAGES}/i/oauth2/authorize"
SECONDS = 20.0
# docs.x.com, Pricing: what a post costs, and one with an address in it, in US dollars.
PRICE, PRICE_WITH_LINK = Decimal("0.015"), Decimal("0.20")
# How far X's clock and ours may be apart.
MARGIN = timedelta(hours=1)
# X's ids hold their time: milliseconds since this moment, before the last 22 bits.
IDS_BEGIN = datetime.fromtimestamp(1288834974.657, UTC)
POST_URL = re.compile(r"https?://(?:www\.|mobile\.)?(?:x|twitter)\.com/(?:i/web|\w+)/status/([0-9]{1,19})(?:[/?#].*)?")
# twitter-text: no post may hold these.
INVALID = re.compile("[\ufeff\ufffe\uffff]")


class XNetwork(Network):
    """Accounts of X, which marks links, hashtags and mentions itself. It takes no language and no warning."""

    slug = "x"
    name = "X"
    capabilities = Capabilities(
        lever=False,
        witness=True,
        recall=True,
        engagement=frozenset(timeline.METRICS),
        # docs.x.com, Rate limits: 900 pages of a timeline in 15 minutes, and a reading is at most six; Pricing: a post
        # read by its id $0.005, an own post on the timeline $0.001. A reading costs at most both for each post.
        reading=Reading(timeline.PAGE, RateLimit(Scope.CHANNEL, 100, timedelta(minutes=15)), Decimal("0.01")),
        uploads=True,
        # docs.x.com, Rate limits, POST /2/tweets: 100 in 15 minutes a user, 10,000 in 24 hours an app.
        limits=(
            RateLimit(Scope.CHANNEL, 100, timedelta(minutes=15)),
            RateLimit(Scope.APP, 10_000, timedelta(hours=24)),
        ),
        # X names no time after which a new post is listed; two minutes are six times the call's own time-out.
        settling=timedelta(minutes=2),
    )

    def __init__(
        self,
        base: str = API,
        *,
        authorize: str = AUTHORIZE,
        seconds: float = SECONDS,
        price: Decimal = PRICE,
        price_with_link: Decimal = PRICE_WITH_LINK,
        reads_own_posts: bool = False,
    ) -> None:
        """`reads_own_posts` lets the account's timeline be read regularly, for which X charges by the post."""
        self._reads_own_posts = reads_own_posts
        self._api = XApi(base, seconds)
        self._price, self._price_with_link = price, price_with_link
        self.connector = XConnector(self._api, authorize)

    def close(self) -> None:
        self._api.close()

    def rules(self, account: Account) -> TextRules:
        return X

    def examine(self, account: Account, composed: Composed) -> Rendered:
        rendered = super().examine(account, composed)
        if not any(INVALID.search(part) for part in composed.parts):
            return rendered
        message = _("The text has hidden characters that X does not take. Type it again instead of pasting it.")
        return replace(rendered, problems=(*rendered.problems, Problem("invalid-characters", message)))

    def price(self, account: Account, composed: Composed) -> Decimal:
        """X charges for each part, and more for one with an address in it."""
        each = [self._price_with_link if extract_urls(part) else self._price for part in composed.parts]
        return sum(each, Decimal())

    def upload(self, account: Account, attachment: Attachment, content: bytes) -> Uploaded:
        give = media.upload_video if attachment.is_video else media.upload_picture
        return give(self._client(account), attachment, content)

    def upload_wait(self, account: Account, attachment: Attachment, remote_id: str) -> timedelta | None:
        return media.video_wait(self._client(account), remote_id) if attachment.is_video else None

    def send(self, account: Account, post: Outgoing) -> Receipt:
        client = self._client(account)
        answer = client.create_tweet(
            text=post.text,
            media_media_ids=[str(upload) for upload in post.media] or None,
            reply_in_reply_to_tweet_id=post.reply_to or None,
            return_json=True,
        )
        made = answer.get("data")
        if not isinstance(made, Mapping) or not str(made.get("id", "")).isdecimal():
            raise UnknownOutcomeError(clean(words_in(answer), ()) or UNREADABLE)
        at = IDS_BEGIN + timedelta(milliseconds=int(made["id"]) >> 22)
        return Receipt(made["id"], _address(account, made["id"]), at, {"data": dict(made)}, remaining(client.headers))

    def find(self, account: Account, post: Outgoing) -> Witness:
        client, since = self._client(account), post.created_at.astimezone(UTC) - MARGIN
        try:
            entry = timeline.find(client, account.settings[ACCOUNT_ID], post, since)
        except timeline.TooFarBackError as error:
            return CannotTell(error.words)
        if entry is None:
            return Absent()
        at = timeline.made_at(entry)
        return Found(Receipt(entry["id"], _address(account, entry["id"]), at, {"data": dict(entry)}))

    def own_posts(self, account: Account, since: datetime) -> Sequence[SeenPost] | None:
        """The account's posts and reposts, where this installation pays for reading them."""
        if not self._reads_own_posts:
            return None
        entries = timeline.posted_since(self._client(account), account.settings[ACCOUNT_ID], since)
        return [
            SeenPost(
                entry["id"],
                _address(account, entry["id"]),
                timeline.as_read(entry)[:SEEN_WORDS],
                timeline.made_at(entry),
            )
            for entry in entries
        ]

    def identify(self, account: Account, url: str) -> str:
        """The number in https://x.com/name/status/12. Raises ValueError."""
        found = POST_URL.fullmatch(url.strip())
        if found is None:
            raise ValueError(url)
        return found[1]

    def read_engagement(self, account: Account, remote_ids: Sequence[str]) -> Mapping[str, Engagement]:
        """Counts from the account's own timeline, which is the cheapest place."""
        if not remote_ids:
            return {}
        return timeline.count(self._client(account), account.settings[ACCOUNT_ID], remote_ids)

    def recall(self, account: Account, remote_id: str) -> None:
        try:
            answer = self._client(account).delete_tweet(remote_id)
        except GoneError:
            return
        if any(kind_of(error) == NOT_FOUND for error in answer.get("errors", [])):
            return
        if not (answer.get("data") or {}).get("deleted"):
            raise RefusedError(clean(words_in(answer), ()) or _("X did not delete the post."))

    def _client(self, account: Account) -> Client:
        return self._api.client(account.credentials["token"])


def _address(account: Account, remote_id: str) -> str:
    return f"{PAGES}/{account.handle}/status/{remote_id}"
