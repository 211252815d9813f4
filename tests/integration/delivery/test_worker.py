from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.utils import timezone

from content.pages import HomePage
from content.starter import load_starting_content
from media.models import CampaignRendition
from social_publisher.delivery import circuit, pausing
from social_publisher.delivery.arm import arm
from social_publisher.delivery.due import due, mark_missed, next_due_at
from social_publisher.delivery.journal import Journal, Permit
from social_publisher.delivery.send import Outcome
from social_publisher.delivery.settle import settle
from social_publisher.delivery.worker import carry
from social_publisher.models import Attempt, Delivery, Post, RehearsalPost
from social_publisher.models.ledger import Event
from social_publisher.networks.base import Account
from social_publisher.networks.errors import (
    NetworkError,
    RefusedError,
    TemporaryError,
    UnknownOutcomeError,
)
from tests.factories import approve, make_channel, make_delivery, make_image, make_post, make_user
from tests.integration.delivery.rig import Troubled, at_due, run

pytestmark = pytest.mark.django_db


def test_a_due_post_leaves_once_with_its_receipt() -> None:
    delivery = run(make_delivery())
    assert delivery.state == "published"
    assert RehearsalPost.objects.get().text.endswith(delivery.short_link.url)
    assert delivery.remote_url.endswith(delivery.remote_id)
    attempt = delivery.attempts.get()
    assert (attempt.outcome, attempt.receipt["id"]) == ("published", delivery.remote_id)


def test_carrying_the_same_id_again_sends_nothing() -> None:
    delivery = run(make_delivery())
    assert carry([delivery.pk], clock=lambda: at_due(delivery)) == 0
    assert RehearsalPost.objects.count() == 1


def test_nothing_leaves_before_its_time() -> None:
    delivery = make_delivery()
    early = delivery.due_at - timedelta(milliseconds=1)
    assert due(early) == []
    assert next_due_at(early) == delivery.due_at
    assert run(delivery, early).state == "waiting"


def test_what_is_armed_ahead_leaves_at_its_time_and_not_before() -> None:
    delivery = make_delivery()
    moments = [delivery.due_at - timedelta(milliseconds=50)]
    asked: list[datetime] = []

    def clock() -> datetime:
        asked.append(moments[0])
        moments[0] += timedelta(milliseconds=10)
        return asked[-1]

    assert carry([delivery.pk], clock=clock, ahead=timedelta(milliseconds=100)) == 1
    assert asked[0] < delivery.due_at
    assert max(asked) >= delivery.due_at
    assert RehearsalPost.objects.count() == 1


def test_a_post_withdrawn_after_arming_ahead_does_not_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = make_delivery()

    def arm_then_change(ids: Sequence[int], owner: Any, now: datetime, ahead: timedelta) -> Any:
        armed = arm(ids, owner, now, ahead)
        type(delivery.approval).objects.update(voided_at=now, voided_reason="Withdrawn.")
        return armed

    monkeypatch.setattr("social_publisher.delivery.worker.arm", arm_then_change)
    assert run(delivery).state == "waiting"
    assert not RehearsalPost.objects.exists()


def test_the_attempt_stands_in_the_ledger_before_the_network_is_called() -> None:
    delivery = make_delivery()
    owner = uuid4()
    (armed,) = arm([delivery.pk], owner, at_due(delivery))
    attempt = Attempt.objects.get()
    assert attempt.outcome == "open"
    assert attempt.payload["parts"][0]["text"] == armed.parts[0].text
    assert not RehearsalPost.objects.exists()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.owner) == ("armed", owner)


def test_a_second_process_wins_nothing() -> None:
    delivery = make_delivery()
    assert arm([delivery.pk], uuid4(), at_due(delivery))
    assert arm([delivery.pk], uuid4(), at_due(delivery)) == []


def test_a_change_no_receiver_saw_is_stopped_at_arming() -> None:
    approve(make_post())
    delivery = Delivery.objects.get()
    Post.objects.filter(pk=delivery.post_id).update(text="Slipped in past every screen.")
    assert run(delivery).state == "cancelled"
    assert "Changed after approval" in delivery.reason
    assert not RehearsalPost.objects.exists()


def test_a_voided_approval_lets_nothing_leave() -> None:
    delivery = make_delivery()
    type(delivery.approval).objects.update(voided_at=timezone.now(), voided_reason="Withdrawn.")
    assert run(delivery).state == "cancelled"
    assert delivery.reason == "Withdrawn."


