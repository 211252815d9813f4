"""Publishes and takes down what is due, each by itself.

Wagtail's own command stops at the first error, and never tells again of a page whose receiver failed: the page is live,
its schedule is gone. Here every publication leaves a row before it begins. Whoever waits for a publication may be told
more than once, and must bear that.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import DraftStateMixin, Page, Revision, WorkflowMixin
from wagtail.signals import page_published, published

from content.publishing.models import ScheduledPublication

logger = logging.getLogger(__name__)

State = ScheduledPublication.State
# After a failure, the wait doubles from the first to the longest.
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
# A publication that began so long ago and is not settled belongs to a process that died.
BEGUN_FOR = timedelta(minutes=5)


def publish_due(now: datetime) -> None:
    """Take down what has expired, publish what is due, and tell again those who were not told."""
    for thing in _expired(now):
        try:
            thing.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        except Exception:
            logger.exception("%s could not be taken down; it is tried again", thing)
            connection.close_if_unusable_or_obsolete()
    waiting = ScheduledPublication.objects.filter(next_attempt_at__gt=now).values("revision_id")
    due = Revision.objects.filter(approved_go_live_at__lt=now).exclude(pk__in=waiting)
    for key in list(due.order_by("approved_go_live_at").values_list("pk", flat=True)):
        with _by_itself(key):
            _publish(key, now)
    tell_again(now)


def tell_again(now: datetime) -> int:
    """Find what is live and was not told of, and tell of it. Returns how many were found."""
    open_ones = ScheduledPublication.objects.filter(next_attempt_at__lte=now).select_related("revision")
    found = 0
    for row in open_ones:
        if row.revision.approved_go_live_at is not None:
            continue  # Still to be published: the next round does.
        found += 1
        with _by_itself(row.revision_id):
            _follow_up(row, now)
    return found


@contextmanager
def _by_itself(key: int) -> Iterator[None]:
    """Whatever happens to one must not keep the others; its row stays, so it is tried again."""
    try:
        yield
    except Exception:
        logger.exception("the publication of revision %s is not settled", key)
        connection.close_if_unusable_or_obsolete()


def _publish(key: int, now: datetime) -> None:
    revision = Revision.objects.filter(pk=key, approved_go_live_at__lt=now).first()
    if revision is None:
        return  # Published, or put off, meanwhile.
    row, is_new = ScheduledPublication.objects.get_or_create(
        revision=revision, defaults={"next_attempt_at": now + BEGUN_FOR, "due_at": revision.approved_go_live_at}
    )
    if not is_new and not ScheduledPublication.objects.filter(pk=row.pk, next_attempt_at__lte=now).update(
        state=State.BEGUN, next_attempt_at=now + BEGUN_FOR, due_at=revision.approved_go_live_at
    ):
        return  # Another process has it.
    try:
        revision.publish(log_action="wagtail.publish.scheduled")
    except Exception as error:
        logger.exception("publishing “%s” failed", revision.object_str)
        fresh = ScheduledPublication.objects.select_related("revision").get(pk=row.pk)
        if _is_live(fresh):
            _follow_up(fresh, now)
        else:
            _schedule_again(fresh)
            _postpone(fresh, State.REFUSED, _in_words(error), now)
    else:
        row.delete()


def _is_live(row: ScheduledPublication) -> bool:
    thing = row.revision.content_object
    return thing is not None and thing.live and thing.live_revision_id == row.revision_id


def _schedule_again(row: ScheduledPublication) -> None:
    """Wagtail takes the schedule away before it saves the page; where that fails, the page would be forgotten."""
    Revision.objects.filter(pk=row.revision_id, approved_go_live_at=None).update(approved_go_live_at=row.due_at)


def _follow_up(row: ScheduledPublication, now: datetime) -> None:
    """Do what Wagtail does after a publication, whoever fails; what is not done is tried again."""
    thing = row.revision.content_object
    if not _is_live(row):
        if row.state == State.BEGUN and thing is not None and not _was_overtaken(row, thing):
            _schedule_again(row)  # The process died before the page was saved.
        else:
            row.delete()  # Gone, taken down, or published anew: that publication told of itself.
    elif failures := list(_tell(thing, row.revision)):
        _postpone(row, State.UNTOLD, "; ".join(failures), now)
    else:
        row.delete()


def _was_overtaken(row: ScheduledPublication, thing: Any) -> bool:
    return thing.last_published_at is not None and thing.last_published_at >= row.due_at


def _tell(thing: Any, revision: Revision) -> Iterator[str]:
    """Tell everybody, each for itself, and bring what hangs on the page after it. Yields what failed."""
    signals = [(page_published, thing), (published, thing)] if isinstance(thing, Page) else [(published, thing)]
    for signal, instance in signals:
        for receiver, outcome in signal.send_robust(sender=type(instance), instance=instance, revision=revision):
            if isinstance(outcome, Exception):
                name = f"{receiver.__module__}.{getattr(receiver, '__qualname__', receiver)}"
                logger.error("%s failed for “%s”", name, thing, exc_info=outcome)
                yield f"{name}: {outcome}"
    try:
        with transaction.atomic():
            if isinstance(thing, WorkflowMixin) and (workflow := thing.current_workflow_state):
                workflow.cancel()
            if isinstance(thing, Page):
                thing.update_aliases(revision=revision)
    except Exception as error:
        logger.exception("what hangs on “%s” could not follow", thing)
        yield str(error)


def _postpone(row: ScheduledPublication, state: str, reason: str, now: datetime) -> None:
    wait = min(FIRST_WAIT * 2 ** min(row.attempts, 10), LONGEST_WAIT)
    ScheduledPublication.objects.filter(pk=row.pk).update(
        state=state, reason=reason, attempts=row.attempts + 1, next_attempt_at=now + wait
    )


def _in_words(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return _("An error of the site: %(error)s. The log has more.") % {"error": f"{type(error).__name__}: {error}"}


def _expired(now: datetime) -> Iterator[Any]:
    drafted = [
        model for model in apps.get_models() if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
    for model in (Page, *drafted):
        yield from list(model._default_manager.filter(Q(live=True), expire_at__lt=now).order_by("expire_at"))
