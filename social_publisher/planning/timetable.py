"""Channels' weekly posting times against what is planned on them already."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from social_publisher.approval.audit import record
from social_publisher.approval.keeping import keep
from social_publisher.messages.slots import WeeklyTime, free, spread
from social_publisher.models import Channel, Delivery, Post, Slot, Variant
from social_publisher.planning.drafts import not_out
from social_publisher.planning.errors import PlanningError
from social_publisher.planning.series import is_locked

AHEAD = timedelta(days=366)
# The longest a channel may leave later than its post.
LATEST_OFFSET = timedelta(days=7)


def times_of(channels: Collection[Channel]) -> dict[int, list[WeeklyTime]]:
    """Each channel's weekly times, by its id."""
    found: dict[int, list[WeeklyTime]] = {}
    for channel_id, weekday, at in Slot.objects.filter(channel__in=channels).values_list("channel", "weekday", "time"):
        found.setdefault(channel_id, []).append((weekday, at))
    return found


@transaction.atomic
def set_times(channel: Channel, times: Collection[WeeklyTime], user: Any) -> bool:
    """Give a channel exactly these weekly times; return whether that changed anything."""
    Channel.objects.select_for_update(of=("self",)).get(pk=channel.pk)
    before, after = set(times_of([channel]).get(channel.pk, ())), set(times)
    if before == after:
        return False
    for weekday, at in before - after:
        Slot.objects.filter(channel=channel, weekday=weekday, time=at).delete()
    Slot.objects.bulk_create(Slot(channel=channel, weekday=weekday, time=at) for weekday, at in sorted(after - before))
    words = [f"{weekday} {at:%H:%M}" for weekday, at in sorted(after)]
    record("slots.changed", channel, user, channel=channel.pk, times=words)
    return True


def taken(
    channels: Collection[int],
    start: datetime,
    end: datetime,
    but: Collection[int] = (),
    among: Collection[datetime] | None = None,
) -> dict[int, set[datetime]]:
    """The moments for which something is planned on these channels, drafts included, by channel and in UTC.

    `but` are posts that do not count. Whoever asks about few moments says `among` which: others may be left out.
    """
    found: dict[int, set[datetime]] = {pk: set() for pk in channels}
    rows = Variant.objects.filter(channel__in=channels, post__has_unpublished_changes=False)
    rows = rows.filter(post__due_at__gte=start - LATEST_OFFSET, post__due_at__lt=end).exclude(post__in=but)
    if among is not None:
        rows = rows.filter(Q(post__due_at__in=among) | Q(offset_minutes__gt=0))
    for channel_id, due_at, minutes in rows.values_list("channel", "post__due_at", "offset_minutes"):
        found[channel_id].add(due_at.astimezone(UTC) + timedelta(minutes=minutes))
    # A draft's own time is in its newest revision alone.
    drafts = Post.objects.filter(has_unpublished_changes=True).exclude(pk__in=but)
    drafts = drafts.filter(plan__due_at__gte=start - LATEST_OFFSET, plan__due_at__lt=end)
    for due_at, variants in drafts.values_list(
        "latest_revision__content__due_at", "latest_revision__content__variants"
    ):
        moment = parse_datetime(due_at)
        for variant in variants:
            if moment is not None and variant["channel"] in found:
                found[variant["channel"]].add(
                    moment.astimezone(UTC) + timedelta(minutes=variant.get("offset_minutes", 0))
                )
    return found


def next_free(channel: Channel, after: datetime, but: Collection[int] = ()) -> datetime:
    """The channel's next free posting time after a moment, in UTC. Raises PlanningError where it has none."""
    times, start, end = times_of([channel]).get(channel.pk, []), after + timedelta(seconds=1), after + AHEAD
    if not times:
        raise PlanningError(
            _("%(channel)s has no posting times yet. Whoever manages channels sets them.") % {"channel": channel}
        )
    moment = next(free(times, channel.zone, start, end, taken([channel.pk], start, end, but)[channel.pk]), None)
    if moment is None:
        raise PlanningError(_("%(channel)s has no free posting time within a year.") % {"channel": channel})
    return moment


@dataclass(frozen=True)
class Move:
    """A post, and the time it would be given in UTC on which channel's times; or why it keeps its own."""

    post: Post
    channel: Channel | None = None
    due_at: datetime | None = None
    why_not: str = ""


def plan_spread(posts: Collection[Post], user: Any, start: datetime, end: datetime) -> list[Move]:
    """Say which posts would be given which free times of their channels from `start` to `end`. Changes nothing.

    Each takes the times of its first channel that has any. Posts come in the order given.
    """
    ids = [post.pk for post in posts]
    movable = set(not_out().filter(pk__in=ids).values_list("pk", flat=True))
    contents = {post.pk: post.current() for post in posts}
    variants = {pk: list(content.variants.select_related("channel")) for pk, content in contents.items()}
    channels = {variant.channel_id: variant.channel for rows in variants.values() for variant in rows}
    times = times_of(list(channels.values()))
    busy = taken(list(channels), start, end, ids)
    slots = {
        pk: list(free(times[pk], channel.zone, start, end, busy[pk])) for pk, channel in channels.items() if pk in times
    }
    leading: dict[int, Variant] = {}
    why: dict[int, str] = {}
    for post in posts:
        variant = next((row for row in variants[post.pk] if row.channel_id in slots), None)
        if post.pk not in movable:
            why[post.pk] = _("It is out, or leaving now.")
        elif is_locked(post, user):
            why[post.pk] = _("It is locked, or in review.")
        elif variant is None:
            why[post.pk] = _("None of its channels has posting times.")
        else:
            leading[post.pk] = variant
    given = spread([variant.channel_id for variant in leading.values()], slots, start, end)
    moments = dict(zip(leading, given, strict=True))
    return [
        _move(contents[post.pk], leading.get(post.pk), moments.get(post.pk), why.get(post.pk, "")) for post in posts
    ]


def _move(content: Post, variant: Variant | None, moment: datetime | None, why_not: str) -> Move:
    if variant is None:
        return Move(content, why_not=why_not)
    if moment is None:
        return Move(content, variant.channel, why_not=_("Its channel has no free posting time left in these days."))
    return Move(content, variant.channel, moment - timedelta(minutes=variant.offset_minutes))


@transaction.atomic
def carry_out(moves: Collection[Move], user: Any) -> int:
    """Give the posts their times, as the person's own edits; return how many changed.

    A post that somebody changed, or that is leaving, since it was planned keeps its own.
    """
    count = 0
    for move in moves:
        if move.due_at is None or move.post.due_at == move.due_at:
            continue
        if not _is_as_planned(move.post):
            continue
        before = move.post.due_at
        move.post.due_at = move.due_at
        keep(move.post, user)
        record(
            "post.moved",
            move.post,
            user,
            post=move.post.pk,
            before=before and before.isoformat(),
            after=move.due_at.isoformat(),
        )
        count += 1
    return count


def _is_as_planned(post: Post) -> bool:
    """Whether the newest draft is still this one and nothing of it is out; held so until the transaction ends."""
    # The post before its deliveries, as every change locks them.
    rows = Post.objects.select_for_update(of=("self",)).filter(pk=post.pk)
    seen = list(rows.values_list("latest_revision", flat=True)) == [post.latest_revision_id]
    list(Delivery.objects.select_for_update().filter(post=post.pk).order_by("pk"))
    return seen and not_out().filter(pk=post.pk).exists()
