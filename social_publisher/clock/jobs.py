"""What the leading clock does at intervals. Each job is short, repeatable and safe beside a second leader."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from social_publisher.approval.sealing import seal
from social_publisher.clock.leader import Leader
from social_publisher.connections.renew import look_after, renew_due
from social_publisher.delivery.due import mark_missed
from social_publisher.delivery.ledger_time import ledger_now
from social_publisher.delivery.reconcile import reconcile
from social_publisher.delivery.recover import expire_leases, settle_unknown
from social_publisher.engagement.collect import collect
from social_publisher.notices.fan_out import fan_out, raise_from_audit
from social_publisher.notices.inbox import prune
from social_publisher.notices.mail import mail_due
from social_publisher.notices.webhooks import send_due

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """One interval job; the interval is in seconds."""

    name: str
    interval: float
    work: Callable[[], object]


def tell() -> None:
    """Give everybody whom it concerns a notice of what happened, and mail it to those who want that."""
    now = timezone.now()
    raise_from_audit(now)
    fan_out(now)
    try:
        mail_due(now)
    except OSError as error:
        logger.warning("staff could not be told by mail (%s); trying again", error)


def publish_scheduled_pages() -> None:
    """Publish and expire pages whose time has come; Wagtail's own command."""
    call_command("publish_scheduled", verbosity=0)


def interval_jobs(kick: Callable[[], None]) -> list[Job]:
    """Return the jobs of the leader. `kick` wakes the delivery timer, in case a notification was lost."""
    return [
        Job("missed", 2.0, lambda: mark_missed(ledger_now())),
        Job("leases", 2.0, lambda: expire_leases(ledger_now())),
        Job("unknown", 2.0, lambda: settle_unknown(ledger_now())),
        Job("kick", 5.0, kick),
        Job("seal-audit", 2.0, seal),
        Job("tell-people", 5.0, tell),
        Job("webhooks", 5.0, lambda: send_due(timezone.now())),
        Job("forget-notices", 3600.0, lambda: prune(timezone.now())),
        Job("renew-permissions", 30.0, lambda: renew_due(timezone.now())),
        Job("look-after-connections", 900.0, lambda: look_after(timezone.now())),
        Job("reconcile", 60.0, lambda: reconcile(ledger_now())),
        Job("collect-engagement", float(settings.ENGAGEMENT_INTERVAL), lambda: collect(timezone.now())),
        Job("publish-scheduled-pages", 20.0, publish_scheduled_pages),
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
