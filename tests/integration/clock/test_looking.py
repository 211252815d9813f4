"""What wakes the leader's quick jobs: one statement that agrees with what each job would find."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from content.contact.models import ContactMessage
from content.search.models import SearchWaiting
from social_publisher.approval import sealing
from social_publisher.clock.jobs import interval_jobs
from social_publisher.clock.looking import Look
from social_publisher.delivery.arm import arm
from social_publisher.delivery.ledger_time import ledger_now
from social_publisher.delivery.takedown import take_down
from social_publisher.models import Alert, AuditEvent, Delivery, Launch, Pause, Post, Webhook, WebhookCall
from social_publisher.models.ledger import Event
from social_publisher.notices.fan_out import raise_from_audit
from tests.factories import make_approver, make_delivery
from tests.integration.delivery.rig import at_due, run
from tests.pages import make_news

TAKEDOWNS = {"takedowns-1", "takedowns-2", "takedowns-3"}
HOUR = timedelta(hours=1)


def woken(after: timedelta = timedelta()) -> set[str]:
    """The jobs that are woken now, or would be later."""
    return set(Look(interval_jobs(lambda: None)).waiting(ledger_now() + after))


def armed() -> Delivery:
    delivery = make_delivery()
    arm([delivery.pk], uuid4(), at_due(delivery))
    return delivery


def past_its_cut_off() -> None:
    delivery = make_delivery()
    assert woken() == set()
    Delivery.objects.filter(pk=delivery.pk).update(cut_off_at=ledger_now())


def left_by_its_owner() -> None:
    Delivery.objects.filter(pk=armed().pk).update(lease_until=ledger_now() - HOUR)


def unknown() -> None:
    delivery = armed()
    delivery.refresh_from_db()
    Delivery.objects.move(Event.LOST, [delivery.pk], at=ledger_now(), owner=delivery.owner)


def a_launch_whose_page_is_live() -> None:
    delivery = make_delivery()
    launch = Launch.objects.create(page=make_news().page_ptr)
    SearchWaiting.objects.all().delete()
    assert woken() == set()
    Post.objects.filter(pk=delivery.post_id).update(launch=launch)


def a_takedown() -> None:
    take_down(run(make_delivery()).post, make_approver(), "The number is wrong.")


def an_alert() -> None:
    Alert.objects.raise_for(Alert.Kind.MISSED, [make_delivery().pk], timezone.now(), "")


def a_call() -> None:
    hook = Webhook.objects.create(name="Desk", url="https://example.org/hook", kinds=["missed"], active=False)
    WebhookCall.objects.create(webhook=hook, kind="missed", body="{}", created_at=ledger_now(), next_at=ledger_now())
    assert woken() == set()
    Webhook.objects.update(active=True)


def a_message() -> None:
    ContactMessage.objects.create(
        form_id=uuid4(), text="Good day.", language="en", received_at=timezone.now(), delete_on=timezone.now().date()
    )
    assert woken() == set()
    ContactMessage.objects.update(mail_at=timezone.now())


def a_published_page() -> None:
    SearchWaiting.objects.create(page_id=1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cause", "jobs"),
    [
        (past_its_cut_off, {"missed"}),
        (left_by_its_owner, {"leases"}),
        (unknown, {"unknown"}),
        (a_launch_whose_page_is_live, {"launches"}),
        (a_takedown, TAKEDOWNS),
        (an_alert, {"tell-people"}),
        (a_call, {"webhooks"}),
        (a_message, {"mail-contact-messages"}),
        (a_published_page, {"search-index"}),
    ],
)
def test_what_happens_wakes_its_job_and_no_other(cause: Callable[[], None], jobs: set[str]) -> None:
    cause()
    Alert.objects.exclude(kind=Alert.Kind.MISSED).update(told_at=timezone.now())
    assert woken() == jobs


@pytest.mark.django_db
def test_an_idle_look_is_one_query() -> None:
    look = Look(interval_jobs(lambda: None))
    with CaptureQueriesContext(connection) as queries:
        assert look.waiting(ledger_now()) == []
    assert len([query for query in queries if "EXISTS" in query["sql"]]) == len(queries) == 1


@pytest.mark.django_db
def test_the_audit_is_sealed_and_then_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "SETTLED", "true")
    raise_from_audit(timezone.now())
    AuditEvent.objects.create(at=timezone.now(), actor_name="", action="test", subject="post:1", data={})
    assert woken() == {"seal-audit"}
    sealing.seal()
    assert woken() == {"tell-people"}
    raise_from_audit(timezone.now())
    assert woken() == set()


@pytest.mark.django_db
def test_the_seal_gives_way_while_many_posts_are_due_and_urgent_news_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("social_publisher.delivery.due.CROWD", 1)
    monkeypatch.setattr(sealing, "SETTLED", "true")
    first, second = make_delivery(), make_delivery()
    assert woken() == {"seal-audit"}
    Delivery.objects.update(next_at=ledger_now())
    assert woken() == set()
    Alert.objects.raise_for(Alert.Kind.MISSED, [first.pk], timezone.now(), "")
    assert woken() == {"tell-people"}
    pause = Pause.objects.create(channel=second.channel, reason="For the test.", paused_at=timezone.now())
    assert woken() == {"tell-people", "seal-audit"}
    pause.delete()
    Delivery.objects.filter(pk=first.pk).update(next_at=ledger_now() + HOUR)
    assert woken() == {"tell-people", "seal-audit"}


def test_every_look_is_backed_by_an_interval() -> None:
    jobs: Any = interval_jobs(lambda: None)
    assert all(0 < job.interval <= 30 for job in jobs if job.waits)
