"""One person takes a post down; every channel is followed until it is done, whatever is killed in between."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from social_publisher.delivery import decide, pausing
from social_publisher.delivery.arm import arm
from social_publisher.delivery.journal import note_part
from social_publisher.delivery.ledger_time import ledger_now
from social_publisher.delivery.recall import LEASE, carry_steps
from social_publisher.delivery.settle import prove, settle
from social_publisher.delivery.takedown import TakedownError, look_for_late, removed_by_hand, take_down, try_again
from social_publisher.models import (
    Alert,
    Approval,
    AuditEvent,
    Delivery,
    Pause,
    Post,
    RateBudget,
    RehearsalPost,
    Takedown,
    TakedownStep,
)
from social_publisher.models.ledger import Event
from social_publisher.networks.base import Receipt
from social_publisher.networks.errors import (
    AuthError,
    RateLimitedError,
    RefusedError,
    TemporaryError,
    UnknownOutcomeError,
    UnsupportedError,
)
from tests.factories import approve, make_approver, make_channel, make_delivery, make_post
from tests.integration.delivery.rig import run, send_unsettled
from tests.integration.takedown.conftest import Stubborn, ids, published

pytestmark = pytest.mark.django_db


class KilledError(BaseException):
    """Ends the process in the middle of what it does."""


def states(takedown: Takedown) -> list[str]:
    return list(takedown.steps.order_by("pk").values_list("state", flat=True))


def carry_again(takedown: Takedown) -> None:
    """Carry its one step when it is due next."""
    due = takedown.steps.get().next_at
    carry_steps(lambda: due)


def later(**wait: float) -> datetime:
    return ledger_now() + timedelta(**wait)


def test_what_is_out_comes_back_everywhere_and_what_waits_is_stopped(network: Stubborn) -> None:
    post, person = published("x"), make_approver()
    post.variants.create(channel=make_channel("mastodon"), offset_minutes=600)
    approval = Approval.objects.get()
    waiting = Delivery.objects.create(
        post=post,
        channel=post.variants.get(offset_minutes=600).channel,
        approval=approval,
        due_at=later(hours=10),
        next_at=later(hours=10),
        cut_off_at=later(hours=12),
    )
    takedown = take_down(post, person, "The number is wrong.")
    waiting.refresh_from_db()
    approval.refresh_from_db()
    assert (waiting.state, approval.stands, takedown.done_at) == ("cancelled", False, None)
    assert carry_steps() == 1
    takedown.refresh_from_db()
    assert (states(takedown), takedown.done_at is not None) == (["recalled"], True)
    assert not RehearsalPost.objects.exists()
    row = Delivery.objects.get(state="recalled")
    assert "The number is wrong." in row.reason
    told = set(AuditEvent.objects.values_list("action", flat=True))
    assert {"takedown.started", "delivery.recalled", "takedown.done", "approval.voided"} <= told
    assert Alert.objects.get(kind=Alert.Kind.TAKEDOWN).post == post


def test_a_thread_comes_back_last_part_first(network: Stubborn) -> None:
    post = published("mastodon", text="One.\n---\nTwo.\n---\nThree.")
    parts = ids(Delivery.objects.get().parts_out)
    take_down(post, make_approver(), "Wrong.")
    carry_steps()
    assert network.asked == [parts[2], parts[1], parts[0]]
    assert not RehearsalPost.objects.exists()


def test_a_half_out_thread_comes_back_too(network: Stubborn) -> None:
    delivery = make_delivery(make_channel(), text="One.\n---\nTwo.")
    note_part(delivery.pk, 0, Receipt("6f9619ff-8b86-d011-b42d-00cf4fc964ff", "https://wall.example/1", ledger_now()))
    takedown = take_down(delivery.post, make_approver(), "Wrong.")
    carry_steps()
    delivery.refresh_from_db()
    assert (delivery.state, states(takedown)) == ("recalled", ["recalled"])


def test_one_channel_alone(network: Stubborn) -> None:
    post = published("x", "mastodon")
    first, second = Delivery.objects.order_by("pk")
    takedown = take_down(post, make_approver(), "Wrong there.", only=first)
    carry_steps()
    assert set(Delivery.objects.values_list("pk", "state")) == {(first.pk, "recalled"), (second.pk, "published")}
    assert Approval.objects.get().stands
    assert Takedown.objects.get(pk=takedown.pk).done_at is not None
    with pytest.raises(TakedownError):
        take_down(post, make_approver(), "Again.", only=Delivery.objects.get(pk=first.pk))


@pytest.mark.parametrize("reason", ["", "  "])
def test_it_has_a_reason(reason: str) -> None:
    with pytest.raises(TakedownError):
        take_down(published("x"), make_approver(), reason)


def test_it_is_one_at_a_time_and_of_something() -> None:
    post = published("x")
    take_down(post, make_approver(), "Wrong.")
    with pytest.raises(TakedownError, match="already"):
        take_down(post, make_approver(), "Wrong.")
    with pytest.raises(TakedownError, match="Nothing of this post"):
        take_down(make_post(), make_approver(), "Wrong.")


# Interrupted


def test_killed_between_the_call_and_the_record_it_is_done_again(network: Stubborn, monkeypatch: Any) -> None:
    takedown = take_down(published("x"), make_approver(), "Wrong.")
    with monkeypatch.context() as patch:
        patch.setattr("social_publisher.delivery.recall._recalled", _killed)
        with pytest.raises(KilledError):
            carry_steps()
    assert not RehearsalPost.objects.exists()
    assert states(takedown) == ["recalling"]
    assert carry_steps(lambda: later(seconds=30)) == 0  # the one who was killed is still believed
    after = later(seconds=LEASE.total_seconds() + 5)
    assert carry_steps(lambda: after) == 1
    assert (states(takedown), len(network.asked)) == (["recalled"], 2)


def test_killed_in_the_middle_of_a_thread_the_rest_comes_back(network: Stubborn) -> None:
    takedown = take_down(published("mastodon", text="One.\n---\nTwo.\n---\nThree."), make_approver(), "Wrong.")
    network.fail(None, KilledError())
    with pytest.raises(KilledError):
        carry_steps()
    assert RehearsalPost.objects.count() == 2
    after = later(seconds=LEASE.total_seconds() + 5)
    carry_steps(lambda: after)
    assert states(takedown) == ["recalled"]
    assert not RehearsalPost.objects.exists()


def test_whoever_was_believed_dead_changes_nothing(network: Stubborn, monkeypatch: Any) -> None:
    takedown = take_down(published("x"), make_approver(), "Wrong.")
    step = takedown.steps.get()
    usual = network.recall

    def meanwhile(account: Any, remote_id: str) -> None:
        usual(account, remote_id)
        TakedownStep.objects.filter(pk=step.pk).update(owner=uuid4())

    monkeypatch.setattr(network, "recall", meanwhile)
    carry_steps()
    assert states(takedown) == ["recalling"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_take_each_post_back_once(network: Stubborn) -> None:
    posts = [published("x", "mastodon", "bluesky") for _number in range(2)]
    for post in posts:
        take_down(post, make_approver(), "Wrong.")
    ready, failures = threading.Barrier(2), list[BaseException]()

    def work() -> None:
        try:
            ready.wait(10)
            carry_steps()
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _worker in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert not failures
    assert len(network.asked) == len(set(network.asked)) == 6
    assert Takedown.objects.filter(done_at=None).count() == 0


# What networks say


@pytest.mark.parametrize("error", [TemporaryError("Later."), UnknownOutcomeError("No answer."), ValueError("A bug.")])
def test_trouble_is_tried_again_until_it_works(network: Stubborn, error: Exception) -> None:
    takedown = take_down(published("x"), make_approver(), "Wrong.")
    network.fail(error)
    carry_steps()
    step = takedown.steps.get()
    assert (step.state, step.tries) == ("waiting", 1)
    assert timedelta(seconds=4) < step.next_at - ledger_now() < timedelta(seconds=8)
    carry_steps(lambda: step.next_at)
    assert states(takedown) == ["recalled"]


def test_people_are_told_once_when_it_goes_on_failing(network: Stubborn) -> None:
    takedown = take_down(published("x"), make_approver(), "Wrong.")
    network.fail(*[TemporaryError("Down.")] * 6)
    for _try in range(6):
        carry_again(takedown)
    assert Alert.objects.filter(kind=Alert.Kind.TAKEDOWN, delivery__isnull=False).count() == 1


def test_a_wish_to_wait_is_heeded_by_posts_too(network: Stubborn) -> None:
    takedown = take_down(published("x"), make_approver(), "Wrong.")
    network.fail(RateLimitedError("Slow down.", timedelta(minutes=15)))
    carry_steps()
    assert takedown.steps.get().next_at - ledger_now() > timedelta(minutes=14)
    assert RateBudget.objects.filter(blocked_until__gt=later(minutes=14)).exists()


def test_a_lost_permission_pauses_the_channel_and_the_step_goes_on_when_it_is_back(network: Stubborn) -> None:
    takedown = take_down(published("x"), make_approver(), "Wrong.")
    network.fail(AuthError("Who are you?"), AuthError("Who are you?"))
    carry_steps()
    assert not Pause.objects.exists()  # its token may have been renewed that moment
    for _try in range(2):
        carry_again(takedown)
    assert Pause.objects.filter(lifted_at=None).exists()
    assert states(takedown) == ["recalled"]  # and no pause holds it


def test_a_refusal_is_a_persons_who_may_try_again(network: Stubborn) -> None:
    takedown = take_down(published("x"), make_approver(), "Wrong.")
    network.fail(RefusedError("It is too old to be deleted."))
    carry_steps()
    step = takedown.steps.get()
    assert (step.state, step.words) == ("failed", "It is too old to be deleted.")
    assert Alert.objects.get(kind=Alert.Kind.TAKEDOWN, delivery=step.delivery).words == step.words
    try_again(step, make_approver())
    carry_steps()
    assert states(takedown) == ["recalled"]


@pytest.mark.parametrize("how", ["capabilities", "answer"])
def test_where_the_network_cannot_a_person_does(network: Stubborn, how: str) -> None:
    if how == "capabilities":
        network.cannot_recall()
    network.fail(UnsupportedError("This one only by hand."))
    takedown, person = take_down(published("x"), make_approver(), "Wrong."), make_approver()
    carry_steps()
    assert states(takedown) == ["by_hand"]
    assert (network.asked == []) == (how == "capabilities")
    removed_by_hand(takedown.steps.get(), person)
    takedown.refresh_from_db()
    assert (states(takedown), takedown.done_at is not None) == (["removed"], True)
    assert Delivery.objects.get().state == "recalled"
    assert AuditEvent.objects.filter(action="takedown.removed-by-hand", actor=person).exists()
    assert AuditEvent.objects.filter(action="delivery.recalled", actor=person).exists()
    with pytest.raises(TakedownError):
        removed_by_hand(takedown.steps.get(), person)


def test_a_pause_holds_no_recall(network: Stubborn) -> None:
    post = published("x")
    pausing.pause(reason="Incident", user=make_approver())
    takedown = take_down(post, make_approver(), "Wrong.")
    carry_steps()
    assert states(takedown) == ["recalled"]


# What is leaving meanwhile


def test_what_is_in_hand_is_stopped_or_comes_back_when_it_is_out(network: Stubborn) -> None:
    delivery, owner = make_delivery(make_channel("x")), uuid4()
    now = delivery.due_at + timedelta(seconds=1)
    (armed,) = arm([delivery.pk], owner, now)
    outcome = send_unsettled(armed, owner, now)
    takedown = take_down(delivery.post, make_approver(), "Wrong.")
    carry_steps()
    assert states(takedown) == ["waiting"]
    settle([outcome], owner, now)
    carry_steps(lambda: later(seconds=5))
    assert states(takedown) == ["recalled"]


def test_what_was_armed_and_not_sent_was_never_out(network: Stubborn) -> None:
    delivery, owner = make_delivery(make_channel("x")), uuid4()
    now = delivery.due_at + timedelta(seconds=1)
    (armed,) = arm([delivery.pk], owner, now)
    takedown = take_down(delivery.post, make_approver(), "Wrong.")
    settle([send_unsettled(armed, owner, now)], owner, now)
    carry_steps(lambda: later(seconds=5))
    assert states(takedown) == ["gone"]
    assert not RehearsalPost.objects.exists()


@pytest.fixture
def question(network: Stubborn) -> Iterator[Takedown]:
    """The takedown of a post of which nobody can tell whether it is out."""
    delivery = make_delivery(make_channel("telegram"))
    Delivery.objects.move(Event.ARM, [delivery.pk], at=ledger_now(), owner=uuid4(), lease_until=ledger_now())
    Delivery.objects.move(Event.LOST, [delivery.pk], at=ledger_now())
    takedown = take_down(delivery.post, make_approver(), "Wrong.")
    carry_steps()
    assert states(takedown) == ["waiting"]
    Delivery.objects.move(Event.CANNOT_TELL, [delivery.pk], at=ledger_now())
    TakedownStep.objects.update(next_at=ledger_now())
    carry_steps()
    assert states(takedown) == ["by_hand"]
    return takedown


def test_a_person_looks_and_it_is_not_there(question: Takedown) -> None:
    removed_by_hand(question.steps.get(), make_approver())
    assert (states(question), Delivery.objects.get().state) == (["removed"], "cancelled")


def test_a_person_looks_and_says_where_it_is(question: Takedown, network: Stubborn) -> None:
    remote_id = "6f9619ff-8b86-d011-b42d-00cf4fc964ff"
    decide.confirm(Delivery.objects.get(), f"https://wall.example/{remote_id}", make_approver())
    assert look_for_late(ledger_now()) == 1
    carry_steps()
    assert (states(question), network.asked) == (["recalled"], [remote_id])


def test_a_receipt_that_comes_late_is_taken_back_too(network: Stubborn) -> None:
    delivery = make_delivery(make_channel("x"))
    takedown = take_down(delivery.post, make_approver(), "Wrong.")
    assert takedown.done_at is not None
    prove(delivery.pk, Receipt("6f9619ff-8b86-d011-b42d-00cf4fc964ff", "https://wall.example/1", ledger_now()), later())
    assert look_for_late(later()) == 1
    takedown.refresh_from_db()
    assert takedown.done_at is None
    carry_steps()
    assert states(takedown) == ["recalled"]
    assert look_for_late(later()) == 0


def test_what_is_approved_anew_afterwards_stays(network: Stubborn) -> None:
    delivery = make_delivery(make_channel("x"))
    take_down(delivery.post, make_approver(), "Too early.")
    post = Post.objects.get(pk=delivery.post_id)
    post.due_at = timezone.now() + timedelta(minutes=10)
    post.save_revision(user=post.author)
    approve(post)
    assert run(Delivery.objects.get(state="waiting")).state == "published"
    assert look_for_late(later()) == 0


def _killed(*given: Any) -> None:
    raise KilledError
