"""Posts of an account on any Mastodon or GoToSocial server."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

import httpx
from django.utils.translation import gettext as _

from social_publisher.messages.render import Attachment
from social_publisher.messages.rules import TextRules
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
from social_publisher.networks.errors import TemporaryError, UnknownOutcomeError, UploadGoneError
from social_publisher.networks.mastodon import plain
from social_publisher.networks.mastodon.api import UNREADABLE, Api, MissingError
from social_publisher.networks.mastodon.connect import MastodonConnector, host_of
from social_publisher.networks.mastodon.limits import GOTOSOCIAL, KIND, SERVER, rules_of

SECONDS = 20.0
# docs.joinmastodon.org, Status methods, DELETE: what is attached to no post is kept for approximately 24 hours.
MEDIA_KEPT = timedelta(hours=20)
# How soon to look again whether a video is ready; the server does not say.
LOOK_AGAIN = timedelta(seconds=5)
# How far the server's clock and ours may be apart.
MARGIN = timedelta(hours=1)
# The largest pages: accounts/:id/statuses takes 40, statuses?id[] takes 20.
PAGE = 40
POSTS_A_CALL = 20
COUNTS = {
    "likes": "favourites_count",
    "reposts": "reblogs_count",
    "replies": "replies_count",
    "quotes": "quotes_count",
}
# Mastodon numbers its posts; GoToSocial's ids are ULIDs.
POST_PATH = re.compile(
    r"/(?:(?:deck/)?@[^/]+(?:/statuses)?|(?:ap/)?users/[^/]+/statuses|(?:web/)?statuses)"
    r"/(?P<id>[0-9]+|[0-9A-HJKMNP-TV-Z]{26})/?"
)


class MastodonNetwork(Network):
    """Text with its links, hashtags and mentions, which the server marks itself; pictures, a video, a warning, threads.

    Mastodon keeps an idempotency key for an hour, GoToSocial knows none. After that hour, and there, the account's own
    posts are the witness.
    """

    slug = "mastodon"
    name = "Mastodon"
    capabilities = Capabilities(
        lever=True,
        witness=True,
        recall=True,
        engagement=frozenset(COUNTS),
        # A fifth of the account's calls: sending comes first.
        reading=Reading(POSTS_A_CALL),
        uploads=True,
        # docs.joinmastodon.org, Rate limits: an account has 300 calls in 5 minutes. Mastodon's own program
        # (app/lib/rate_limiter.rb) takes 300 posts in 3 hours.
        limits=(
            RateLimit(Scope.CHANNEL, 300, timedelta(minutes=5)),
            RateLimit(Scope.CHANNEL, 300, timedelta(hours=3)),
        ),
        # No page says how soon a post is listed; this is three times the call's own time-out.
        settling=timedelta(seconds=60),
    )

    def __init__(self, seconds: float = SECONDS, *, allow_loopback: bool = False) -> None:
        """Accounts say which server is theirs; `allow_loopback` lets tests have servers on this machine."""
        self._api = Api(seconds)
        self.connector = MastodonConnector(self._api, allow_loopback=allow_loopback)

    def close(self) -> None:
        self._api.close()

    def rules(self, account: Account) -> TextRules:
        return rules_of(account.settings)

    def service(self, account: Account) -> str:
        """The account's own server: servers fail one by one."""
        return urlsplit(account.settings.get(SERVER, "")).hostname or self.slug

    def upload(self, account: Account, attachment: Attachment, content: bytes) -> Uploaded:
        told = self._api.do(
            account,
            lambda client: client.media_post(
                content,
                mime_type=attachment.content_type,
                description=attachment.alt_text or None,
                file_name="video.mp4" if attachment.is_video else "picture.jpg",
            ),
        )
        try:
            remote_id = str(told.values["id"])
        except (KeyError, TypeError):
            raise UnknownOutcomeError(UNREADABLE) from None
        return Uploaded(remote_id, datetime.now(UTC) + MEDIA_KEPT, processing=told.status == httpx.codes.ACCEPTED)

    def upload_wait(self, account: Account, attachment: Attachment, remote_id: str) -> timedelta | None:
        """206 while the server is at work, 422 when it could not do it."""
        try:
            told = self._api.do(account, lambda client: client.media(remote_id))
        except MissingError as error:
            raise UploadGoneError(error.words) from None
        return LOOK_AGAIN if told.status == httpx.codes.PARTIAL_CONTENT else None

    def send(self, account: Account, post: Outgoing) -> Receipt:
        # An account on GoToSocial may have chosen Markdown for what does not say what it is.
        content_type = "text/plain" if account.settings.get(KIND) == GOTOSOCIAL else None
        try:
            told = self._api.do(
                account,
                lambda client: client.status_post(
                    post.text,
                    in_reply_to_id=post.reply_to or None,
                    media_ids=[str(upload) for upload in post.media] or None,
                    sensitive=bool(post.warning),
                    spoiler_text=post.warning or None,
                    visibility="public",
                    language=post.language or None,
                    idempotency_key=post.idempotency_key,
                    content_type=content_type,
                ),
            )
        except MissingError as error:
            if not error.said:
                raise TemporaryError(error.words) from None
            raise
        try:
            return _receipt(told.values, told.remaining)
        except (KeyError, TypeError, ValueError):
            raise UnknownOutcomeError(UNREADABLE) from None

    def find(self, account: Account, post: Outgoing) -> Witness:
        """Look through the account's own posts, back to when this one was made."""
        since = post.created_at - MARGIN
        try:
            for status in self._own_posts(account, since):
                if str(status["id"]) not in post.known and _is_it(status, post):
                    return Found(_receipt(status))
        except MissingError as error:
            raise TemporaryError(error.words) from None
        except (KeyError, TypeError, ValueError, AttributeError):
            raise TemporaryError(UNREADABLE) from None
        return Absent()

    def own_posts(self, account: Account, since: datetime) -> Sequence[SeenPost]:
        """The account's posts and boosts."""
        try:
            found = islice(self._own_posts(account, since, boosts=True), SEEN_POSTS)
            return [_seen(status) for status in found]
        except MissingError as error:
            raise TemporaryError(error.words) from None
        except (KeyError, TypeError, ValueError, AttributeError):
            raise TemporaryError(UNREADABLE) from None

    def _own_posts(self, account: Account, since: datetime, *, boosts: bool = False) -> Iterator[Mapping[str, Any]]:
        """Newest first. A page may be shorter than it could be: only an empty one, or an older post, is the end."""
        own_id, oldest = account.settings[ACCOUNT_ID].partition("@")[0], ""
        while True:
            page = self._page(account, own_id, oldest, boosts=boosts)
            if not page:
                return
            if oldest == str(page[-1]["id"]):
                raise TemporaryError("The server gives the same page of posts again and again.")
            yield from (status for status in page if _time_of(status) >= since)
            if _time_of(page[-1]) < since:
                return
            oldest = str(page[-1]["id"])

    def _page(self, account: Account, own_id: str, before: str, *, boosts: bool) -> Any:
        return self._api.ask(
            account,
            lambda client: client.account_statuses(
                own_id, exclude_reblogs=not boosts, max_id=before or None, limit=PAGE
            ),
        )

    def identify(self, account: Account, url: str) -> str:
        """The id in https://server/@name/12, or in an older form. Raises ValueError, also for another server's."""
        parts = urlsplit(url.strip())
        found = POST_PATH.fullmatch(parts.path)
        if found is None or parts.netloc != host_of(account.settings[SERVER]):
            raise ValueError(url)
        return found["id"]

    def read_engagement(self, account: Account, remote_ids: Sequence[str]) -> Mapping[str, Engagement]:
        """Twenty posts a call; one by one on servers that do not know that call (before 4.3, and GoToSocial)."""
        wanted, told = list(dict.fromkeys(remote_ids)), dict[str, Engagement]()
        several = True
        for first in range(0, len(wanted), POSTS_A_CALL):
            batch = wanted[first : first + POSTS_A_CALL]
            statuses = self._several(account, batch) if several else None
            if statuses is None:
                several, statuses = False, self._each(account, batch)
            try:
                told |= {str(status["id"]): _counts(status) for status in statuses}
            except (KeyError, TypeError, AttributeError):
                raise TemporaryError(UNREADABLE) from None
        return {remote_id: told[remote_id] for remote_id in wanted if remote_id in told}

    def _several(self, account: Account, remote_ids: Sequence[str]) -> list[Any] | None:
        try:
            statuses = self._api.ask(account, lambda client: client.statuses(list(remote_ids)))
        except MissingError:
            return None
        if not isinstance(statuses, list):
            raise TemporaryError(UNREADABLE)
        return statuses

    def _each(self, account: Account, remote_ids: Sequence[str]) -> list[Any]:
        statuses = (self._single(account, remote_id) for remote_id in remote_ids)
        return [status for status in statuses if status is not None]

    def _single(self, account: Account, remote_id: str) -> Any | None:
        try:
            return self._api.ask(account, lambda client: client.status(remote_id))
        except MissingError as error:
            if error.said:
                return None
            raise TemporaryError(error.words) from None

    def recall(self, account: Account, remote_id: str) -> None:
        try:
            self._api.do(account, lambda client: client.status_delete(remote_id))
        except MissingError as error:
            if not error.said:
                raise


