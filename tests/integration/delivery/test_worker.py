from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone

from content.pages import HomePage
from content.starter import load_starting_content
from media.models import CampaignRendition
from social_publisher.delivery import pausing
from social_publisher.delivery.arm import arm
from social_publisher.delivery.due import due_ids, mark_missed, next_due_at
from social_publisher.delivery.recover import expire_leases, settle_unknown
from social_publisher.delivery.send import Outcome, send
from social_publisher.delivery.settle import settle
from social_publisher.delivery.worker import carry
from social_publisher.models import Attempt, Delivery, Post, RehearsalPost
from social_publisher.models.ledger import Event
from social_publisher.networks import registry
from social_publisher.networks.base import Account, CannotTell, Network, Outgoing, Receipt, Witness
from social_publisher.networks.errors import (
    NetworkError,
    RefusedError,
    TemporaryError,
    UnknownOutcomeError,
)
from social_publisher.networks.rehearsal import RehearsalNetwork
from social_publisher.rehearsal.store import DatabaseWall
from tests.factories import approve, make_channel, make_delivery, make_image, make_post, make_user

pytestmark = pytest.mark.django_db


def settle_fully(now: datetime) -> int:
    """Ask after the settling delay, and once more, as the sweep does."""
    return sum(settle_unknown(now + timedelta(seconds=wait)) for wait in (10, 20))


def at_due(delivery: Delivery) -> datetime:
    return delivery.due_at + timedelta(milliseconds=1)


def run(delivery: Delivery, now: datetime | None = None) -> Delivery:
    """Carry one delivery at its due time."""
    moment = now or at_due(delivery)
    carry([delivery.pk], clock=lambda: moment)
    delivery.refresh_from_db()
    return delivery


class Troubled(RehearsalNetwork):
    """The rehearsal network with an error to raise, before or after it took the post."""

    def __init__(self) -> None:
        super().__init__(DatabaseWall())
        self.error: Exception | None = None
        self.after_taking = False
        self.witness: Witness | None = None

    def send(self, account: Account, post: Outgoing) -> Receipt:
        if self.error and not self.after_taking:
            raise self.error
        receipt = super().send(account, post)
        if self.error:
            raise self.error
        return receipt

    def find(self, account: Account, post: Outgoing) -> Witness:
        return self.witness or super().find(account, post)


@pytest.fixture
def troubled() -> Iterator[Troubled]:
    usual: Network = registry.get("rehearsal")
    network = Troubled()
    registry.register(network)
    yield network
    registry.register(usual)


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
    assert due_ids(early) == []
    assert next_due_at(early) == delivery.due_at
    assert run(delivery, early).state == "waiting"


def test_the_attempt_stands_in_the_ledger_before_the_network_is_called() -> None:
    delivery = make_delivery()
    owner = uuid4()
    (armed,) = arm([delivery.pk], owner, at_due(delivery))
    attempt = Attempt.objects.get()
    assert attempt.outcome == "open"
    assert attempt.payload["text"] == armed.outgoing.text
    assert not RehearsalPost.objects.exists()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.owner) == ("armed", owner)


def test_a_second_process_wins_nothing() -> None:
    delivery = make_delivery()
    assert arm([delivery.pk], uuid4(), at_due(delivery))
    assert arm([delivery.pk], uuid4(), at_due(delivery)) == []


def test_a_change_no_receiver_saw_is_stopped_at_arming() -> None:
    delivery = make_delivery()
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
    assert due_ids(at_due(delivery)) == []
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

    def arm_then_pause(ids: Sequence[int], owner: Any, now: datetime) -> Any:
        armed = arm(ids, owner, now)
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


@pytest.mark.parametrize("error", [UnknownOutcomeError("No answer."), RuntimeError("broken module")])
def test_an_unknown_outcome_is_never_repeated_blindly(troubled: Troubled, error: Exception) -> None:
    troubled.error, troubled.after_taking = error, True
    delivery = run(make_delivery())
    assert delivery.state == "unknown"
    assert run(delivery).state == "unknown"
    assert settle_fully(at_due(delivery)) == 1
    delivery.refresh_from_db()
    assert delivery.state == "published"
    assert RehearsalPost.objects.count() == 1


def test_a_post_that_surely_did_not_arrive_is_sent(troubled: Troubled) -> None:
    troubled.error = UnknownOutcomeError("No answer.")
    delivery = run(make_delivery())
    troubled.error = None
    assert settle_unknown(at_due(delivery)) == 0
    assert settle_unknown(at_due(delivery) + timedelta(seconds=5)) == 0
    assert settle_unknown(at_due(delivery) + timedelta(seconds=6)) == 0
    assert settle_unknown(at_due(delivery) + timedelta(seconds=9)) == 1
    assert run(delivery, at_due(delivery) + timedelta(seconds=10)).state == "published"
    assert [attempt.outcome for attempt in delivery.attempts.all()] == ["absent", "published"]


