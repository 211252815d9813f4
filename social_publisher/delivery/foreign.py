"""Noticing what an account posted that this system did not send.

Each connected live account's own timeline is held against the ledger. A post is looked at only when it is old enough
for its receipt to have come, and the ledger explains it by its id, by its address, or, where an outcome is open, by its
words; so a late receipt raises no false alarm.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from unicodedata import normalize

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from social_publisher.approval.audit import display_name, record
from social_publisher.delivery.leisure import about_to_send, held_back
from social_publisher.models import Alert, Channel, Delivery, ForeignPost, TimelineWatch
from social_publisher.networks.base import SEEN_WORDS, SeenPost
from social_publisher.networks.errors import NetworkError
from social_publisher.networks.registry import UnknownNetworkError
from social_publisher.vault import LockedError

logger = logging.getLogger(__name__)

# Receipts, and answers about open questions, have this long to come.
GRACE = timedelta(minutes=10)
# What was read already is read again this far back: clocks differ, and networks list some posts late.
OVERLAP = timedelta(minutes=30)
# How far before a post was seen its delivery may have changed last.
MARGIN = timedelta(hours=2)
# Networks write addresses and mentions of people in their own ways.
OWN_WAYS = re.compile(r"https?://\S+|\S+\.\w+/\S*|@[\w.@-]+")


def look_around(now: datetime) -> int:
    """Look at every connected live channel that nothing is about to leave through; return how many posts were news.

    A network that cannot be asked holds back no other; why it could not is kept for the screen.
    """
    rows = Channel.objects.filter(credential__isnull=False).select_related("credential").order_by("pk")
    busy = about_to_send(now)
    return sum(_look_at(channel, now) for channel in rows if channel.pk not in busy and channel.is_live)


def _look_at(channel: Channel, now: datetime) -> int:
    watch, _created = TimelineWatch.objects.get_or_create(channel=channel, defaults={"read_until": now})
    try:
        if held_back(channel, now):
            return 0
        if closed := channel.why_closed(now):
            return _could_not(watch, closed, now)
        seen = channel.adapter.own_posts(channel.signed_in, watch.read_until - OVERLAP)
        if seen is None:
            return _could_not(watch, _("This network does not let its timeline be read from here."), now)
        return _note(watch, seen, now)
    except NetworkError as error:
        return _could_not(watch, error.words, now)
    except (LockedError, UnknownNetworkError) as error:
        return _could_not(watch, str(error), now)
    except Exception:
        logger.exception("the timeline of %s could not be read", channel)
        return _could_not(watch, _("The network's module fails when asked."), now)


def _could_not(watch: TimelineWatch, words: str, now: datetime) -> int:
    TimelineWatch.objects.filter(pk=watch.pk).update(looked_at=now, problem=words)
    return 0


@transaction.atomic
def _note(watch: TimelineWatch, seen: Sequence[SeenPost], now: datetime) -> int:
    """Keep what nothing on the ledger explains, and have people told once of each."""
    watch = TimelineWatch.objects.select_for_update(of=("self",)).select_related("channel").get(pk=watch.pk)
    since = watch.read_until - OVERLAP
    ripe = [post for post in seen if since <= post.posted_at <= now - GRACE]
    known = ForeignPost.objects.filter(channel=watch.channel, remote_id__in=[post.remote_id for post in ripe])
    kept = set(known.values_list("remote_id", flat=True))
    foreign = [post for post in _unexplained(watch.channel, ripe, since) if post.remote_id not in kept]
    ForeignPost.objects.bulk_create(
        ForeignPost(
            channel=watch.channel,
            remote_id=post.remote_id,
            url=post.url,
            words=post.words.replace("\0", ""),
            posted_at=post.posted_at,
            seen_at=now,
        )
        for post in foreign
    )
    for post in foreign:
        record("foreign-post.seen", watch.channel, channel=watch.channel_id, remote_id=post.remote_id, url=post.url)
    if foreign:
        count, first = len(foreign), foreign[0].words.replace("\0", "")
        words = ngettext(
            "“%(first)s”. If it was none of us, pause the channel and look at the account.",
            "%(count)d posts, the newest “%(first)s”. If it was none of us, pause the channel and look at the account.",
            count,
        )
        told = words % {"count": count, "first": first[:80]}
        Alert.objects.tell(Alert.Kind.FOREIGN_POST, now, told, channel=watch.channel)
    # What is younger than the grace is read again.
    TimelineWatch.objects.filter(pk=watch.pk).update(
        looked_at=now, problem="", read_until=max(watch.read_until, now - GRACE)
    )
    return len(foreign)


def _unexplained(channel: Channel, seen: Sequence[SeenPost], since: datetime) -> list[SeenPost]:
    """What no delivery explains: by id or address, else one post for each part whose id nobody knows, by its words."""
    if not seen:
        return []
    recent = Delivery.objects.filter(channel=channel, state_changed_at__gte=since - MARGIN)
    by_id = Delivery.objects.filter(channel=channel, remote_id__in=[post.remote_id for post in seen])
    rows = list((recent | by_id).prefetch_related("attempts"))
    ids = {row.remote_id for row in rows} | {part["id"] for row in rows for part in row.parts_out}
    urls = {row.remote_url for row in rows} | {part["url"] for row in rows for part in row.parts_out}
    left = [post for post in seen if post.remote_id not in ids and (not post.url or post.url not in urls)]
    found = {post.remote_id for post in seen}
    sent = [part for row in rows for part in _unproven(row, found)]
    return [post for post in left if not _taken(post, sent)]


def _unproven(row: Delivery, found: set[str]) -> list[tuple[str, str]]:
    """Words and link of the parts that may be out under an id that is not on the ledger."""
    out = [part["id"] for part in row.parts_out] or ([row.remote_id] if row.remote_id else [])
    attempt = max(row.attempts.all(), key=lambda attempt: attempt.number, default=None)
    parts = attempt.payload["parts"] if attempt else []
    link = attempt.payload["link"] if attempt else ""
    return [
        (str(part["text"]), link) for place, part in enumerate(parts) if place >= len(out) or out[place] not in found
    ]


def _taken(post: SeenPost, sent: list[tuple[str, str]]) -> bool:
    """Whether one of these explains the post; it then explains no other."""
    cut = len(post.words) >= SEEN_WORDS
    words = _essence(post.words.rpartition(" ")[0] if cut else post.words)
    for part in sent:
        text, link = part
        same = _essence(text).startswith(words) if cut else _essence(text) == words
        if (link and link in post.words) or (words and same):
            sent.remove(part)
            return True
    return False


def _essence(text: str) -> str:
    """Its letters and digits, without addresses and mentions: what survives any network."""
    return "".join(filter(str.isalnum, OWN_WAYS.sub("", normalize("NFC", text)).casefold()))


class SettledError(Exception):
    """Why it cannot be settled, in the person's words."""


@transaction.atomic
def settle(post: ForeignPost, user: Any, note: str) -> None:
    """It was us, by hand or with another tool. Raises SettledError."""
    row = ForeignPost.objects.select_for_update(of=("self",)).select_related("channel").get(pk=post.pk)
    if row.settled_at is not None:
        raise SettledError(_("Somebody has settled this already."))
    row.settled_at, row.settled_by, row.settled_by_name = timezone.now(), user, display_name(user)
    row.note = note.strip()
    row.save()
    record("foreign-post.settled", row.channel, user, remote_id=row.remote_id, url=row.url, note=row.note)
