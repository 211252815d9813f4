"""Posts that come again: made ahead up to a horizon, approved as one, ended as one.

An occurrence is a post like any other; nothing here approves one. Local time stays when clocks change
(`messages/slots.py` has the rule).
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from social_publisher.approval import service
from social_publisher.approval.audit import display_name, record
from social_publisher.approval.errors import ApprovalError
from social_publisher.approval.keeping import keep
from social_publisher.approval.package import build_package
from social_publisher.messages import recurring
from social_publisher.messages.slots import is_moved, moment_of
from social_publisher.models import Alert, Occurrence, Post, Series, Submission
from social_publisher.planning.drafts import copy_content, create, not_out
from social_publisher.planning.errors import PlanningError

logger = logging.getLogger(__name__)

# How far ahead occurrences are made, and how many at most lie ahead.
HORIZON = timedelta(days=92)
MOST = 60


@dataclass(frozen=True, slots=True)
class Planned:
    """One day of a series: its moment in UTC, and whether the clocks skip its local time that day."""

    day: date
    due_at: datetime
    moved: bool


def planned(series: Series, now: datetime) -> list[Planned]:
    """The days of a series that lie ahead, up to the horizon."""
    return list(_ahead(series, now))


def _ahead(series: Series, now: datetime) -> Iterator[Planned]:
    zone, count = ZoneInfo(series.time_zone), 0
    last = min(series.ends_on, (now + HORIZON).astimezone(zone).date())
    for day in recurring.days(series.every, series.starts_on, last):
        due_at = moment_of(day, series.time, zone)
        if due_at > now:
            yield Planned(day, due_at, is_moved(day, series.time, zone))
            count += 1
            if count == MOST:
                return


@transaction.atomic
def begin(series: Series, post: Post, user: Any, now: datetime) -> Series:
    """Make an unsaved series of a post; the post is its first occurrence, the others are copies of it, as drafts.

    Raises PlanningError.
    """
    post = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    if post.series_id is not None:
        raise PlanningError(_("This post comes again already. Change its series, or copy the post first."))
    if not not_out().filter(pk=post.pk).exists():
        raise PlanningError(_("This post is out on a channel. Write a new one to repeat."))
    if is_locked(post, user):
        raise PlanningError(_("This post is locked or in review. Take it out of review first."))
    content = post.current()
    series.campaign, series.created_by, series.source = content.campaign, user, post
    try:
        series.full_clean()
    except ValidationError as error:
        raise PlanningError(" ".join(error.messages)) from error
    ahead = planned(series, now)
    if not ahead:
        raise PlanningError(_("None of its days lies ahead. Choose a later end."))
    series.save()
    Post.objects.filter(pk=post.pk).update(series=series)
    post.series = content.series = series
    Occurrence.objects.create(series=series, day=ahead[0].day, post=post)
    if content.due_at != ahead[0].due_at:
        content.due_at = ahead[0].due_at
        keep(content, user)
    made = _make(series, content, ahead[1:], user)
    record("series.begun", post, user, series=series.pk, posts=[post.pk, *(copy.pk for copy in made)])
    return series


def source_of(series: Series) -> Post | None:
    """The occurrence that later ones are copies of: the chosen one, else the latest that is left."""
    return series.source or Post.objects.filter(series=series).order_by("-occurrence__day").first()


def extend(series_id: int, now: datetime) -> list[Post]:
    """Make what the horizon now shows, as drafts in the name of whoever wrote the source, and tell the approvers.

    Where the source is still what was submitted, the new ones are submitted too, by whoever did that; nothing is
    approved.
    """
    series = Series.objects.filter(pk=series_id, ended_at=None).first()
    source = source_of(series) if series is not None else None
    if series is None or source is None or not _lacking(series, now):
        return []
    service.open_links(source)
    return _extend(series_id, now)


@transaction.atomic
def _extend(series_id: int, now: datetime) -> list[Post]:
    series = Series.objects.select_for_update(of=("self",)).filter(pk=series_id, ended_at=None).first()
    source = source_of(series) if series is not None else None
    lacking = _lacking(series, now) if series is not None else []
    if series is None or source is None or not lacking:
        return []
    writer, content = source.last_editor or source.author, source.current()
    submission = (
        Submission.objects.filter(post=source, digest=build_package(content).digest).select_related("by").first()
    )
    made = _make(series, content, lacking, writer)
    words = ngettext("%(count)d post of the series “%(series)s” was made.", "%(count)d posts of the series "
                     "“%(series)s” were made.", len(made)) % {"count": len(made), "series": series}  # fmt: skip
    if submission is not None:
        # Whoever put the source up answers for it as it is, so they approve none of its copies.
        words = " ".join([words, *_submit(made, submission.by or writer)])
    record("series.extended", source, None, series=series.pk, posts=[post.pk for post in made])
    Alert.objects.tell(Alert.Kind.TO_APPROVE, now, words, post=made[0])
    return made


def _lacking(series: Series, now: datetime) -> list[Planned]:
    known = set(series.occurrences.values_list("day", flat=True))
    return [item for item in planned(series, now) if item.day not in known]


def extend_all(now: datetime) -> int:
    """Extend every series that goes on; return how many posts were made. One that fails is logged and tried again."""
    count = 0
    for pk in Series.objects.filter(ended_at=None, ends_on__gte=now.date() - timedelta(days=1)).values_list("pk"):
        try:
            count += len(extend(pk[0], now))
        except Exception:
            logger.exception("the series %s could not be extended", pk[0])
    return count


def _make(series: Series, source: Post, days: Collection[Planned], user: Any) -> list[Post]:
    made = []
    for item in days:
        post = Post(live=False, series=series, author=source.author or user, due_at=item.due_at)
        copy_content(source, post)
        create(post, user)
        Occurrence.objects.create(series=series, day=item.day, post=post)
        made.append(post)
    return made


def upcoming(series: Series) -> list[Post]:
    """Its posts of which nothing is out, in the order of their days."""
    return list(not_out().filter(series=series).order_by("occurrence__day", "pk"))


def submit(series: Series, user: Any) -> tuple[int, list[str]]:
    """Put everything that lies ahead before a second person. Returns how many, and what stood against the others."""
    for post in _to_submit(series):
        service.open_links(post)
    return _submit_all(series, user)


def _to_submit(series: Series) -> list[Post]:
    return [post for post in upcoming(series) if not post.workflow_in_progress and not _approved(post)]


@transaction.atomic
def _submit_all(series: Series, user: Any) -> tuple[int, list[str]]:
    waiting = _to_submit(series)
    problems = _submit(waiting, user)
    count = len(waiting) - len(problems)
    record("series.submitted", series, user, series=series.pk, posts=count)
    return count, problems


def _submit(posts: Collection[Post], user: Any) -> list[str]:
    problems = []
    for post in posts:
        try:
            service.put_up(post, user)
        except ApprovalError as error:
            problems.append(f"{post.due_at:%Y-%m-%d}: {error}")
    return problems


@transaction.atomic
def approve(series: Series, user: Any, seen: Mapping[int, str], comment: str = "") -> int:
    """Approve these posts, each exactly as seen (digest by post), all or none; return how many are approved now.

    It is fewer where the campaign asks for one more person. Four eyes hold for each. Raises ApprovalError.
    """
    posts = {post.pk: post for post in upcoming(series)}
    if not seen or not set(seen) <= set(posts):
        raise ApprovalError(_("The series changed while you were looking at it. Look at it again, then decide."))
    approvals = [service.approve(post, user, seen[pk], comment) for pk, post in posts.items() if pk in seen]
    approved = sorted(approval.post_id for approval in approvals if approval is not None)
    if approved:
        record("series.approved", series, user, series=series.pk, posts=approved)
    return len(approved)


@transaction.atomic
def end(series: Series, user: Any, now: datetime) -> int:
    """No more are made, and what has not left does not leave; return how many posts were stopped."""
    series = Series.objects.select_for_update(of=("self",)).get(pk=series.pk)
    if series.ended_at is not None:
        raise PlanningError(_("This series has ended already."))
    Series.objects.filter(pk=series.pk).update(ended_at=now)
    reason = _("The series was ended by %(name)s.") % {"name": display_name(user)}
    stopped = sum(_withdraw(post, user, reason) for post in upcoming(series))
    record("series.ended", series, user, series=series.pk, stopped=stopped)
    return stopped


@transaction.atomic
def replace(series: Series, source: Post, user: Any) -> int:
    """Give every occurrence that has not left the content of `source`, an occurrence itself; return how many changed.

    They are out of review then, and what was approved is void. Later occurrences are copies of `source` too.
    """
    series = Series.objects.select_for_update(of=("self",)).get(pk=series.pk)
    if series.ended_at is not None:
        raise PlanningError(_("This series has ended. Start a new one."))
    if source.series_id != series.pk:
        raise PlanningError(_("This post is not of the series."))
    Series.objects.filter(pk=series.pk).update(source=source)
    content, changed = source.current(), []
    for post in upcoming(series):
        if post.pk != source.pk:
            _withdraw(post, user, _("Replaced with a new text of its series. It leaves only after a new approval."))
            target = Post.objects.get(pk=post.pk).current()
            copy_content(content, target)
            keep(target, user)
            changed.append(post.pk)
    record("series.replaced", source, user, series=series.pk, posts=changed)
    return len(changed)


def is_locked(post: Post, user: Any) -> bool:
    """Whether the composer would not let this person change the post now."""
    lock = post.get_lock()
    return lock is not None and lock.for_user(user)


def _withdraw(post: Post, user: Any, reason: str) -> bool:
    """Take a post out of review and its approval back; whether there was something to take."""
    approved, state = _approved(post), post.current_workflow_state
    if approved:
        service.void(post, reason, user)
    if state is not None:
        state.cancel(user=user)
    return bool(approved or state)


def _approved(post: Post) -> bool:
    return bool(post.approvals.filter(voided_at=None).exists())