def _is_it(status: Mapping[str, Any], post: Outgoing) -> bool:
    """Its own short link, or else its words and its warning, in answer to the same post."""
    if (status.get("in_reply_to_id") or "") != post.reply_to:
        return False
    content = plain.read(status["content"])
    if post.link and post.link in post.text:
        return content.leads_to(post.link)
    # Mastodon gives a warning as it was written, GoToSocial may give it escaped.
    warning = html.unescape(status.get("spoiler_text") or "")
    return plain.same(content.text, post.text) and plain.same(warning, html.unescape(post.warning))


def _receipt(status: Mapping[str, Any], remaining: tuple[Remaining, ...] = ()) -> Receipt:
    raw = {name: status.get(name) for name in ("id", "uri", "url", "created_at", "in_reply_to_id", "visibility")}
    return Receipt(str(status["id"]), status.get("url") or status["uri"], _time_of(status), raw, remaining)


def _seen(status: Mapping[str, Any]) -> SeenPost:
    boosted = status.get("reblog")
    words = plain.read((boosted or status)["content"]).text
    if boosted:
        words = _("Boosted: %(words)s") % {"words": words}
    url = (boosted or status).get("url") or status.get("url") or status["uri"]
    return SeenPost(str(status["id"]), url, words[:SEEN_WORDS], _time_of(status))


def _time_of(status: Mapping[str, Any]) -> datetime:
    at = datetime.fromisoformat(status["created_at"])
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _counts(status: Mapping[str, Any]) -> Engagement:
    told = {ours: status.get(theirs) for ours, theirs in COUNTS.items()}
    return Engagement(**{ours: count for ours, count in told.items() if isinstance(count, int)})
