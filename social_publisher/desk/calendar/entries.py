"""What a calendar shows of some days, read in a fixed number of queries whatever stands in the tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Expression, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import JSONObject, RowNumber, TruncDate, TruncHour
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from wagtail.models import Page, Revision

from social_publisher.desk.calendar.dates import Span
from social_publisher.desk.calendar.filters import Filters
from social_publisher.desk.calendar.standing import WORDS, badges, there_is, with_standing
from social_publisher.desk.posts import EDIT
from social_publisher.models import Blackout, Channel, Launch, Plan, Post, Variant

MOST_BANDS = 100
MOST_LAUNCHES = 200
OPENING = 80

# A local day, its hour, and how far that hour is from UTC.
HourKey = tuple[date, int, timedelta | None]


@dataclass(frozen=True)
class Entry:
    """A post in the calendar. `due_at` is in the reader's zone, `opening` one line; `revision` names the draft that is
    shown. There can be hundreds on a screen, so that its words are made here and not in the template."""

    pk: int
    due_at: datetime | None
    iso: str
    clock: str
    time: str
    edit: str
    move: str
    opening: str
    language: str
    facts: str
    badge: SafeString
    tone: str
    movable: bool
    anchor: str
    revision: str


@dataclass(frozen=True)
class Bucket:
    """The first posts of a day or an hour, as ids, and how many it has."""

    ids: tuple[int, ...] = ()
    total: int = 0


@dataclass(frozen=True)
class Band:
    """A blackout in words. Times are in the reader's zone."""

    pk: int
    name: str
    kind: str
    where: str
    starts_at: datetime
    ends_at: datetime

    def touches(self, span: Span) -> bool:
        """Whether any of the span is inside."""
        return self.starts_at < span.end and self.ends_at > span.start


@dataclass(frozen=True)
class PageLaunch:
    """A page that is to go live. `at` is in the reader's zone."""

    page_id: int
    title: str
    at: datetime


def planned(filters: Filters, span: Span) -> QuerySet[Any]:
    """The plans of a span that fit."""
    return filters.narrow(Plan.objects.filter(due_at__gte=span.start, due_at__lt=span.end))


def by_day(plans: QuerySet[Any], zone: tzinfo, shown: int) -> dict[date, Bucket]:
    """Each local day's first posts and how many it has."""
    return _buckets(plans, shown, lambda moment: moment.astimezone(zone).date(), TruncDate("due_at", tzinfo=zone))


def by_hour(plans: QuerySet[Any], zone: tzinfo, shown: int) -> dict[HourKey, Bucket]:
    """Each local hour's first posts and how many it has; an hour that clocks repeat counts as two."""
    # The hour in UTC too keeps the two apart.
    partition = (TruncHour("due_at", tzinfo=zone), TruncHour("due_at", tzinfo=UTC))
    return _buckets(plans, shown, lambda moment: hour_key(moment, zone), *partition)


def hour_key(moment: datetime, zone: tzinfo) -> HourKey:
    """What tells a local hour from every other."""
    local = moment.astimezone(zone)
    return local.date(), local.hour, local.utcoffset()


def _buckets(
    plans: QuerySet[Any], shown: int, key: Callable[[datetime], Any], *partition: Expression
) -> dict[Any, Bucket]:
    order = ["due_at", "post_id"]
    rows = (
        plans.annotate(
            place=Window(RowNumber(), partition_by=partition, order_by=order),
            among=Window(Count("*"), partition_by=partition),
        )
        .filter(place__lte=shown)
        .order_by(*order)
        .values_list("post_id", "due_at", "place", "among")
    )
    ids: dict[Any, list[int]] = defaultdict(list)
    totals: dict[Any, int] = defaultdict(int)
    for pk, due_at, place, among in rows:
        ids[key(due_at)].append(pk)
        totals[key(due_at)] += among if place == 1 else 0
    return {name: Bucket(tuple(ids[name][:shown]), totals[name]) for name in ids}


def read_entries(ids: Collection[int], zone: tzinfo) -> dict[int, Entry]:
    """What is shown of some posts, by id."""
    if not ids:
        return {}
    plans = with_standing(Plan.objects.filter(pk__in=ids)).annotate(revision=F("post__latest_revision_id"))
    rows = plans.values(
        "pk", "due_at", "opening", "language", "campaign__name", "channel_ids", "standing", "is_gone", "revision"
    )
    names, edit, move = channel_names(), _addresses(EDIT), _addresses("social_calendar:move")
    later, marks = later_channels(ids, names), badges()
    return {
        pk: _entry(row, names | later.get(pk, {}), zone, edit(pk), move(pk), marks[row["standing"]])
        for row in rows
        for pk in [row["pk"]]
    }


