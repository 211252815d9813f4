"""What the leading clock does at intervals. Each job is short, repeatable and safe beside a second leader."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from content.contact import mail as contact_mail
from content.contact.store import forget as forget_contact_messages
from content.publishing.scheduled import publish_due
from content.report import links as page_links
from content.search import index as search_index
from content.search import tally as search_tally
from content.search import words as search_words
from media.unfinished import forget_unfinished
from social_publisher.approval.break_glass import remind
from social_publisher.approval.sealing import seal, settled
from social_publisher.clock.leader import Leader
from social_publisher.connections.protection import remind as remind_of_protection
from social_publisher.connections.renew import look_after, renew_due
from social_publisher.delivery import launching
from social_publisher.delivery.due import mark_missed, past_cut_off
from social_publisher.delivery.foreign import look_around
from social_publisher.delivery.ledger_time import ledger_now
from social_publisher.delivery.recall import carry_steps, due_steps
from social_publisher.delivery.reconcile import reconcile
from social_publisher.delivery.recover import expire_leases, settle_unknown, silent, unknown
from social_publisher.delivery.takedown import look_for_late
from social_publisher.engagement.collect import collect
from social_publisher.engagement.retention import forget as forget_readings
from social_publisher.engagement.rollup import fresh_clicks, roll_up_clicks, roll_up_missing
from social_publisher.engagement.writing import forget_readers
from social_publisher.networks import reader
from social_publisher.notices import webhooks
from social_publisher.notices.fan_out import behind, fan_out, raise_from_audit, untold
from social_publisher.notices.inbox import prune
from social_publisher.notices.mail import mail_due
from social_publisher.planning.series import extend_all
from social_publisher.reports.monthly import mail_monthly

logger = logging.getLogger(__name__)


LOOK_SECONDS = 2.0
# What is looked for runs at this interval all the same: nothing rests on the look alone.
REGARDLESS = 30.0


@dataclass(frozen=True)
class Job:
    """One interval job; the interval is in seconds. With `waits`, it also runs as soon as one of these finds a row; not
    while many posts leave, if it `gives_way`."""

    name: str
    interval: float
    work: Callable[[], object]
    waits: tuple[Callable[[datetime], QuerySet[Any, Any]], ...] = ()
    gives_way: bool = False


def tell() -> None:
    """Give everybody whom it concerns a notice of what happened, and mail it to those who want that."""
    now = timezone.now()
    raise_from_audit(now)
    fan_out(now)
    try:
        mail_due(now)
    except OSError as error:
        logger.warning("staff could not be told by mail (%s); trying again", error)


def interval_jobs(kick: Callable[[], None]) -> list[Job]:
    """Return the jobs of the leader. `kick` wakes the delivery timer, in case a notification was lost."""
    return [
        Job("missed", REGARDLESS, lambda: mark_missed(ledger_now()), (past_cut_off,)),
        Job("leases", REGARDLESS, lambda: expire_leases(ledger_now()), (silent,)),
        Job("unknown", REGARDLESS, lambda: settle_unknown(ledger_now()), (unknown,)),
        Job("launches", REGARDLESS, lambda: launching.look_at_launches(ledger_now()), (launching.due,)),
        Job("kick", 5.0, kick),
        # Several, so that a network that hangs keeps no other channel's post in sight.
        *(Job(f"takedowns-{number}", REGARDLESS, carry_steps, (due_steps,)) for number in range(1, 4)),
        Job("late-takedowns", 10.0, lambda: look_for_late(ledger_now())),
        Job("posts-from-elsewhere", 300.0, lambda: look_around(ledger_now())),
        Job("remind-of-sign-offs", 60.0, lambda: remind(timezone.now())),
        Job("seal-audit", REGARDLESS, seal, (lambda _now: settled(),), gives_way=True),
        Job("tell-people", REGARDLESS, tell, (lambda _now: behind(), lambda _now: untold())),
        Job("webhooks", REGARDLESS, lambda: webhooks.send_due(timezone.now()), (webhooks.due,)),
        Job("forget-notices", 3600.0, lambda: prune(timezone.now())),
        Job("renew-permissions", 30.0, lambda: renew_due(timezone.now())),
        Job("look-after-connections", 900.0, lambda: look_after(timezone.now())),
        Job("remind-of-second-factors", 3600.0, lambda: remind_of_protection(timezone.now())),
        Job("reconcile", 60.0, lambda: reconcile(ledger_now())),
        Job("collect-engagement", float(settings.ENGAGEMENT_INTERVAL), lambda: collect(timezone.now())),
        Job("numbers-of-clicks", REGARDLESS, lambda: roll_up_clicks(timezone.now()), (fresh_clicks,), gives_way=True),
        Job("numbers-that-are-missing", 300.0, roll_up_missing),
        Job("forget-readers", 60.0, lambda: forget_readers(timezone.now())),
        Job("forget-readings", 24 * 3600.0, lambda: forget_readings(timezone.now())),
        Job("monthly-reports", 3600.0, lambda: mail_monthly(timezone.now()), gives_way=True),
        Job("extend-series", 600.0, lambda: extend_all(ledger_now())),
        Job(
            "mail-contact-messages",
            REGARDLESS,
            lambda: contact_mail.mail_due(timezone.now()),
            (contact_mail.due,),
        ),
        Job("forget-contact-messages", 3600.0, lambda: forget_contact_messages(timezone.now())),
        Job("publish-scheduled-pages", 20.0, lambda: publish_due(timezone.now())),
        Job("search-index", REGARDLESS, search_index.index_waiting, (lambda _now: search_index.waiting(),)),
        Job("search-reconcile", 60.0, search_index.reconcile),
        Job("search-words", 60.0, search_words.count_words),
        Job("collect-links", 24 * 3600.0, lambda: page_links.collect(timezone.now())),
        Job("look-at-links", 60.0, lambda: page_links.look_at_due(timezone.now(), reader.look)),
        Job("forget-uploads", 3600.0, lambda: forget_unfinished(timezone.now())),
        Job("forget-searches", 3600.0, lambda: search_tally.forget(timezone.now())),
    ]


def guarded(job: Job, leader: Leader) -> Callable[[], None]:
    """Run the job only on the leader; a failure is logged and the job comes again."""

    def run() -> None:
        if not leader.leads():
            return
        try:
            job.work()
        except Exception:
            logger.exception("the job %s failed; it runs again in %.0f s", job.name, job.interval)
            connection.close()

    return run