def test_without_a_witness_a_person_decides(troubled: Troubled) -> None:
    troubled.error, troubled.witness = UnknownOutcomeError("No answer."), CannotTell("It cannot be read back.")
    delivery = run(make_delivery())
    settle_fully(at_due(delivery))
    delivery.refresh_from_db()
    assert (delivery.state, delivery.reason) == ("needs_person", "It cannot be read back.")


def test_a_network_that_cannot_be_asked_leaves_the_question_open(troubled: Troubled) -> None:
    class Down(Troubled):
        def find(self, account: Account, post: Outgoing) -> Witness:
            raise TemporaryError("Down.")

    troubled.error = UnknownOutcomeError("No answer.")
    delivery = run(make_delivery())
    registry.register(Down())
    assert settle_fully(at_due(delivery)) == 0
    delivery.refresh_from_db()
    assert delivery.state == "unknown"


def test_a_dead_owners_post_is_looked_for_before_anything_else() -> None:
    delivery = make_delivery()
    now = at_due(delivery)
    (armed,) = arm([delivery.pk], uuid4(), now)
    send(armed)  # the process dies here: sent, not settled
    assert expire_leases(now + timedelta(seconds=5)) == 0
    assert expire_leases(now + timedelta(minutes=1)) == 1
    settle_fully(now + timedelta(minutes=1))
    delivery.refresh_from_db()
    assert delivery.state == "published"
    assert RehearsalPost.objects.count() == 1


def test_an_owner_believed_dead_may_still_bring_its_receipt() -> None:
    delivery = make_delivery()
    now, owner = at_due(delivery), uuid4()
    (armed,) = arm([delivery.pk], owner, now)
    outcome = send(armed)
    expire_leases(now + timedelta(minutes=1))
    settle([outcome], owner, now + timedelta(minutes=2))
    delivery.refresh_from_db()
    assert delivery.state == "published"


def test_an_owner_believed_dead_cannot_fail_a_post_that_another_one_has() -> None:
    delivery = make_delivery()
    now, first = at_due(delivery), uuid4()
    (armed,) = arm([delivery.pk], first, now)
    expire_leases(now + timedelta(minutes=1))
    settle_fully(now + timedelta(minutes=1))
    second = uuid4()
    assert arm([delivery.pk], second, now + timedelta(minutes=2))
    settle([Outcome(armed, error=RefusedError("late word"))], first, now + timedelta(minutes=3))
    delivery.refresh_from_db()
    assert (delivery.state, delivery.owner) == ("armed", second)


def test_every_attempt_carries_the_same_key() -> None:
    delivery = make_delivery()
    now = at_due(delivery)
    for minute in range(2):
        moment = now + timedelta(minutes=5 * minute)
        arm([delivery.pk], uuid4(), moment)
        expire_leases(moment + timedelta(minutes=1))
        settle_fully(moment + timedelta(minutes=1))
    assert len(set(delivery.attempts.values_list("idempotency_key", flat=True))) == 1


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


def test_a_broken_module_leaves_other_questions_to_be_settled(
    troubled: Troubled, monkeypatch: pytest.MonkeyPatch
) -> None:
    troubled.error, troubled.after_taking = UnknownOutcomeError("No answer."), True
    first, second = run(make_delivery()), run(make_delivery())
    find = troubled.find

    def broken(account: Account, post: Outgoing) -> Witness:
        if account.handle == first.channel.handle:
            raise KeyError("a bug")
        return find(account, post)

    monkeypatch.setattr(troubled, "find", broken)
    assert settle_fully(max(at_due(first), at_due(second))) == 1
    second.refresh_from_db()
    assert second.state == "published"


def test_a_receipt_that_comes_when_the_row_waits_again_stops_a_second_sending() -> None:
    delivery = make_delivery()
    now, owner = at_due(delivery), uuid4()
    (armed,) = arm([delivery.pk], owner, now)
    Delivery.objects.move(Event.LOST, [delivery.pk], at=now)
    Delivery.objects.move(Event.ABSENT, [delivery.pk], at=now)
    settle([send(armed)], owner, now)
    assert run(delivery, now + timedelta(seconds=1)).state == "published"
    assert RehearsalPost.objects.count() == 1


def test_an_owner_whose_lease_ran_out_calls_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = make_delivery()
    moments = iter([at_due(delivery), *[at_due(delivery) + timedelta(minutes=5)] * 5])
    assert carry([delivery.pk], clock=lambda: next(moments)) == 0
    assert not RehearsalPost.objects.exists()


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
