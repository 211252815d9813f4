"""Moving a post: what a drag, the dialog and the plain page may do, and that four eyes see every new time."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from social_publisher.approval import service
from social_publisher.approval.errors import OwnWorkError
from social_publisher.approval.package import build_package
from social_publisher.delivery.arm import arm
from social_publisher.models import Approval, AuditEvent, Delivery, Plan, Post, Slot, Variant
from social_publisher.models.ledger import Event
from tests.factories import approve, make_approver, make_channel, make_delivery, make_editor, make_post, make_user
from tests.integration.desk.test_screens import signed_in

pytestmark = pytest.mark.django_db
NOON = datetime(2031, 10, 15, 9, tzinfo=UTC)
SCRIPT = {"X-Requested-With": "XMLHttpRequest"}
TO = {"date": "2031-10-20", "time": "14:30:00"}
MOVED = datetime(2031, 10, 20, 11, 30, tzinfo=UTC)


@pytest.fixture
def editor() -> Any:
    person = make_editor()
    UserProfile.objects.create(user=person, current_time_zone="Europe/Bucharest")
    return person


@pytest.fixture
def client(editor: Any) -> Client:
    return signed_in(editor)


def send(client: Client, post: Post, script: bool = True, **fields: Any) -> Any:
    """What the calendar's script sends, or without it the plain page."""
    seen = Post.objects.get(pk=post.pk).latest_revision_id
    address = reverse("social_calendar:move", args=[post.pk])
    return client.post(address, {**TO, "revision": seen, **fields}, headers=SCRIPT if script else {})


def due(post: Post) -> datetime | None:
    return Plan.objects.get(post=post).due_at


def test_a_draft_moves_as_its_movers_work(client: Client, editor: Any) -> None:
    post = make_post(due_at=NOON)
    author = post.author
    answer = send(client, post)
    assert "now leaves on Monday, 20 October 2031, 14:30:00" in answer.json()["message"]
    post.refresh_from_db()
    assert (due(post), post.current().due_at) == (MOVED, MOVED)
    assert post.due_at == MOVED, "lists of what was never approved read the row"
    assert (post.last_editor, post.author) == (editor, author)
    event = AuditEvent.objects.get(action="post.moved")
    assert (event.actor, event.data["before"], event.data["after"]) == (editor, NOON.isoformat(), MOVED.isoformat())


def test_the_newest_draft_moves_with_all_its_words(client: Client) -> None:
    post = make_post(due_at=NOON, text="Old words.")
    draft = post.current()
    draft.text = "New words."
    draft.save_revision(user=post.author)
    send(client, post)
    assert Post.objects.get(pk=post.pk).current().text == "New words."


def test_undoing_gives_the_exact_time_back(client: Client) -> None:
    post = make_post(due_at=NOON + timedelta(seconds=7))
    undo = send(client, post).json()["undo"]
    assert send(client, post, at=undo).status_code == 200
    assert due(post) == NOON + timedelta(seconds=7)


def test_an_approved_post_asks_first_and_then_does_not_leave(
    client: Client, editor: Any, django_capture_on_commit_callbacks: Any
) -> None:
    delivery = make_delivery(due_at=NOON)
    post = delivery.post
    answer = send(client, post)
    assert answer.status_code == 409
    assert "needs approval again" in answer.content.decode()
    assert 'name="confirmed"' in answer.content.decode()
    assert due(post) == NOON
    assert Approval.objects.get(post=post).stands
    with django_capture_on_commit_callbacks(execute=True):
        assert "It needs approval again" in send(client, post, confirmed="1").json()["message"]
    approval = Approval.objects.get(post=post)
    assert editor.username in approval.voided_reason
    delivery.refresh_from_db()
    assert delivery.state == "cancelled"
    for now in (NOON, MOVED):
        assert not arm([delivery.pk], uuid4(), now)


def test_arming_refuses_a_moved_post_before_anybody_took_its_approval_back(client: Client) -> None:
    delivery = make_delivery(due_at=NOON)
    send(client, delivery.post, confirmed="1")
    assert Approval.objects.get(post=delivery.post).stands
    assert not arm([delivery.pk], uuid4(), NOON)