def _addresses(name: str) -> Callable[[int], str]:
    """Give the address of one view for any number of posts, resolved once."""
    before, after = reverse(name, args=[0]).split("/0/")
    return lambda pk: f"{before}/{pk}/{after}"


def opening_of(text: str) -> str:
    """A post's first words on one line."""
    line = " ".join(text.split())
    return (line if len(line) <= OPENING else f"{line[: OPENING - 1].rstrip()}…") or gettext("Empty post")


def _entry(
    row: Mapping[str, Any], channels: Mapping[int, str], zone: tzinfo, edit: str, move: str, badge: SafeString
) -> Entry:
    due_at = row["due_at"] and row["due_at"].astimezone(zone)
    where = ", ".join(channels[pk] for pk in row["channel_ids"] if pk in channels)
    return Entry(
        pk=row["pk"],
        due_at=due_at,
        iso=due_at.isoformat() if due_at else "",
        clock=f"{due_at:%H:%M}" if due_at else "",
        time=f"{due_at:%H:%M:%S}" if due_at else "",
        edit=edit,
        move=move,
        opening=opening_of(row["opening"]),
        language=row["language"],
        facts=" · ".join(part for part in (where, row["campaign__name"]) if part),
        badge=badge,
        tone=WORDS[row["standing"]][1],
        movable=not row["is_gone"],
        anchor=f"cal-post-{row['pk']}",
        revision=str(row["revision"] or ""),
    )


def later_channels(ids: Collection[int], names: Mapping[int, str]) -> dict[int, dict[int, str]]:
    """Where posts leave some minutes later than they are due: the channels' names with the minutes, by post and id."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    own = Variant.objects.filter(post=OuterRef("pk")).values(
        row=JSONObject(channel="channel", minutes="offset_minutes")
    )
    late = there_is(Variant.objects.filter(post=OuterRef("pk"), offset_minutes__gt=0))
    posts = Post.objects.filter(pk__in=ids).alias(late=late).annotate(legs=ArraySubquery(own))
    posts = posts.filter(Q(has_unpublished_changes=True) | Q(late=True))
    words = gettext("%(channel)s (%(minutes)d minutes later)")
    for pk, is_newer, legs, draft in posts.values_list(
        "pk", "has_unpublished_changes", "legs", "latest_revision__content__variants"
    ):
        drafted = [{"channel": row["channel"], "minutes": row.get("offset_minutes", 0)} for row in draft or ()]
        for one in drafted if is_newer else legs:
            if one["minutes"] and one["channel"] in names:
                found[pk][one["channel"]] = words % {"channel": names[one["channel"]], "minutes": one["minutes"]}
    return found


def channel_names() -> dict[int, str]:
    """All channels' names, by id."""
    return dict(Channel.objects.values_list("pk", "name"))


def bands(filters: Filters, span: Span, zone: tzinfo) -> list[Band]:
    """The blackouts of a span that touch what is shown."""
    rows = Blackout.objects.filter(starts_at__lt=span.end, ends_at__gt=span.start)
    if filters.campaign is not None:
        rows = rows.filter(Q(campaigns=None) | Q(campaigns=filters.campaign)).distinct()
    return [
        Band(
            pk=row.pk,
            name=row.name,
            kind=row.get_kind_display(),
            where=", ".join(str(country) for country in row.countries.all()),
            starts_at=row.starts_at.astimezone(zone),
            ends_at=row.ends_at.astimezone(zone),
        )
        for row in rows.prefetch_related("countries").order_by("starts_at", "pk")[:MOST_BANDS]
    ]


def launches(span: Span, zone: tzinfo) -> list[PageLaunch]:
    """The pages that go live in a span: those scheduled, and those of a launch package."""
    inside = (span.start, span.end)
    scheduled = Revision.page_revisions.filter(approved_go_live_at__gte=inside[0], approved_go_live_at__lt=inside[1])
    times = {int(pk): at for pk, at in scheduled.values_list("object_id", "approved_go_live_at")[:MOST_LAUNCHES]}
    packaged = Launch.objects.filter(goes_live_at__gte=inside[0], goes_live_at__lt=inside[1])
    times |= dict(packaged.values_list("page_id", "goes_live_at")[:MOST_LAUNCHES])
    titles = dict(Page.objects.filter(pk__in=times).values_list("pk", "draft_title"))
    found = [PageLaunch(pk, titles[pk], at.astimezone(zone)) for pk, at in times.items() if pk in titles]
    # In one zone times compare as clocks show them, which repeat an hour in autumn.
    return sorted(found, key=lambda launch: (launch.at.timestamp(), launch.page_id))
