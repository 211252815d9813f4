"""The account's own posts, read back: to find one again, and to count what came of it.

Source: X's OpenAPI description 2.167, "Get Users Posts" and "Get Posts by IDs": `post.fields`, the expansion
`referenced_posts`, `repost_count`. Third parties report that X leaves out what it does not know without a word, so what
was asked for is looked for in the answer.
"""

from __future__ import annotations

import contextlib
import html
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from social_publisher.networks.base import SEEN_POSTS, Engagement, Outgoing
from social_publisher.networks.errors import TemporaryError
from social_publisher.networks.http import clean, read_time
from social_publisher.networks.x.api import Client
from social_publisher.networks.x.errors import NOT_FOUND, UNREADABLE, kind_of, words_in

# What a page of a timeline, and a call by ids, holds at most and at least.
PAGE, LEAST = 100, 5
# X shows the last 3,200 posts of an account.
LONGEST = 3200 // PAGE
# X's price list: a post read by its id costs as much as five of the account's own timeline.
DEARER_BY_ID = 5
METRICS = {
    "impressions": "impression_count",
    "likes": "like_count",
    "reposts": "repost_count",
    "replies": "reply_count",
    "quotes": "quote_count",
    "bookmarks": "bookmark_count",
}
# An address that X has shortened and does not explain: whose post it is cannot be told.
SHORT = re.compile(r"https://t\.co/\w")
SCHEME = re.compile(r"https?://", re.IGNORECASE)
Entry = Mapping[str, Any]


class TooFarBackError(TemporaryError):
    """X lists no post that is older."""


def posted_since(client: Client, account_id: str, moment: datetime) -> list[Entry]:
    """The account's posts since then, reposts included, newest first, at most SEEN_POSTS. Raises a NetworkError."""
    asked = {"post.fields": "id,text,created_at,entities", "start_time": _written(moment), "max_results": PAGE}
    entries = (entry for page in _pages(client, account_id, asked) for entry in page)
    return list(islice(entries, SEEN_POSTS))


def find(client: Client, account_id: str, post: Outgoing, since: datetime) -> Entry | None:
    """The post on the account's timeline since then, or None. Raises a TemporaryError or AuthError: never a guess."""
    fields = {"post.fields": "id,text,created_at,entities", "expansions": "referenced_posts"}
    asked = {**fields, "start_time": _written(since), "max_results": PAGE}
    for page in _pages(client, account_id, asked):
        for entry in page:
            made_at(entry)
            if _is_it(entry, post):
                return entry
    return None


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def made_at(entry: Entry) -> datetime:
    """When a post was made, in UTC. Raises TemporaryError where X did not answer what was asked."""
    if (at := read_time(str(entry.get("created_at", "")))) is None:
        raise TemporaryError(UNREADABLE)
    return at


def count(client: Client, account_id: str, wanted: Sequence[str]) -> dict[str, Engagement]:
    """The counts of these posts, from the part of the timeline that holds them; the rest by their ids.

    No page is larger, and all pages together cost no more, than asking for the posts by their ids would. Raises a
    TemporaryError or AuthError.
    """
    told: dict[str, Engagement] = {}
    numbers = [int(remote_id) for remote_id in wanted]
    size = min(PAGE, max(LEAST, DEARER_BY_ID * len(numbers)))
    # Both ends are exclusive.
    between = {"since_id": str(min(numbers) - 1), "until_id": str(max(numbers) + 1)}
    asked = {"post.fields": "id,public_metrics", "max_results": size, **between}
    missing, read = set(wanted), 0
    with contextlib.suppress(TooFarBackError):
        for page in _pages(client, account_id, asked):
            told |= {entry["id"]: _engagement(entry) for entry in page if entry["id"] in missing}
            missing -= told.keys()
            read += len(page)
            if len(missing) * DEARER_BY_ID <= size or read + size > DEARER_BY_ID * len(numbers):
                break
    left = sorted(missing)
    for first in range(0, len(left), PAGE):
        told |= _by_id(client, left[first : first + PAGE])
    return told


def _pages(client: Client, account_id: str, asked: Mapping[str, Any]) -> Iterator[Sequence[Entry]]:
    """The timeline's pages, newest posts first."""
    next_page: dict[str, str] = {}
    for _page in range(LONGEST):
        answer = client.ask(f"/users/{account_id}/tweets", {**asked, **next_page})
        meta, entries = answer.get("meta"), answer.get("data", [])
        if not isinstance(meta, Mapping) or not isinstance(entries, list):
            raise TemporaryError(clean(words_in(answer), ()) or UNREADABLE)
        yield entries
        if not meta.get("next_token"):
            return
        next_page = {"pagination_token": meta["next_token"]}
    raise TooFarBackError(_("X lists an account's last 3,200 posts, and it may be an older one."))


def _by_id(client: Client, ids: Sequence[str]) -> dict[str, Engagement]:
    """The counts of single posts. One that X does not find is gone; one it does not show for another reason raises."""
    answer = client.ask("/tweets", {"ids": ",".join(ids), "post.fields": "id,public_metrics"})
    told = {entry["id"]: _engagement(entry) for entry in answer.get("data", [])}
    gone = {
        error.get("resource_id", error.get("value"))
        for error in answer.get("errors", [])
        if kind_of(error) == NOT_FOUND
    }
    if set(ids) - told.keys() - gone:
        raise TemporaryError(clean(words_in(answer), ()) or UNREADABLE)
    return told


def _engagement(entry: Entry) -> Engagement:
    metrics = entry.get("public_metrics") or {}
    return Engagement(**{name: metrics.get(theirs) for name, theirs in METRICS.items()})


def _is_it(entry: Entry, post: Outgoing) -> bool:
    """The part before and the first part may have the same words; any other post with the words or the link is it,
    unless X says that it answers something else."""
    if entry["id"] in {post.reply_to, post.thread, *post.known}:
        return False
    answered = [other["id"] for other in entry.get("referenced_posts") or [] if other.get("type") == "replied_to"]
    if answered and answered != [post.reply_to]:
        return False
    if post.link and post.link in post.text and post.link in _links(entry).values():
        return True
    read = as_read(entry)
    if SHORT.search(read):
        raise TemporaryError(UNREADABLE)
    return _plain(read) == _plain(post.text)


def _links(entry: Entry) -> dict[str, str]:
    """The address behind each of the text's t.co addresses; that of the post's own pictures is no link."""
    own = f"/status/{entry['id']}/"
    found = {url.get("url"): url.get("expanded_url") or "" for url in (entry.get("entities") or {}).get("urls") or []}
    return {short: "" if own in expanded else expanded for short, expanded in found.items() if short}


def as_read(entry: Entry) -> str:
    """The words as a reader sees them, with the addresses behind X's own."""
    text = html.unescape(str(entry.get("text", "")))
    for short, expanded in _links(entry).items():
        text = text.replace(short, expanded)
    return text


def _plain(text: str) -> str:
    """What does not change on the way: X adds a scheme to bare addresses and trims white space."""
    return " ".join(SCHEME.sub("", unicodedata.normalize("NFC", text)).split()).casefold()
