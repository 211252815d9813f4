from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from content.records import Country
from social_publisher.approval import service
from social_publisher.delivery.arm import arm
from social_publisher.models import Alert, Approval, Attempt, AuditEvent, Blackout, CampaignRules, Delivery, Post
from tests.factories import make_alert, make_campaign, make_channel, make_delivery, send_at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Delivery:
    return make_delivery(due_at=soon(60))


def soon(minutes: int) -> datetime:
    return timezone.now() + timedelta(minutes=minutes)


def blackout(**fields: object) -> Blackout:
    values = {"name": "Mourning", "kind": "mourning", "starts_at": soon(30), "ends_at": soon(300), **fields}
    return Blackout.objects.create(**values)


def state(row: Delivery) -> str:
    row.refresh_from_db()
    return row.state


def test_a_blackout_that_is_added_stops_what_waits_inside_and_tells_people(
    row: Delivery, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        blackout()
    assert state(row) == "cancelled"
    assert "Mourning" in row.reason
    assert "Mourning" in Approval.objects.get().voided_reason
    assert Alert.objects.get(kind="stopped").delivery == row
    assert AuditEvent.objects.filter(action="approval.voided").exists()


def test_one_that_grows_over_it_stops_it_too(row: Delivery, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        small = blackout(ends_at=soon(40))
    assert state(row) == "waiting"
    small.ends_at = soon(90)
    with django_capture_on_commit_callbacks(execute=True):
        small.save()
    assert state(row) == "cancelled"


def test_its_countries_and_campaigns_are_those_of_the_end_of_the_change(
    row: Delivery, django_capture_on_commit_callbacks: Any
) -> None:
    romania, greece = (Country.objects.get_or_create(code=code)[0] for code in ("RO", "GR"))
    row.channel.countries.set([romania])
    with django_capture_on_commit_callbacks(execute=True):
        other = blackout()
        other.countries.set([greece])
    with django_capture_on_commit_callbacks(execute=True):
        others = blackout()
        others.campaigns.set([make_campaign()])
    assert state(row) == "waiting"
    with django_capture_on_commit_callbacks(execute=True):
        romania.blackouts.add(other)
    assert state(row) == "cancelled"


def test_rules_by_which_it_only_advises_stop_nothing(row: Delivery, django_capture_on_commit_callbacks: Any) -> None:
    CampaignRules.objects.create(campaign=row.post.campaign, blocking_checks=[])
    with django_capture_on_commit_callbacks(execute=True):
        blackout()
    assert state(row) == "waiting"


def test_what_leaves_outside_or_urgently_stays(row: Delivery, django_capture_on_commit_callbacks: Any) -> None:
    later = make_delivery(due_at=soon(400))
    urgent = Delivery.objects.get(post=send_at_once(make_alert()).approval.post)
    with django_capture_on_commit_callbacks(execute=True):
        blackout()
    assert (state(row), state(urgent), state(later)) == ("cancelled", "waiting", "waiting")


def test_one_post_that_cannot_be_stopped_keeps_no_other_from_it(
    row: Delivery, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    other = make_delivery(due_at=soon(60))
    void = service.void

    def failing(post: Post, reason: str) -> None:
        if post.pk == row.post_id:
            raise RuntimeError("broken")
        void(post, reason)

    monkeypatch.setattr(service, "void", failing)
    with django_capture_on_commit_callbacks(execute=True):
        blackout()
    assert (state(row), state(other)) == ("waiting", "cancelled")


class TestArming:
    """Whatever the receiver did not see is seen here."""

    @pytest.fixture
    def due(self, row: Delivery) -> Delivery:
        Delivery.objects.filter(pk=row.pk).update(next_at=soon(0))
        return row

    def test_nothing_is_armed_inside_a_blackout(self, due: Delivery, django_capture_on_commit_callbacks: Any) -> None:
        blackout(starts_at=soon(-5))
        with django_capture_on_commit_callbacks(execute=True):
            assert arm([due.pk], uuid4(), timezone.now()) == []
        assert state(due) == "cancelled"
        assert not Attempt.objects.exists()
        assert "Mourning" in Approval.objects.get().voided_reason
        assert Alert.objects.filter(kind="stopped", delivery=due).exists()

    def test_a_post_that_was_late_is_judged_by_now(self, due: Delivery) -> None:
        Delivery.objects.filter(pk=due.pk).update(next_at=soon(-20))
        blackout(starts_at=soon(-5))
        assert arm([due.pk], uuid4(), timezone.now()) == []

    def test_other_countries_blackouts_hold_nothing_up(self, due: Delivery) -> None:
        due.channel.countries.set([Country.objects.get_or_create(code="RO")[0]])
        blackout(starts_at=soon(-5)).countries.set([Country.objects.get_or_create(code="GR")[0]])
        assert len(arm([due.pk], uuid4(), timezone.now())) == 1

    def test_it_costs_one_query_where_none_stands(self, due: Delivery) -> None:
        others = [make_delivery(make_channel()) for _number in range(2)]
        with CaptureQueriesContext(connection) as queries:
            arm([due.pk, *[other.pk for other in others]], uuid4(), timezone.now())
        assert sum("social_publisher_blackout" in query["sql"] for query in queries) == 1