def test_moving_it_back_does_not_bring_its_approval_back(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    delivery = make_delivery(due_at=NOON)
    with django_capture_on_commit_callbacks(execute=True):
        undo = send(client, delivery.post, confirmed="1").json()["undo"]
    with django_capture_on_commit_callbacks(execute=True):
        send(client, delivery.post, at=undo, confirmed="1")
    assert not Approval.objects.get(post=delivery.post).stands
    assert not arm([delivery.pk], uuid4(), NOON)


def test_who_moved_it_does_not_approve_it(django_capture_on_commit_callbacks: Any) -> None:
    approver = make_approver()
    post = make_post(due_at=NOON)
    service.submit(post, post.author)
    answer = send(signed_in(approver), post)
    assert answer.status_code == 409
    assert "somebody else has to approve it" in answer.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert send(signed_in(approver), post, confirmed="1").status_code == 200
    fresh = Post.objects.get(pk=post.pk)
    with pytest.raises(OwnWorkError):
        service.approve(fresh, approver, build_package(fresh.current()).digest)
    service.approve(fresh, make_approver(), build_package(fresh.current()).digest)
    assert Delivery.objects.get(post=post).due_at == due(post)


def test_a_superuser_asks_too() -> None:
    delivery = make_delivery(due_at=NOON)
    assert send(signed_in(make_user(superuser=True)), delivery.post).status_code == 409
    assert due(delivery.post) == NOON


@pytest.mark.parametrize("state", ["armed", "published", "unknown", "needs_person"])
def test_what_is_out_or_leaving_stays(client: Client, state: str) -> None:
    delivery = make_delivery(due_at=NOON)
    owner, now = uuid4(), timezone.now()
    Delivery.objects.move(Event.ARM, [delivery.pk], at=now, owner=owner, lease_until=now)
    if state == "published":
        Delivery.objects.move(Event.SENT, [delivery.pk], at=now, published_at=now)
    elif state != "armed":
        Delivery.objects.move(Event.LOST, [delivery.pk], at=now)
        if state == "needs_person":
            Delivery.objects.move(Event.CANNOT_TELL, [delivery.pk], at=now)
    answer = send(client, delivery.post, confirmed="1")
    assert answer.status_code == 409
    assert "Its time cannot be changed" in answer.content.decode()
    assert due(delivery.post) == NOON


def test_a_thread_whose_first_parts_are_out_stays(client: Client) -> None:
    delivery = make_delivery(due_at=NOON)
    Delivery.objects.filter(pk=delivery.pk).update(parts_out=[{"id": "1"}])
    assert send(client, delivery.post, confirmed="1").status_code == 409


@pytest.mark.parametrize("how", ["review", "person"])
def test_a_post_that_is_locked_for_a_person_stays(client: Client, how: str) -> None:
    post = make_post(due_at=NOON)
    if how == "review":
        service.submit(post, post.author)
    else:
        Post.objects.filter(pk=post.pk).update(locked=True, locked_by=post.author, locked_at=timezone.now())
    answer = send(client, post)
    assert answer.status_code == 409
    assert "This post is locked" in answer.content.decode()
    assert due(post) == NOON


def test_a_post_that_changed_meanwhile_stays(client: Client) -> None:
    post = make_post(due_at=NOON)
    seen = post.latest_revision_id
    post.save_revision(user=post.author)
    for old in (seen, ""):
        answer = send(client, post, revision=old)
        assert answer.status_code == 409
        assert "Reload" in answer.content.decode()
    assert due(post) == NOON


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"date": "2020-01-01"}, "This time is past."),
        ({"date": "2031-03-30", "time": "03:30"}, "2031-03-30 04:30:00"),
        ({"date": "2031-10-26", "time": "03:30"}, "EEST or EET"),
        ({"date": ""}, "Choose a day."),
        ({"time": ""}, "Choose a time."),
        ({"date": "31 October"}, "Enter a valid date."),
        ({"date": "9999-12-31"}, "Ensure this value is less than"),
        ({"at": "some day"}, "This time cannot be read."),
        ({"at": "2031-10-20T11:30:00"}, "This time cannot be read."),
        ({"at": "9999-12-31T23:59:59-14:00"}, "This time cannot be read."),
        ({"reading": "2"}, "Select a valid choice."),
    ],
)
def test_a_time_that_cannot_be_is_asked_about(client: Client, fields: dict[str, str], words: str) -> None:
    post = make_post(due_at=NOON)
    for script in (True, False):
        answer = send(client, post, script, **fields)
        assert answer.status_code in {409, 422}
        assert words in answer.content.decode()
        assert ("<html" in answer.content.decode()) != script
    assert due(post) == NOON


