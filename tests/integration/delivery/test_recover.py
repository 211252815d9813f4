from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from social_publisher.approval import service
from social_publisher.delivery import recover
from social_publisher.delivery.arm import arm
from social_publisher.delivery.reconcile import reconcile
from social_publisher.delivery.recover import expire_leases, settle_unknown
from social_publisher.delivery.send import Outcome
from social_publisher.delivery.settle import settle
from social_publisher.delivery.worker import carry
from social_publisher.models import Circuit, Delivery, RehearsalPost
from social_publisher.models.ledger import Event
from social_publisher.networks import registry
from social_publisher.networks.base import Absent, Account, CannotTell, Found, Outgoing, Receipt, Witness
from social_publisher.networks.errors import (
    RefusedError,
    TemporaryError,
    UnknownOutcomeError,
)
from tests.factories import approve, make_channel, make_delivery
from tests.integration.delivery.rig import Troubled, at_due, run, send_unsettled, settle_fully

pytestmark = pytest.mark.django_db


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
    owner = uuid4()
    (armed,) = arm([delivery.pk], owner, now)
    send_unsettled(armed, owner, now)  # the process dies here: sent, not settled
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
    outcome = send_unsettled(armed, owner, now)
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


def test_a_broken_module_holds_up_no_other_question(troubled: Troubled, monkeypatch: pytest.MonkeyPatch) -> None:
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
    receipt = send_unsettled(armed, owner, now)
    Delivery.objects.move(Event.LOST, [delivery.pk], at=now)
    Delivery.objects.move(Event.ABSENT, [delivery.pk], at=now)
    settle([receipt], owner, now)
    assert run(delivery, now + timedelta(seconds=1)).state == "published"
    assert RehearsalPost.objects.count() == 1


def test_an_owner_whose_lease_ran_out_calls_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = make_delivery()
    moments = iter([at_due(delivery), *[at_due(delivery) + timedelta(minutes=5)] * 5])
    assert carry([delivery.pk], clock=lambda: next(moments)) == 0
    assert not RehearsalPost.objects.exists()


def test_a_post_in_hand_while_it_is_approved_anew_leaves_in_its_new_version() -> None:
    """The old version waits again under an approval that was taken back meanwhile."""
    delivery = make_delivery()
    post, now, owner = delivery.post, at_due(delivery), uuid4()
    (armed,) = arm([delivery.pk], owner, now)
    service.void(post, "Changed.")
    settle([Outcome(armed, error=TemporaryError("Later.", timedelta(minutes=15)))], owner, now)
    post.text = "The new version."
    post.save_revision(user=post.author)
    approve(post)
    assert list(Delivery.objects.filter(post=post).order_by("pk").values_list("state", flat=True)) == [
        "cancelled",
        "waiting",
    ]


def test_an_approval_that_raced_with_arming_still_gets_its_delivery() -> None:
    delivery = make_delivery()
    old = delivery.approval
    fresh = make_delivery()
    Delivery.objects.filter(pk=fresh.pk).update(approval=old, state="cancelled")
    assert reconcile(fresh.due_at)["deliveries"] == 1


def test_a_refusal_after_an_open_question_is_checked_before_it_is_believed(troubled: Troubled) -> None:
    """The first try was taken without an answer; the network calls the second a duplicate."""
    troubled.error, troubled.after_taking, troubled.witness = UnknownOutcomeError("No answer."), True, Absent()
    delivery = run(make_delivery())
    settle_fully(at_due(delivery))
    troubled.error, troubled.after_taking = RefusedError("Duplicate."), False
    again = at_due(delivery) + timedelta(minutes=1)
    assert run(delivery, again).state == "unknown"
    troubled.witness = None
    settle_fully(again)
    delivery.refresh_from_db()
    assert (delivery.state, RehearsalPost.objects.count()) == ("published", 1)


def test_a_refusal_that_stands_after_the_check_is_believed(troubled: Troubled) -> None:
    troubled.error = UnknownOutcomeError("No answer.")
    delivery = run(make_delivery())
    settle_fully(at_due(delivery))
    troubled.error = RefusedError("Not allowed here.")
    for minute in (1, 2):
        again = at_due(delivery) + timedelta(minutes=minute)
        run(delivery, again)
        settle_fully(again)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.reason) == ("failed", "Not allowed here.")


def test_an_old_answer_settles_no_new_question(troubled: Troubled) -> None:
    """Two clocks asked about the first attempt; one of them was slow, and the second attempt is in question by now."""
    troubled.error = UnknownOutcomeError("No answer.")
    delivery = run(make_delivery())
    slow = Delivery.objects.get()
    now = at_due(delivery)
    settle_unknown(now + timedelta(seconds=10))
    attempt = delivery.attempts.get()
    settle_unknown(now + timedelta(seconds=20))
    run(delivery, now + timedelta(seconds=30))
    assert delivery.state == "unknown"
    assert not recover._wait_again(slow, attempt, now + timedelta(seconds=40))
    delivery.refresh_from_db()
    assert delivery.state == "unknown"


def test_services_that_hang_are_asked_after_those_that_work(
    troubled: Troubled, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two services hang and use up the pass: the younger question of a working one is answered before them."""
    channels = [make_channel() for _place in range(3)]
    monkeypatch.setattr(troubled, "service", lambda account: account.handle)
    troubled.error = UnknownOutcomeError("No answer.")
    rows = [run(make_delivery(channel)) for channel in channels]
    assert [row.state for row in rows] == ["unknown"] * 3
    Circuit.objects.filter(service=channels[2].handle).update(failures=0)
    asked: list[str] = []
    monkeypatch.setattr(recover, "elapsed", lambda: len(asked) * recover.LONGEST_PASS * 0.6)

    def find(account: Account, post: Outgoing) -> Witness:
        asked.append(account.handle)
        if account.handle != channels[2].handle:
            raise TemporaryError("It hangs.")
        return Found(Receipt("1", "https://example.org/1", at_due(rows[2]), {}))

    monkeypatch.setattr(troubled, "find", find)
    assert settle_unknown(at_due(rows[2]) + timedelta(seconds=10)) == 1
    assert asked == [channels[2].handle, channels[0].handle]
