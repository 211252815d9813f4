"""What staff are told, and what is found once a minute."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from content.pages import HomePage
from content.starter import load_starting_content
from social_publisher.approval import service
from social_publisher.delivery.due import mark_missed
from social_publisher.delivery.reconcile import reconcile
from social_publisher.models import Alert, Approval, AuditEvent, Delivery, Pause, RehearsalPost
from social_publisher.models.ledger import Event
from social_publisher.networks.errors import AuthError, RefusedError
from tests.factories import make_delivery
from tests.integration.delivery.rig import Troubled, at_due, run

pytestmark = pytest.mark.django_db


def test_lost_permission_pauses_the_channel_and_keeps_its_posts(troubled: Troubled) -> None:
    troubled.error = AuthError("The token is no longer valid.")
    delivery = run(make_delivery())
    assert delivery.state == "waiting"
    pause = Pause.objects.get(channel=delivery.channel, lifted_at=None)
    assert pause.paused_by is None
    assert AuditEvent.objects.filter(action="paused").exists()
    assert Alert.objects.get().kind == "channel_paused"
    assert "Reconnect the channel" in Alert.objects.get().words
    troubled.error = None
    pause.delete()
    assert run(delivery).state == "published"


def test_what_is_refused_or_missed_is_told(troubled: Troubled) -> None:
    troubled.error = RefusedError("Not allowed here.")
    run(make_delivery())
    late = make_delivery()
    mark_missed(late.cut_off_at)
    assert set(Alert.objects.values_list("kind", flat=True)) == {"refused", "missed"}


def test_an_approval_without_its_deliveries_gets_them() -> None:
    delivery = make_delivery()
    now = delivery.due_at
    delivery.delete()
    assert reconcile(now)["deliveries"] == 1
    assert Delivery.objects.get().state == "waiting"
    assert reconcile(now)["deliveries"] == 0


def test_one_approval_that_cannot_be_read_holds_back_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [make_delivery(due_at=timezone.now() + timedelta(minutes=5)) for _number in range(2)]
    complete = service.complete

    def fails_once(approval_id: int) -> int:
        if approval_id == rows[0].approval_id:
            raise ValueError("unreadable")
        return complete(approval_id)

    Delivery.objects.all().delete()
    monkeypatch.setattr(service, "complete", fails_once)
    assert reconcile(rows[0].due_at)["deliveries"] == 1


def test_a_stopped_delivery_is_not_made_anew() -> None:
    delivery = make_delivery()
    Delivery.objects.move(Event.CANCELLED, [delivery.pk], at=delivery.due_at)
    assert reconcile(delivery.due_at)["deliveries"] == 0
    assert Approval.objects.get().stands


def test_a_page_that_went_live_lets_its_post_leave() -> None:
    load_starting_content()
    page = HomePage.objects.get().get_children().get(slug="about")
    delivery = make_delivery(link_page=page, link_url="")
    page.unpublish()
    run(delivery)
    assert not RehearsalPost.objects.exists()
    page.refresh_from_db()
    page.specific.save_revision().publish()
    now = at_due(delivery) + timedelta(seconds=5)
    assert reconcile(now)["pages"] == 1
    assert run(delivery, now).state == "published"


def test_what_has_not_moved_is_shown_once() -> None:
    delivery = make_delivery()
    late = delivery.due_at + timedelta(minutes=6)
    assert reconcile(late)["stuck"] == 1
    assert reconcile(late)["stuck"] == 0
    assert Alert.objects.get().kind == "stuck"


def test_an_attempt_nobody_works_on_is_closed() -> None:
    delivery = run(make_delivery())
    delivery.attempts.update(outcome="open")
    assert reconcile(at_due(delivery) + timedelta(minutes=6))["attempts"] == 1
    assert delivery.attempts.get().outcome == "unknown"