def test_a_time_that_comes_twice_is_taken_with_its_answer(client: Client) -> None:
    post = make_post(due_at=NOON)
    send(client, post, date="2031-10-26", time="03:30", reading="1")
    assert due(post) == datetime(2031, 10, 26, 1, 30, tzinfo=UTC)


def test_without_a_script_the_page_moves_it_and_leads_back(client: Client) -> None:
    post = make_post(due_at=NOON)
    back = "?view=week&date=2031-10-15&state=draft"
    address = reverse("social_calendar:move", args=[post.pk])
    page = client.get(address, {"back": back}).content.decode()
    assert 'value="2031-10-15"' in page
    assert 'value="12:00:00"' in page
    answer = send(client, post, script=False, back=back)
    assert answer["Location"] == reverse("social_calendar:index") + back
    after = client.get(answer["Location"]).content.decode()
    assert "14:30:00" in after
    assert f"{address}?at=2031-10-15T09%3A00%3A00%2B00%3A00" in after
    undo = client.get(address, {"at": "2031-10-15T09:00:00+00:00"}).content.decode()
    assert 'value="2031-10-15"' in undo


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "?view=week&next=//evil.example"])
def test_it_leads_back_to_the_calendar_alone(client: Client, back: str) -> None:
    answer = send(client, make_post(due_at=NOON), script=False, back=back)
    assert answer["Location"].startswith(reverse("social_calendar:index") + "?view=")
    assert "evil" not in answer["Location"]


def test_the_next_free_slot_is_offered_and_taken(client: Client) -> None:
    channel = make_channel(time_zone="Europe/Sofia", name="Sofia")
    for weekday in range(7):
        Slot.objects.create(channel=channel, weekday=weekday, time=time(15))
    post = make_post([channel], due_at=NOON)
    page = client.get(reverse("social_calendar:move", args=[post.pk]), headers=SCRIPT)
    slot = page.context["slot"]
    assert "Next free slot" in page.content.decode()
    send(client, post, at=slot.at.isoformat())
    assert due(post) == slot.at
    again = client.get(reverse("social_calendar:move", args=[make_post([channel]).pk]), headers=SCRIPT)
    assert again.context["slot"].at == slot.at + timedelta(days=1)


def test_the_offered_slot_counts_how_much_later_the_channel_sends(client: Client) -> None:
    channel = make_channel(time_zone="Europe/Sofia", name="Sofia")
    for weekday in range(7):
        Slot.objects.create(channel=channel, weekday=weekday, time=time(15))
    post = make_post([channel], due_at=NOON)
    Variant.objects.filter(post=post).update(offset_minutes=90)
    Post.objects.get(pk=post.pk).save_revision()
    page = client.get(reverse("social_calendar:move", args=[post.pk]), headers=SCRIPT)
    slot = page.context["slot"]
    assert slot.due_at == slot.at - timedelta(minutes=90)
    assert f'value="{slot.due_at.isoformat()}"' in page.content.decode().replace("&#x2B;", "+")


def test_strangers_forgeries_and_unknown_posts_move_nothing(editor: Any, client: Client) -> None:
    post = make_post(due_at=NOON)
    assert send(Client(), post).status_code in {302, 403}
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(editor)
    assert send(forged, post).status_code == 403
    assert client.post(reverse("social_calendar:move", args=[post.pk + 1000]), TO).status_code == 404
    assert due(post) == NOON


def test_an_approval_that_was_given_meanwhile_is_asked_about(client: Client) -> None:
    post = make_post(due_at=NOON)
    approve(post)
    assert send(client, post).status_code == 409
