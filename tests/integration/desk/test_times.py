from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from wagtail.users.models import UserProfile

from social_publisher.delivery.worker import carry
from social_publisher.models import Delivery, Post
from tests.factories import approve, make_channel, make_editor, make_post
from tests.integration.desk.test_screens import ADD, EDIT, form, signed_in

pytestmark = pytest.mark.django_db


def save(**changes: str) -> tuple[Post | None, str]:
    """Save a draft as an editor in Bucharest; the draft, if it was saved, and the page that says why it was not."""
    editor = make_editor()
    UserProfile.objects.create(user=editor, current_time_zone="Europe/Bucharest")
    answer = signed_in(editor).post(reverse(ADD), form(**changes))
    return Post.objects.first(), answer.content.decode()


def test_a_time_is_the_editors_own() -> None:
    post, _page = save(due_at="2027-01-10 10:00:00")
    assert post.due_at == datetime(2027, 1, 10, 8, tzinfo=UTC)


def test_a_time_may_be_a_channels() -> None:
    make_channel(time_zone="Europe/Sarajevo")
    post, _page = save(due_at="2027-01-10 10:00:00", due_zone="Europe/Sarajevo")
    assert post.due_at == datetime(2027, 1, 10, 9, tzinfo=UTC)


def test_a_time_that_clocks_skip_is_asked_about() -> None:
    post, page = save(due_at="2027-03-28 03:30:00")
    assert post is None
    assert "2027-03-28 02:30:00" in page
    assert "2027-03-28 04:30:00" in page
    assert 'value="2027-03-28 03:30:00"' in page


@pytest.mark.parametrize(("which", "hour"), [("0", 0), ("1", 1)])
def test_a_time_that_comes_twice_is_asked_about(which: str, hour: int) -> None:
    post, page = save(due_at="2027-10-31 03:30:00")
    assert post is None
    assert "EEST or EET" in page
    post, _page = save(due_at="2027-10-31 03:30:00", due_reading=which)
    assert post.due_at == datetime(2027, 10, 31, hour, 30, tzinfo=UTC)


def test_an_unreadable_time_is_said() -> None:
    post, page = save(due_at="tomorrow")
    assert post is None
    assert "valid date" in page


def test_a_channels_other_time_is_shown_beside_ones_own() -> None:
    post = make_post(
        [make_channel(time_zone="Europe/London")], due_at=datetime(2027, 1, 10, 8, tzinfo=UTC), author=make_editor()
    )
    editor = post.author
    UserProfile.objects.create(user=editor, current_time_zone="Europe/Bucharest")
    page = signed_in(editor).get(reverse("social_queue:review", args=[post.pk])).content.decode()
    assert "10:00:00 EET" in page
    assert "08:00:00 in Europe/London" in page


def test_saving_again_does_not_ask_what_was_answered() -> None:
    moment = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    post = make_post(due_at=moment, author=make_editor())
    UserProfile.objects.create(user=post.author, current_time_zone="Europe/Bucharest")
    changed = form(post, due_at="2027-10-31 03:30:00", text="Another text.")
    signed_in(post.author).post(reverse(EDIT, args=[post.pk]), changed)
    saved = Post.objects.get().current()
    assert (saved.text, saved.due_at.astimezone(UTC)) == ("Another text.", moment)


@pytest.mark.parametrize(("written", "hour"), [("2027-01-10T10:00:00Z", 10), ("2027-01-10T10:00:00+02:00", 8)])
def test_a_time_with_its_offset_is_that_moment(written: str, hour: int) -> None:
    post, _page = save(due_at=written)
    assert post.due_at == datetime(2027, 1, 10, hour, tzinfo=UTC)


@pytest.mark.parametrize("written", ["0001-01-01 00:00:00", "9999-12-31 23:59:59"])
def test_a_time_out_of_reach_is_said(written: str) -> None:
    post, _page = save(due_at=written)
    assert post is None or post.due_at is not None


def test_a_post_in_the_second_of_two_equal_hours_is_approved_for_that_hour() -> None:
    moment = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    approve(make_post(due_at=moment, useful_minutes=60))
    delivery = Delivery.objects.get()
    assert delivery.due_at == moment
    assert carry([delivery.pk], clock=lambda: moment) == 1
    delivery.refresh_from_db()
    assert delivery.state == "published"
