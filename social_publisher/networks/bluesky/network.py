"""Posts on Bluesky, through the server that keeps the account. Sources: docs.bsky.app; lexicons com.atproto.repo.*.

The key of the record is ours and fixed before the first call, so a repeat writes the same record under the same key,
and whether a post is out is read under that key.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from social_publisher.messages.render import Attachment
from social_publisher.messages.rules import BLUESKY, TextRules
from social_publisher.networks.base import (
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
from social_publisher.networks.bluesky import timeline
from social_publisher.networks.bluesky.addresses import (
    DEFAULT_SERVER,
    RecordAddress,
    post_address,
    post_page,
    read_post,
)
from social_publisher.networks.bluesky.connect import ACCESS, SERVER, BlueskyConnector
from social_publisher.networks.bluesky.facets import mentioned
from social_publisher.networks.bluesky.record import as_remote_id, record_of
from social_publisher.networks.bluesky.tid import new_tid
from social_publisher.networks.bluesky.xrpc import RecordDiffersError, RecordMissingError, Told, Xrpc
from social_publisher.networks.errors import NetworkError, RefusedError, UnknownOutcomeError

SECONDS = 20.0
# Lexicon com.atproto.repo.uploadBlob: what no record refers to is deleted after a while, and no server says when. What
# is gone sooner than this is uploaded again once this time is over.
BLOBS_KEPT = timedelta(hours=1)
POSTS_A_CALL = 25
COUNTS = {
    "likes": "likeCount",
    "reposts": "repostCount",
    "replies": "replyCount",
    "quotes": "quoteCount",
    "bookmarks": "bookmarkCount",
}


class BlueskyNetwork(Network):
    """An account's posts: text with links, hashtags and mentions, pictures, a video or a link's card, and threads."""

    slug = "bluesky"
    name = "Bluesky"
    capabilities = Capabilities(
        lever=True,
        witness=True,
        recall=True,
        engagement=frozenset(COUNTS),
        # docs.bsky.app, app.bsky.feed.getPosts: 25 a call; its servers take 3,000 calls in 5 minutes from one address.
        reading=Reading(POSTS_A_CALL),
        uploads=True,
        # docs.bsky.app, "Rate Limits": an account has 5,000 points an hour and 35,000 a day, and a new record costs 3.
        limits=(
            RateLimit(Scope.CHANNEL, 1_666, timedelta(hours=1)),
            RateLimit(Scope.CHANNEL, 11_666, timedelta(days=1)),
        ),
    )

    def __init__(self, base: str = DEFAULT_SERVER, seconds: float = SECONDS, *, allow_loopback: bool = False) -> None:
        """`base` signs accounts in when a person names no server; `allow_loopback` is for servers of tests."""
        self._xrpc = Xrpc(seconds)
        self.connector = BlueskyConnector(self._xrpc, base, allow_loopback=allow_loopback)

    def close(self) -> None:
        self._xrpc.close()

    def rules(self, account: Account) -> TextRules:
        return BLUESKY

    def service(self, account: Account) -> str:
        """The account's own server: servers fail one by one."""
        return urlsplit(account.settings[SERVER]).hostname or self.slug

    def record_key(self, created_at: datetime) -> str:
        return new_tid(created_at)

    def upload(self, account: Account, attachment: Attachment, content: bytes) -> Uploaded:
        """Give the server a picture or a video; its id is the reference that the record holds."""
        told = self._xrpc.do(
            account.settings[SERVER],
            "com.atproto.repo.uploadBlob",
            account.credentials[ACCESS],
            needs=("blob",),
            content=content,
            content_type=attachment.content_type,
        )
        return Uploaded(as_remote_id(told.values["blob"]), datetime.now(UTC) + BLOBS_KEPT)

    def send(self, account: Account, post: Outgoing) -> Receipt:
        """Write the record under its key.

        `swapRecord` null says that nothing may be there but the same record: what is out is never overwritten, and is
        then the post. A mention may mean somebody else by now, and not every server may heed `swapRecord`, so a post
        with mentions is looked for first.
        """
        handles = mentioned(post.text)
        if handles and isinstance(known := self.find(account, post), Found):
            return known.receipt
        at = post_address(account, post.record_key)
        record = record_of(post, self._resolved(account, handles), self._reply(account, post))
        write = {"repo": at.repo, "collection": at.collection, "rkey": at.rkey, "validate": True, "swapRecord": None}
        try:
            told = self._xrpc.do(
                account.settings[SERVER],
                "com.atproto.repo.putRecord",
                account.credentials[ACCESS],
                needs=("uri", "cid"),
                json={**write, "record": record},
            )
        except RecordDiffersError as error:
            return self._already_out(account, post, error)
        return self._receipt(account, post, told.values, told.remaining)

    def find(self, account: Account, post: Outgoing) -> Witness:
        """Read the record under the post's key."""
        record = self._record(account, post_address(account, post.record_key))
        return Absent() if record is None else Found(self._receipt(account, post, record.values))

    def own_posts(self, account: Account, since: datetime) -> Sequence[SeenPost]:
        """The records of posts and reposts in the account's repository."""
        return timeline.read(self._xrpc, account, since)

    def identify(self, account: Account, url: str) -> str:
        """The post's at:// address, from that or from its page at bsky.app. Raises ValueError for another account's."""
        return str(read_post(account, url))

    def read_engagement(self, account: Account, remote_ids: Sequence[str]) -> Mapping[str, Engagement]:
        """Ask the AppView behind the account's server. A post that is there and not shown has no counts."""
        counts: dict[str, Engagement] = {}
        wanted = list(dict.fromkeys(remote_ids))
        for first in range(0, len(wanted), POSTS_A_CALL):
            batch = wanted[first : first + POSTS_A_CALL]
            told = self._xrpc.ask(
                account.settings[SERVER],
                "app.bsky.feed.getPosts",
                account.credentials[ACCESS],
                needs=("posts",),
                uris=batch,
            )
            counts.update({view["uri"]: _counts(view) for view in told.values["posts"]})
        for uri in wanted:
            if uri not in counts and self._record(account, RecordAddress.read(uri)) is not None:
                counts[uri] = Engagement()
        return counts

    def recall(self, account: Account, remote_id: str) -> None:
        """Delete the record; deleting what is not there succeeds."""
        at = RecordAddress.read(remote_id)
        self._xrpc.do(
            account.settings[SERVER],
            "com.atproto.repo.deleteRecord",
            account.credentials[ACCESS],
            json={"repo": at.repo, "collection": at.collection, "rkey": at.rkey},
        )

    def _record(self, account: Account, at: RecordAddress) -> Told | None:
        """A record, or None where there is surely none. Reading needs no permission."""
        try:
            return self._xrpc.ask(
                account.settings[SERVER],
                "com.atproto.repo.getRecord",
                needs=("uri", "cid", "value"),
                repo=at.repo,
                collection=at.collection,
                rkey=at.rkey,
            )
        except RecordMissingError:
            return None

    def _already_out(self, account: Account, post: Outgoing, error: NetworkError) -> Receipt:
        """The post that is there under this key. It is there: no failure to read it may look as if it were not."""
        try:
            witness = self.find(account, post)
        except NetworkError as failure:
            raise UnknownOutcomeError(failure.words) from None
        if isinstance(witness, Found):
            return witness.receipt
        raise UnknownOutcomeError(error.words) from None

    def _resolved(self, account: Account, handles: Sequence[str]) -> dict[str, str]:
        """Who the handles are. One that nobody has stays out: the words then stay plain text."""
        dids = {}
        for handle in handles:
            try:
                told = self._xrpc.ask(
                    account.settings[SERVER], "com.atproto.identity.resolveHandle", needs=("did",), handle=handle
                )
            except RefusedError:
                continue
            dids[handle] = str(told.values["did"])
        return dids

    def _reply(self, account: Account, post: Outgoing) -> dict[str, Any] | None:
        """What the post answers: the part before, and the first part of its thread."""
        if not post.reply_to:
            return None
        parent = self._reference(account, post.reply_to)
        return {
            "root": parent if post.thread in {"", post.reply_to} else self._reference(account, post.thread),
            "parent": parent,
        }

    def _reference(self, account: Account, remote_id: str) -> dict[str, str]:
        """A post and the fingerprint of what it says (lexicon com.atproto.repo.strongRef)."""
        record = self._record(account, RecordAddress.read(remote_id))
        if record is None:
            raise RefusedError(_("The post that this one answers is no longer there."))
        return {"uri": str(record.values["uri"]), "cid": str(record.values["cid"])}

    def _receipt(
        self, account: Account, post: Outgoing, told: Mapping[str, Any], remaining: tuple[Remaining, ...] = ()
    ) -> Receipt:
        at = post_address(account, post.record_key)
        raw = {"uri": told["uri"], "cid": told["cid"]}
        return Receipt(str(at), post_page(account, at.rkey), post.created_at, raw, remaining)


def _counts(view: Mapping[str, Any]) -> Engagement:
    """A post's counts under our names (lexicon app.bsky.feed.defs#postView); one that is not told is None."""
    return Engagement(**{ours: view.get(theirs) for ours, theirs in COUNTS.items()})
