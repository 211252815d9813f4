"""Threads resume at the first part that is not out; uploads are not repeated."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import OperationalError

from social_publisher.approval import service
from social_publisher.approval.errors import ApprovalError
from social_publisher.delivery.arm import arm
from social_publisher.delivery.due import mark_missed
from social_publisher.delivery.journal import Journal
from social_publisher.delivery.recover import expire_leases
from social_publisher.models import Alert, Delivery, RehearsalPost, Upload
from social_publisher.networks.base import Account, Outgoing, Receipt
from social_publisher.networks.errors import RefusedError, TemporaryError, UnknownOutcomeError
from tests.factories import approve, make_channel, make_delivery, make_image
from tests.fakes.install import connected_channel, install, remove
from tests.fakes.remote import Fakes, running_fakes, texts
from tests.integration.delivery.rig import Troubled, at_due, run, send_unsettled, settle_fully

pytestmark = pytest.mark.django_db
THREAD = "The first part.\n---\nThe second part.\n---\nThe third part."


class Failing(Troubled):
    """Fails when it is given a certain part."""

    def __init__(self) -> None:
        super().__init__()
        self.at = ""
        self.after = False

    def send(self, account: Account, post: Outgoing) -> Receipt:
        if self.error and post.text.startswith(self.at):
            if self.after:
                self.after_taking = True
                return super().send(account, post)
            raise self.error
        error, self.error = self.error, None
        try:
            return super().send(account, post)
        finally:
            self.error = error


@pytest.fixture
def failing(troubled: Troubled) -> Failing:
    from social_publisher.networks import registry

    network = Failing()
    registry.register(network)
    return network


@pytest.fixture(scope="module")
def fakes() -> Iterator[Fakes]:
    with running_fakes("x") as running:
        yield running


@pytest.fixture
def fake_networks(fakes: Fakes) -> Iterator[None]:
    fakes.reset()
    before = install(fakes.bases)
    yield
    remove(before)


def wall() -> list[str]:
    return [row.text.split("\n")[0] for row in RehearsalPost.objects.order_by("pk")]


ALL = ["The first part.", "The second part.", "The third part."]


def test_a_thread_leaves_part_by_part_each_answering_the_one_before() -> None:
    delivery = run(make_delivery(text=THREAD))
    assert (delivery.state, wall()) == ("published", ALL)
    first, second, third = RehearsalPost.objects.order_by("pk")
    assert (first.reply_to, second.reply_to, third.reply_to) == (None, first.public_id, second.public_id)
    assert delivery.remote_id == str(first.public_id)
    assert [part["id"] for part in delivery.parts_out] == [str(row.public_id) for row in (first, second, third)]


def test_a_network_without_threads_gets_one_message() -> None:
    delivery = run(make_delivery(make_channel("facebook"), text=THREAD))
    assert RehearsalPost.objects.get().text.startswith("The first part.\n\nThe second part.\n\nThe third part.")
    assert delivery.parts_out == []


@pytest.mark.parametrize(
    ("kind", "after"), [(TemporaryError, False), (UnknownOutcomeError, False), (UnknownOutcomeError, True)]
)
def test_it_resumes_at_the_first_part_that_is_not_out(failing: Failing, kind: type[Exception], after: bool) -> None:
    failing.error, failing.at, failing.after = kind("Trouble."), "The second", after
    delivery = run(make_delivery(text=THREAD))
    assert delivery.state == ("waiting" if kind is TemporaryError else "unknown")
    failing.error = None
    settle_fully(at_due(delivery))
    assert run(delivery, at_due(delivery) + timedelta(minutes=1)).state == "published"
    assert wall() == ALL


def test_killed_between_two_parts_it_continues() -> None:
    delivery = make_delivery(text=THREAD)
    now, owner = at_due(delivery), uuid4()
    (armed,) = arm([delivery.pk], owner, now)
    send_unsettled(armed, owner, now)
    Delivery.objects.filter(pk=delivery.pk).update(parts_out=Delivery.objects.get().parts_out[:1])
    expire_leases(now + timedelta(minutes=1))
    for minute in range(2, 6):
        settle_fully(now + timedelta(minutes=minute))
        run(delivery, now + timedelta(minutes=minute, seconds=30))
    assert (Delivery.objects.get().state, wall()) == ("published", ALL)


def test_a_half_out_thread_that_is_stopped_goes_to_a_person(failing: Failing) -> None:
    failing.error, failing.at = TemporaryError("Down."), "The second"
    delivery = run(make_delivery(text=THREAD))
    service.void(delivery.post, "Withdrawn.")
    delivery.refresh_from_db()
    assert (delivery.state, "Withdrawn." in delivery.reason) == ("needs_person", True)
    assert Alert.objects.get(kind="needs_person").delivery == delivery


def test_a_half_out_thread_is_never_simply_missed(failing: Failing) -> None:
    failing.error, failing.at = TemporaryError("Down."), "The second"
    delivery = run(make_delivery(text=THREAD))
    assert mark_missed(delivery.cut_off_at) == 1
    delivery.refresh_from_db()
    assert delivery.state == "needs_person"


def test_a_half_out_thread_is_not_begun_anew_by_a_new_approval(failing: Failing) -> None:
    failing.error, failing.at = RefusedError("No."), "The second"
    delivery = run(make_delivery(text=THREAD))
    assert delivery.state == "failed"
    post = delivery.post
    post.text = "Another text."
    post.save_revision(user=post.author)
    with pytest.raises(ApprovalError, match="Write a new post"):
        approve(post)


@pytest.mark.usefixtures("fake_networks")
def test_a_retry_does_not_upload_twice(fakes: Fakes, tmp_path: Path, settings: object) -> None:
    settings.MEDIA_ROOT = str(tmp_path)  # type: ignore[attr-defined]
    channel = connected_channel("x", "selec", fakes.bases["x"])
    delivery = make_delivery(channel, image=make_image())
    fakes.fail("x", "429:5")
    assert run(delivery).state == "waiting", Delivery.objects.get().reason
    assert Upload.objects.count() == len(fakes.uploads()) == 1
    assert run(delivery, delivery.next_at).state == "published"
    (post,) = fakes.posts()
    assert len(post["media"]) == len(fakes.uploads()) == 1


@pytest.mark.usefixtures("fake_networks")
def test_an_upload_that_fails_is_no_question(fakes: Fakes, tmp_path: Path, settings: object) -> None:
    settings.MEDIA_ROOT = str(tmp_path)  # type: ignore[attr-defined]
    delivery = make_delivery(connected_channel("x", "selec", fakes.bases["x"]), image=make_image())
    fakes.fail("x", "upload/reset-after")
    assert run(delivery).state == "waiting", Delivery.objects.get().reason
    assert run(delivery, delivery.next_at).state == "published"
    assert len(texts(fakes.posts())) == 1


def test_a_part_whose_receipt_could_not_be_noted_is_not_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    part_out = Journal.part_out
    tries = iter([OperationalError("gone")])

    def away_once(journal: Journal, place: int, receipt: Receipt) -> None:
        if (error := next(tries, None)) is not None:
            raise error
        part_out(journal, place, receipt)

    monkeypatch.setattr(Journal, "part_out", away_once)
    delivery = run(make_delivery(text=THREAD))
    assert (delivery.state, len(delivery.parts_out)) == ("waiting", 1)
    assert run(delivery, at_due(delivery) + timedelta(minutes=1)).state == "published"
    assert wall() == ALL
