"""The screens of taking down and of posts from elsewhere, and who may not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from social_publisher.delivery.recall import carry_steps
from social_publisher.delivery.takedown import take_down
from social_publisher.desk.takedown import open_takedowns
from social_publisher.models import AuditEvent, Channel, ForeignPost, Pause, Post, Takedown
from social_publisher.networks.errors import RefusedError
from tests.factories import make_approver, make_channel, make_correction, make_editor, make_post, make_user
from tests.integration.desk.test_screens import signed_in
from tests.integration.takedown.conftest import Stubborn, published
from tests.integration.takedown.test_takedown import states

pytestmark = pytest.mark.django_db
MANAGERS = ["Approvers", "Channel managers"]


def start(post: Post) -> str:
    return reverse("social_takedown:start", args=[post.pk])


def foreign(channel: Channel | None = None, **fields: Any) -> ForeignPost:
    now = timezone.now()
    values = {"remote_id": str(ForeignPost.objects.count()), "words": "Free money.", "posted_at": now, "seen_at": now}
    return ForeignPost.objects.create(channel=channel or make_channel(), **{**values, **fields})


@pytest.mark.parametrize("role", MANAGERS)
def test_the_screen_says_what_happens_and_one_person_decides(network: Stubborn, role: str) -> None:
    post = published("x", "mastodon")
    short = make_correction(post.campaign, text="It was wrong.")
    long = make_correction(post.campaign, text="b" * 300)
    make_correction(post.campaign, approver=False, name="Not approved")
    client = signed_in(make_user(role))
    page = client.get(start(post)).content.decode()
    assert page.count("It is taken back at once.") == 2
    assert "It was wrong." in page
    assert "does not leave there" in page
    assert "Not approved" not in page
    assert str(long.pk) in page
    fields = {"reason": "Wrong number.", "confirmation": " Take  Down", "correction": short.pk}
    answer = client.post(start(post), fields)
    takedown = Takedown.objects.get()
    assert answer.headers["Location"] == reverse("social_takedown:takedown", args=[takedown.pk])
    assert (takedown.reason, takedown.with_correction) == ("Wrong number.", short)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"reason": "Wrong.", "confirmation": "yes"}, "to confirm"),
        ({"reason": " ", "confirmation": "take down"}, "This field is required"),
        ({"reason": "Wrong.", "confirmation": "take down", "correction": "999"}, ""),
    ],
)
def test_what_is_missing_is_said_and_nothing_happens(network: Stubborn, fields: dict[str, str], said: str) -> None:
    post = published("x")
    answer = signed_in(make_approver()).post(start(post), fields)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not Takedown.objects.exists()


def test_a_correction_that_is_not_approved_cannot_be_chosen(network: Stubborn) -> None:
    post = published("x")
    correction = make_correction(post.campaign, approver=False)
    fields = {"reason": "Wrong.", "confirmation": "take down", "correction": correction.pk}
    assert signed_in(make_approver()).post(start(post), fields).status_code == 200
    assert not Takedown.objects.exists()


def test_one_channel_is_taken_down_from_the_composer(network: Stubborn) -> None:
    post = published("x", "mastodon")
    client, delivery = signed_in(make_approver()), post.deliveries.first()
    address = reverse("social_takedown:start_one", args=[post.pk, delivery.pk])
    composer = client.get(reverse("wagtailsnippets_social_publisher_post:edit", args=[post.pk])).content.decode()
    assert address in composer
    assert start(post) in composer
    client.post(address, {"reason": "Wrong.", "confirmation": "take down"})
    assert Takedown.objects.get().delivery == delivery


def test_the_queue_and_the_review_lead_there(network: Stubborn) -> None:
    post = published("x")
    for name, args in (("social_queue:index", []), ("social_queue:review", [post.pk])):
        address = reverse(name, args=args)
        assert start(post) in signed_in(make_approver()).get(address).content.decode()
        assert start(post) not in signed_in(make_editor()).get(address).content.decode()


def test_it_is_followed_until_it_is_done(network: Stubborn) -> None:
    post, person = published("x", "mastodon"), make_approver()
    takedown = take_down(post, person, "Wrong.")
    network.fail(RefusedError("Too old."))
    carry_steps()
    client = signed_in(person)
    steps = reverse("social_takedown:steps", args=[takedown.pk])
    assert steps in client.get(reverse("social_takedown:takedown", args=[takedown.pk])).content.decode()
    page = client.get(steps).content.decode()
    assert "1 of 2 channels done. 1 needs you." in " ".join(page.split())
    assert "Too old." in page
    assert "data-done" not in page
    step = takedown.steps.get(state="failed")
    assert step.delivery.remote_url in page
    assert [(row.total, row.over, row.for_people) for row in open_takedowns(5)] == [(2, 1, 1)]
    client.post(reverse("social_takedown:step", args=[step.pk]), {"removed": "1"})
    assert states(takedown).count("removed") == 1
    assert "data-done" in client.get(steps).content.decode()
    assert open_takedowns(5) == []
    assert "Done" in client.get(reverse("social_takedown:index")).content.decode()


@pytest.mark.parametrize("role", ["Editors of posts", "Analysts", "Auditors", ""])
def test_nobody_else_takes_down(network: Stubborn, role: str) -> None:
    post, client = published("x"), signed_in(make_user(role))
    answer = client.post(start(post), {"reason": "Wrong.", "confirmation": "take down"})
    assert (client.get(start(post)).status_code in {302, 403}, answer.status_code in {302, 403}) == (True, True)
    assert not Takedown.objects.exists()
    step = take_down(post, make_approver(), "Wrong.").steps.get()
    for name in ("removed", "again"):
        answer = client.post(reverse("social_takedown:step", args=[step.pk]), {name: "1"})
        assert answer.status_code in {302, 403}
    step.refresh_from_db()
    assert step.state == "waiting"


def test_who_may_not_see_sees_nothing(network: Stubborn) -> None:
    takedown, client = take_down(published("x"), make_approver(), "Wrong."), signed_in(make_user("Analysts"))
    addresses = [reverse(f"social_takedown:{name}", args=[takedown.pk]) for name in ("takedown", "steps")]
    for address in (*addresses, reverse("social_takedown:index"), reverse("social_foreign:index")):
        assert client.get(address).status_code in {302, 403}


@pytest.mark.parametrize("role", MANAGERS)
def test_it_was_us_or_the_channel_is_paused(role: str) -> None:
    post, client = foreign(), signed_in(make_user(role))
    page = client.get(reverse("social_foreign:index")).content.decode()
    assert "Free money." in page
    address = reverse("social_foreign:settle", args=[post.pk])
    client.post(address, {"pause": "1"})
    assert Pause.objects.get(lifted_at=None).channel == post.channel
    client.post(address, {"ours": "1", "note": "Our intern."})
    post.refresh_from_db()
    assert post.note == "Our intern."
    assert AuditEvent.objects.filter(action="foreign-post.settled").exists()


@pytest.mark.parametrize("role", ["Editors of posts", "Analysts", "Auditors"])
def test_nobody_else_settles_or_pauses(role: str) -> None:
    post = foreign()
    for name in ("ours", "pause"):
        answer = signed_in(make_user(role)).post(reverse("social_foreign:settle", args=[post.pk]), {name: "1"})
        assert answer.status_code in {302, 403}
    post.refresh_from_db()
    assert post.settled_at is None
    assert not Pause.objects.exists()


def test_lists_ask_no_more_for_more_rows(network: Stubborn, django_assert_max_num_queries: Any) -> None:
    client, channel = signed_in(make_approver()), make_channel()
    for _number in range(12):
        foreign(channel, posted_at=timezone.now() - timedelta(hours=1))
        Takedown.objects.create(post=make_post([channel]), reason="Wrong.", by_name="Somebody", at=timezone.now())
    big = take_down(published("x", "mastodon", "bluesky", "facebook", "linkedin"), make_approver(), "Wrong.")
    for address in (
        reverse("social_foreign:index"),
        reverse("social_takedown:index"),
        reverse("social_takedown:takedown", args=[big.pk]),
    ):
        client.get(address)
        with django_assert_max_num_queries(20):
            client.get(address)
