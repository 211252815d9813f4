"""The posts of a series as its screen lists them, and what the checks find on their days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Prefetch
from django.utils.formats import date_format
from wagtail.models import WorkflowState

from social_publisher.approval import blackouts
from social_publisher.approval.checks import findings, is_quiet, outside
from social_publisher.approval.package import Package, Parcel, build_packages
from social_publisher.desk.status import Standing, standing
from social_publisher.messages.checks import Check, Finding
from social_publisher.messages.render import Problem
from social_publisher.messages.slots import is_moved, moment_of
from social_publisher.models import Post, Series
from social_publisher.planning.drafts import NOT_OUT
from social_publisher.planning.likeness import likeness


@dataclass(frozen=True)
class Row:
    """One occurrence on the series' screen; its time as the clocks of the series show it."""

    day: date
    post: Post
    local: datetime | None
    moved: bool
    standing: Standing
    package: Package | None
    like: str
    in_review: bool

    @property
    def is_out(self) -> bool:
        """Something of it is out, on its way, or in question."""
        return any(delivery.state not in NOT_OUT for delivery in self.post.deliveries.all())

    @property
    def is_approved(self) -> bool:
        return any(approval.stands for approval in self.post.approvals.all())


def rows_of(series: Series) -> list[Row]:
    """Every occurrence that has its post, in the order of the days; the number of queries does not grow with them."""
    reviews = WorkflowState.objects.active().select_related("current_task_state__task")
    posts = Post.objects.filter(series=series).select_related(
        "author", "campaign", "latest_revision__user", "occurrence", "submission"
    )
    posts = posts.prefetch_related(
        "approvals",
        "deliveries",
        "endorsements",
        Prefetch("_workflow_states", queryset=reviews, to_attr="_current_workflow_states"),
    )
    found = [post for post in posts.order_by("occurrence__day", "pk") if hasattr(post, "occurrence")]
    packages = build_packages([post.pk for post in found])
    return [_row(series, post, packages.get(post.pk)) for post in found]


def _row(series: Series, post: Post, package: Package | None) -> Row:
    zone, day = ZoneInfo(series.time_zone), post.occurrence.day
    planned_at = moment_of(day, series.time, zone)
    due_at = next((parcel.due_at for parcel in package.parcels), None) if package else post.due_at
    return Row(
        day=day,
        post=post,
        local=due_at.astimezone(zone).replace(tzinfo=None) if due_at else None,
        moved=is_moved(day, series.time, zone) and due_at == planned_at,
        standing=standing(post),
        package=package,
        like=likeness(package, planned_at) if package else "",
        in_review=post.workflow_in_progress,
    )


def usual_of(rows: Sequence[Row]) -> str:
    """What most of them leave; of equals the earliest."""
    return Counter(row.like for row in rows).most_common(1)[0][0] if rows else ""


def found_on(rows: Sequence[Row], now: datetime) -> list[Finding]:
    """What the checks find on posts that leave the same: everything on the first day, and with its day what is found on
    others alone. A blackout is always of its day."""
    first, *later = rows
    usual = _findings(first, now)
    known = {_identity(one) for one in usual if one.check is not Check.BLACKOUT}
    told = [one if _identity(one) in known else _dated(one, first) for one in usual]
    for row in _special(first, later, now):
        new = [one for one in _findings(row, now) if _identity(one) not in known]
        told += [_dated(one, row) for one in new]
        known |= {_identity(one) for one in new if one.check is Check.CAMPAIGN_DATES}
    return sorted(told, key=lambda one: not one.blocking)


def _identity(found: Finding) -> tuple[Check, str, str]:
    return found.check, found.reason, found.channel


def _dated(found: Finding, row: Row) -> Finding:
    return replace(found, reason=f"{date_format(row.day, 'SHORT_DATE_FORMAT')}: {found.reason}")


def _special(first: Row, later: Sequence[Row], now: datetime) -> list[Row]:
    """Those whose day decides: of a blackout, in quiet hours or with problems that the first has not, and the first one
    outside the campaign."""
    times = [at for row in later for at in _times(row)]
    standing = blackouts.standing(min(times), max(times)) if times else []
    problems, quiet, known = set(_problems(first, now)), _quiet(first), _outside(first)
    found = []
    for row in later:
        new = _outside(row) - known
        known |= new
        if (
            new
            or not problems.issuperset(_problems(row, now))
            or not quiet.issuperset(_quiet(row))
            or any(one.starts_at <= at < one.ends_at for at in _times(row) for one in standing)
        ):
            found.append(row)
    return found


def _quiet(row: Row) -> set[int]:
    """The channels, by id, that have quiet hours when it leaves."""
    return {one.channel.pk for one in _parcels(row) if one.due_at and is_quiet(one.channel, one.due_at)}


def _outside(row: Row) -> set[tuple[int, str]]:
    """The channels, by id, on which it leaves before or after its campaign, and which of them."""
    leaving = [(one.channel, one.due_at) for one in _parcels(row) if one.due_at]
    found = [(channel.pk, outside(row.post.campaign, channel, at)) for channel, at in leaving]
    return {(pk, where[0]) for pk, where in found if where}


def _problems(row: Row, now: datetime) -> list[Problem]:
    return row.package.problems(now) if row.package else []


def _parcels(row: Row) -> tuple[Parcel, ...]:
    return row.package.parcels if row.package else ()


def _times(row: Row) -> Iterator[datetime]:
    return (parcel.due_at for parcel in _parcels(row) if parcel.due_at)


def _findings(row: Row, now: datetime) -> list[Finding]:
    return findings(row.post.current(), row.package, now) if row.package else []
