"""No sequence of events, edits, approvals, pauses and jumps of the clock reaches a forbidden state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from social_publisher.approval.errors import ApprovalError
from social_publisher.delivery import decide, pausing
from social_publisher.delivery.arm import Armed, arm
from social_publisher.delivery.due import mark_missed
from social_publisher.delivery.reconcile import reconcile
from social_publisher.delivery.recover import expire_leases, settle_unknown
from social_publisher.delivery.send import Outcome
from social_publisher.delivery.settle import settle
from social_publisher.delivery.worker import carry
from social_publisher.messages.rules import MASTODON, TextRules
from social_publisher.models import Attempt, Delivery, Pause, Post
from social_publisher.networks import registry
from social_publisher.networks.base import (
    Absent,
    Account,
    CannotTell,
    Capabilities,
    Engagement,
    Found,
    Network,
    Outgoing,
    Receipt,
    Witness,
)
from social_publisher.networks.errors import (
    AuthError,
    NetworkError,
    RateLimitedError,
    RefusedError,
    TemporaryError,
    UnknownOutcomeError,
)
from tests.factories import approve, approve_unseen, make_approver, make_channel, make_post
from tests.integration.delivery.rig import send_unsettled

BEHAVIOURS = ["takes it", "temporary", "slow down", "refuses", "no permission", "silent, taken", "silent, not taken"]
ERRORS: Mapping[str, NetworkError] = {
    "temporary": TemporaryError("Later."),
    "slow down": RateLimitedError("Slow down.", timedelta(minutes=1)),
    "refuses": RefusedError("No."),
    "no permission": AuthError("Who are you?"),
    "silent, not taken": UnknownOutcomeError("No answer."),
}


class Scripted(Network):
    """Keeps every post it takes, twice if it is given twice; checks what the ledger promises at each call."""

    slug, name = "scripted", "Scripted"

    def __init__(self, witness: bool) -> None:
        self.capabilities = Capabilities(
            lever=False, witness=witness, recall=False, engagement=frozenset(), settling=timedelta(seconds=3)
        )
        self.behaviour = "takes it"
        self.taken: list[Outgoing] = []
        self.machine: DeliveryMachine

    def rules(self, account: Account) -> TextRules:
        return MASTODON

    def send(self, account: Account, post: Outgoing) -> Receipt:
        self.machine.check_call(post)
        if self.behaviour in ERRORS:
            raise ERRORS[self.behaviour]
        self.taken.append(post)
        if self.behaviour == "silent, taken":
            raise UnknownOutcomeError("No answer.")
        return self.receipt(post)

    def receipt(self, post: Outgoing) -> Receipt:
        remote_id = f"id-{post.idempotency_key}"
        return Receipt(remote_id, f"https://scripted.example/{remote_id}", self.machine.now)

    def find(self, account: Account, post: Outgoing) -> Witness:
        if not self.capabilities.witness:
            return CannotTell("It cannot be read back.")
        there = any(known.idempotency_key == post.idempotency_key for known in self.taken)
        return Found(self.receipt(post)) if there else Absent()

    def read_engagement(self, account: Account, remote_ids: Sequence[str]) -> Mapping[str, Engagement]:
        return {}

    def recall(self, account: Account, remote_id: str) -> None:
        return None


class DeliveryMachine(RuleBasedStateMachine):
    """One post on two channels, and everything that can happen to it."""

    witness = True

    def __init__(self) -> None:
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        self.network = Scripted(self.witness)
        self.network.machine = self
        registry.register(self.network)
        self.person = make_approver()
        channels = [make_channel("", network="scripted"), make_channel("", network="scripted", min_interval=20)]
        self.post = make_post(channels)
        approve_unseen(self.post)
        self.now = self.post.due_at - timedelta(seconds=20)
        self.edits = 0
        self.in_hand: list[tuple[Armed, UUID, Outcome | None]] = []

    def teardown(self) -> None:
        registry.remove("scripted")
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    def ids(self) -> list[int]:
        return list(Delivery.objects.values_list("pk", flat=True))

    def check_call(self, post: Outgoing) -> None:
        """What must hold at the moment of every call to a network."""
        attempt = Attempt.objects.filter(idempotency_key=post.idempotency_key).latest("number")
        row = attempt.delivery
        assert row.state == "armed", "called without being armed"
        assert attempt.payload["parts"][0]["text"] == post.text, "another text than was written down"
        assert row.due_at <= self.now < row.cut_off_at, "called too early or too late"
        assert row.approval.stands, "called without a standing approval"
        assert row.approval.digest == attempt.digest, "called with another digest"
        assert not Delivery.objects.filter(pk=row.pk).held().exists(), "called while paused"

    @rule(behaviour=st.sampled_from(BEHAVIOURS))
    def carry(self, behaviour: str) -> None:
        self.network.behaviour = behaviour
        carry(self.ids(), clock=lambda: self.now)

    @rule(behaviour=st.sampled_from(BEHAVIOURS), called=st.booleans())
    def process_dies(self, behaviour: str, called: bool) -> None:
        self.network.behaviour = behaviour
        owner = uuid4()
        for armed in arm(self.ids(), owner, self.now):
            self.in_hand.append((armed, owner, send_unsettled(armed, owner, self.now) if called else None))

    @precondition(lambda self: self.in_hand)
    @rule()
    def believed_dead_comes_back(self) -> None:
        _armed, owner, outcome = self.in_hand.pop()
        if outcome is not None:
            settle([outcome], owner, self.now)

    @rule(seconds=st.sampled_from([1, 5, 30, 600, 3600, 8000, -10, -3600]))
    def time_jumps(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule()
    def sweep(self) -> None:
        mark_missed(self.now)
        expire_leases(self.now)
        settle_unknown(self.now)
        reconcile(self.now)

    @rule(seen=st.booleans())
    def edit(self, seen: bool) -> None:
        self.edits += 1
        text = f"Edited {self.edits} times."
        if seen:
            post = Post.objects.get()
            post.text = text
            post.save_revision(user=post.author)
            from social_publisher.approval.service import void_if_changed

            void_if_changed(post.pk)  # as the receiver does after the commit
        else:
            Post.objects.update(text=text)

    @rule()
    def approve_again(self) -> None:
        try:
            with transaction.atomic():
                approve(Post.objects.get())
        except ApprovalError:
            return

    @rule(hold=st.booleans())
    def pause(self, hold: bool) -> None:
        if hold:
            pausing.pause(reason="Incident", user=self.person)
        else:
            pausing.resume(user=self.person)
            for pause in Pause.objects.filter(lifted_at=None).exclude(channel=None):
                pausing.resume(user=self.person, channel=pause.channel)

    @rule()
    def a_person_looks(self) -> None:
        for row in Delivery.objects.filter(state__in=["needs_person", "failed"]):
            attempt = row.attempts.latest("number")
            key = str(attempt.idempotency_key)
            if any(post.idempotency_key == key for post in self.network.taken):
                decide.confirm(row, f"https://scripted.example/id-{key}", self.person)
            else:
                decide.send_again(row, "Looked at the channel.", self.person)

    @invariant()
    def nothing_is_doubled(self) -> None:
        keys = [post.idempotency_key for post in self.network.taken]
        assert len(keys) == len(set(keys))
        texts = [(post.text, post.link) for post in self.network.taken]
        assert len(texts) == len(set(texts))

    @invariant()
    def the_ledger_and_the_network_agree(self) -> None:
        taken = {post.idempotency_key for post in self.network.taken}
        for row in Delivery.objects.all():
            keys = {str(key) for key in row.attempts.values_list("idempotency_key", flat=True)}
            if row.state == "published":
                assert keys & taken, "published and not on the network"
            if keys & taken:
                assert row.state in {"armed", "unknown", "needs_person", "published"}, f"out, and {row.state}"

    @invariant()
    def every_owner_is_an_armed_rows(self) -> None:
        for row in Delivery.objects.all():
            assert (row.owner is not None) == (row.state == "armed")

    @invariant()
    def one_delivery_stands_for_a_channel(self) -> None:
        standing = list(Delivery.objects.exclude(state="cancelled").values_list("channel_id", flat=True))
        assert len(standing) == len(set(standing))


class DeliveryMachineWithoutWitness(DeliveryMachine):
    """The same on a network that can neither repeat nor be asked."""

    witness = False


@pytest.mark.django_db
@pytest.mark.parametrize("machine", [DeliveryMachine, DeliveryMachineWithoutWitness])
def test_no_sequence_reaches_a_forbidden_state(machine: type[DeliveryMachine]) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
