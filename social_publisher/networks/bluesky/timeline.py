"""What is in an account's repository, whoever wrote it there. Source: lexicon com.atproto.repo.listRecords."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from social_publisher.networks.base import ACCOUNT_ID, SEEN_POSTS, SEEN_WORDS, Account, SeenPost
from social_publisher.networks.bluesky.addresses import POSTS, RecordAddress, post_page
from social_publisher.networks.bluesky.connect import SERVER
from social_publisher.networks.bluesky.tid import time_of
from social_publisher.networks.bluesky.xrpc import UNREADABLE, Xrpc
from social_publisher.networks.errors import RefusedError, TemporaryError
from social_publisher.networks.http import read_time

REPOSTS = "app.bsky.feed.repost"
PAGE = 100
SUBJECT = re.compile(r"at://(?P<owner>[^/]+)/app\.bsky\.feed\.post/(?P<key>[^/]+)")


def read(xrpc: Xrpc, account: Account, since: datetime) -> list[SeenPost]:
    """The account's posts and reposts since then, newest first."""
    try:
        found = [
            _seen(account, record)
            for collection in (POSTS, REPOSTS)
            for record in islice(_records(xrpc, account, collection, since), SEEN_POSTS)
        ]
    except (KeyError, TypeError, AttributeError, RefusedError):
        raise TemporaryError(UNREADABLE) from None
    return sorted(found, key=lambda post: post.posted_at, reverse=True)[:SEEN_POSTS]


def _records(xrpc: Xrpc, account: Account, collection: str, since: datetime) -> Iterator[Mapping[str, Any]]:
    """Records, those with the newest keys first. Reading needs no permission."""
    asked: dict[str, Any] = {"repo": account.settings[ACCOUNT_ID], "collection": collection, "limit": PAGE}
    while True:
        told = xrpc.ask(account.settings[SERVER], "com.atproto.repo.listRecords", needs=("records",), **asked)
        records = told.values["records"]
        for record in records:
            if _made_at(record) < since:
                return
            yield record
        if not records or not told.values.get("cursor") or told.values["cursor"] == asked.get("cursor"):
            return
        asked["cursor"] = told.values["cursor"]


def _seen(account: Account, record: Mapping[str, Any]) -> SeenPost:
    at = RecordAddress.read(record["uri"])
    if at.collection == POSTS:
        url, words = post_page(account, at.rkey), str(record["value"]["text"])
    else:
        subject = SUBJECT.fullmatch(record["value"]["subject"]["uri"])
        url = f"https://bsky.app/profile/{subject['owner']}/post/{subject['key']}" if subject else ""
        words = _("Reposted: %(address)s") % {"address": url or record["value"]["subject"]["uri"]}
    return SeenPost(record["uri"], url, words[:SEEN_WORDS], _made_at(record))


def _made_at(record: Mapping[str, Any]) -> datetime:
    """The later of the time that the record bears and that of its key: whoever writes it chooses the first freely."""
    borne = read_time(str(record["value"].get("createdAt", ""))) or datetime.min.replace(tzinfo=UTC)
    return max(borne, time_of(RecordAddress.read(record["uri"]).rkey) or borne)