@pytest.mark.parametrize("scope", ["channel", "campaign", "everything"])
def test_a_pause_holds_and_resuming_releases(scope: str) -> None:
    delivery = make_delivery()
    what: dict[str, Any] = {
        "channel": {"channel": delivery.channel},
        "campaign": {"campaign": delivery.post.campaign},
        "everything": {},
    }[scope]
    staff = make_user("Approvers")
    pausing.pause(**what, reason="Incident", user=staff)
    assert due(at_due(delivery)) == []
    assert run(delivery).state == "waiting"
    assert list(Delivery.objects.held()) == [delivery]
    assert pausing.resume(**what, user=staff)
    assert run(delivery).state == "published"


def test_another_channels_pause_holds_nothing() -> None:
    delivery = make_delivery()
    pausing.pause(channel=make_channel("x"), reason="Incident", user=make_user("Approvers"))
    assert run(delivery).state == "published"


def test_a_pause_between_arming_and_sending_puts_the_post_back(monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = make_delivery()
    staff = make_user("Approvers")

    def arm_then_pause(ids: Sequence[int], owner: Any, now: datetime, ahead: timedelta) -> Any:
        armed = arm(ids, owner, now, ahead)
        pausing.pause(channel=delivery.channel, reason="Incident", user=staff)
        return armed

    monkeypatch.setattr("social_publisher.delivery.worker.arm", arm_then_pause)
    assert run(delivery).state == "waiting"
    assert delivery.attempts.get().outcome == "released"
    assert not RehearsalPost.objects.exists()


def test_what_is_past_its_cut_off_is_missed_and_never_sent() -> None:
    delivery = make_delivery(useful_minutes=10)
    late = delivery.due_at + timedelta(minutes=10)
    assert run(delivery, late).state == "waiting"
    assert mark_missed(late) == 1
    assert run(delivery, late).state == "missed"
    assert not RehearsalPost.objects.exists()


def test_a_refusal_goes_to_a_person_with_the_networks_words(troubled: Troubled) -> None:
    troubled.error = RefusedError("Not allowed here.")
    delivery = run(make_delivery())
    assert (delivery.state, delivery.reason) == ("failed", "Not allowed here.")


def test_a_temporary_error_waits_as_long_as_the_network_wishes(troubled: Troubled) -> None:
    troubled.error = TemporaryError("Too many requests.", retry_after=timedelta(minutes=15))
    delivery = make_delivery()
    now = at_due(delivery)
    run(delivery, now)
    assert (delivery.state, delivery.next_at) == ("waiting", now + timedelta(minutes=15))
    troubled.error = None
    assert run(delivery, delivery.next_at).state == "published"
    assert delivery.attempts_made == 2


@pytest.mark.parametrize(
    ("before", "after"), [("published", "waiting"), ("missed", "waiting"), ("waiting", "recalled")]
)
def test_the_database_refuses_forbidden_moves(before: str, after: str) -> None:
    delivery = make_delivery()
    now = at_due(delivery)
    if before == "published":
        run(delivery)
    elif before == "missed":
        Delivery.objects.move(Event.TOO_LATE, [delivery.pk], at=now)
    with pytest.raises(IntegrityError, match="does not go from"), transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(state=after, published_at=now)


def test_a_post_has_one_delivery_a_channel() -> None:
    delivery = make_delivery()
    delivery.pk = None
    with pytest.raises(IntegrityError, match="one_delivery_per_post_and_channel"), transaction.atomic():
        delivery.save(force_insert=True)


def test_an_error_is_an_error_of_the_tree() -> None:
    for kind in (RefusedError, TemporaryError, UnknownOutcomeError):
        assert issubclass(kind, NetworkError)


def test_a_batch_takes_few_queries(django_assert_max_num_queries: Any) -> None:
    post = make_post([make_channel("x"), make_channel("bluesky"), make_channel("facebook")])
    approve(post)
    ids = list(Delivery.objects.values_list("pk", flat=True))
    with django_assert_max_num_queries(40):
        assert carry(ids, clock=lambda: post.due_at + timedelta(seconds=1)) == 3


def test_a_broken_post_holds_back_nobody_but_itself() -> None:
    broken, sound = make_delivery(image=make_image()), make_delivery()
    now = max(at_due(broken), at_due(sound))
    for rendition in CampaignRendition.objects.all():
        rendition.file.delete(save=False)
    carry([broken.pk, sound.pk], clock=lambda: now)
    broken.refresh_from_db()
    sound.refresh_from_db()
    assert sound.state == "published"
    assert (broken.state, broken.next_at > now) == ("waiting", True)
    assert "cannot be read" in broken.reason


def test_a_failing_batch_settles_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    deliveries = [make_delivery(), make_delivery()]

    def settle_singly(outcomes: Sequence[Outcome], owner: Any, now: datetime) -> None:
        if len(outcomes) > 1:
            raise OperationalError("lost")
        settle(outcomes, owner, now)

    monkeypatch.setattr("social_publisher.delivery.worker.settle", settle_singly)
    carry([row.pk for row in deliveries], clock=lambda: max(map(at_due, deliveries)))
    assert set(Delivery.objects.values_list("state", flat=True)) == {"published"}


def test_a_page_taken_down_after_approval_holds_its_post() -> None:
    load_starting_content()
    page = HomePage.objects.get().get_children().get(slug="about")
    delivery = make_delivery(link_page=page, link_url="")
    page.unpublish()
    assert run(delivery).state == "waiting"
    assert "not published" in delivery.reason


def test_a_withdrawn_post_is_stopped_even_when_its_picture_is_lost() -> None:
    delivery = make_delivery(image=make_image())
    type(delivery.approval).objects.update(voided_at=timezone.now(), voided_reason="Withdrawn.")
    for rendition in CampaignRendition.objects.all():
        rendition.file.delete(save=False)
    assert run(delivery).state == "cancelled"
    assert delivery.reason == "Withdrawn."


def test_a_receipt_is_written_down_as_soon_as_the_ledger_answers_again(monkeypatch: pytest.MonkeyPatch) -> None:
    deliveries = [make_delivery(), make_delivery()]
    tries = iter([OperationalError("gone"), OperationalError("gone"), InterfaceError("gone"), None, None])
    monkeypatch.setattr("social_publisher.delivery.worker.PAUSES", (0.0, 0.0, 0.0))

    def settle_at_last(outcomes: Sequence[Outcome], owner: Any, now: datetime) -> None:
        if (error := next(tries)) is not None:
            raise error
        settle(outcomes, owner, now)

    monkeypatch.setattr("social_publisher.delivery.worker.settle", settle_at_last)
    carry([row.pk for row in deliveries], clock=lambda: max(map(at_due, deliveries)))
    assert set(Delivery.objects.values_list("state", flat=True)) == {"published"}


def test_a_ledger_that_cannot_be_asked_lets_no_call_through(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(journal: Journal) -> Permit:
        raise OperationalError("gone")

    monkeypatch.setattr(Journal, "permit", unreachable)
    delivery = run(make_delivery())
    assert delivery.state == "waiting"
    assert not RehearsalPost.objects.exists()


def test_a_module_that_fails_before_sending_holds_back_nobody_else(
    troubled: Troubled, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, sound = make_delivery(), make_delivery()

    def service(account: Account) -> str:
        if account.handle == broken.channel.handle:
            raise KeyError("a bug")
        return "rehearsal"

    monkeypatch.setattr(troubled, "service", service)
    now = max(at_due(broken), at_due(sound))
    assert carry([broken.pk, sound.pk], clock=lambda: now) == 1
    sound.refresh_from_db()
    assert sound.state == "published"


def test_a_dead_service_ends_the_batch_early(troubled: Troubled) -> None:
    troubled.error = UnknownOutcomeError("No answer.")
    deliveries = [make_delivery() for _post in range(circuit.THRESHOLD + 3)]
    carry([row.pk for row in deliveries], clock=lambda: max(map(at_due, deliveries)))
    states = list(Delivery.objects.values_list("state", flat=True))
    assert (states.count("unknown"), states.count("waiting")) == (circuit.THRESHOLD, 3)


def test_a_channels_long_backlog_keeps_no_other_channel_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("social_publisher.delivery.due.EACH", 2)
    busy = make_channel()
    for _post in range(4):
        make_delivery(busy)
    late = make_delivery()
    rows = due(at_due(late))
    assert late.pk in {row.pk for row in rows}
    assert sum(row.channel_id == busy.pk for row in rows) == 2
