"""The calendar's views: what they show of posts, blackouts, slots and pages, to whom, and in how many queries."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.users.models import UserProfile

from social_publisher.approval import service
from social_publisher.approval.keeping import keep
from social_publisher.delivery.worker import carry
from social_publisher.desk.calendar.standing import WORDS, with_standing
from social_publisher.desk.status import standing
from social_publisher.models import Blackout, Delivery, Launch, Plan, Post, Slot, Variant
from tests.factories import make_campaign, make_channel, make_delivery, make_editor, make_post, make_user
from tests.integration.desk.test_screens import ADD, EDIT, signed_in

pytestmark = pytest.mark.django_db
INDEX = "social_calendar:index"
# A Wednesday, far enough ahead that nothing of it is past.
NOON = datetime(2031, 10, 15, 9, tzinfo=UTC)
BUCHAREST = ZoneInfo("Europe/Bucharest")


def editor_client(zone: str = "Europe/Bucharest") -> Client:
    editor = make_editor()
    UserProfile.objects.create(user=editor, current_time_zone=zone)
    return signed_in(editor)


def show(client: Client | None = None, **query: Any) -> str:
    answer = (client or editor_client()).get(reverse(INDEX), {"date": "2031-10-15", **query})
    assert answer.status_code == 200
    return answer.content.decode()


def bulk(count: int, due_at: datetime = NOON, step: timedelta = timedelta(), **fields: Any) -> list[Post]:
    """Rows as an import writes them, on one channel."""
    campaign, channel = fields.pop("campaign", None) or make_campaign(), make_channel()
    posts = Post.objects.bulk_create(
        Post(campaign=campaign, text=f"Bulk {number}", due_at=due_at + number * step, author=make_editor(), **fields)
        for number in range(count)
    )
    Variant.objects.bulk_create(Variant(post=post, channel=channel, sort_order=0) for post in posts)
    return posts


@pytest.mark.parametrize("view", ["month", "week", "list", "day"])
def test_a_post_stands_in_each_view_with_its_time_state_channel_and_campaign(view: str) -> None:
    post = make_post([make_channel(name="Sofia on Mastodon")], due_at=NOON, text="Ask where it comes from.")
    page = show(view=view)
    for words in ("12:00", "Draft", "Ask where it comes from.", "Sofia on Mastodon", post.campaign.name):
        assert words in page
    assert reverse(EDIT, args=[post.pk]) in page
    assert "Ask where it comes from." not in show(view=view, date="2031-12-15")


def test_the_newest_draft_is_what_is_shown() -> None:
    post = make_post(due_at=NOON, text="Old words.")
    draft = post.current()
    draft.text, draft.due_at = "New words.", NOON + timedelta(days=60)
    draft.save_revision(user=post.author)
    assert "Old words." not in show()
    assert "New words." in show(date="2031-12-15")


def test_a_full_day_shows_three_and_leads_to_its_list() -> None:
    bulk(16)
    page = show()
    assert page.count('class="cal-entry ') == 3
    assert "+13 more" in page
    assert "?view=day&amp;date=2031-10-15" in page
    assert show(view="day").count('class="cal-entry ') == 16
    assert show(view="week").count('class="cal-entry ') == 2


def test_a_list_is_paged_and_keeps_its_filters() -> None:
    bulk(60, language="ro")
    first = show(view="list", language="ro")
    assert first.count('class="cal-entry ') == 50
    assert "?view=list&amp;date=2031-10-15&amp;language=ro&amp;page=2" in first
    assert show(view="list", language="ro", page=2).count('class="cal-entry ') == 10


def test_a_persons_zone_decides_the_day() -> None:
    make_post(due_at=datetime(2031, 10, 15, 22, 30, tzinfo=UTC), text="Late in the evening.")
    assert "Late in the evening." in show(editor_client("Europe/Lisbon"), view="day")
    assert "Late in the evening." not in show(editor_client(), view="day")
    assert "Late in the evening." in show(editor_client(), view="day", date="2031-10-16")


def test_an_hour_that_comes_twice_shows_both_and_one_that_is_skipped_says_so() -> None:
    make_post(due_at=datetime(2031, 10, 26, 0, 30, tzinfo=UTC), text="The first time.")
    make_post(due_at=datetime(2031, 10, 26, 1, 30, tzinfo=UTC), text="The second time.")
    page = show(view="week", date="2031-10-26")
    first, second = page.index("03:00 EEST"), page.index("03:00 EET<")
    assert first < page.index("The first time.") < second < page.index("The second time.")
    assert "No such hour on this day" in show(view="week", date="2031-03-30")


def test_the_filters_narrow_alone_and_together() -> None:
    campaign, channel, author = make_campaign(), make_channel(), make_editor()
    make_post([channel], due_at=NOON, campaign=campaign, language="ro", author=author, text="The one.")
    make_post([channel], due_at=NOON, language="ro", text="Another campaign.")
    make_post(due_at=NOON, campaign=campaign, author=author, text="Another channel.")
    chosen = {"campaign": campaign.pk, "channel": channel.pk, "language": "ro", "person": author.pk, "state": "draft"}
    client = editor_client()
    for name, value in chosen.items():
        assert "The one." in show(client, **{name: value})
    page = show(client, **chosen)
    assert "The one." in page
    assert "Another campaign." not in page
    assert "Another channel." not in page
    assert f"campaign={campaign.pk}&amp;channel={channel.pk}&amp;language=ro&amp;person={author.pk}" in page
    assert "The one." not in show(client, state="published")


@pytest.mark.parametrize(
    "query",
    [
        {"view": "year"},
        {"date": "2031-13-40"},
        {"date": "9999-12-31"},
        {"campaign": "1 OR 1=1"},
        {"channel": "999999"},
        {"language": "xx"},
        {"person": "-1"},
        {"state": "any"},
        {"page": "last"},
        {"post__text__startswith": "A"},
    ],
)
@pytest.mark.parametrize("view", ["month", "list"])
def test_what_an_address_says_wrongly_is_left_out(query: dict[str, str], view: str) -> None:
    make_post(due_at=NOON, text="Still here.")
    answer = editor_client().get(reverse(INDEX), {"view": view, "date": "2031-10-15", **query})
    assert answer.status_code == 200
    if "date" not in query:
        assert "Still here." in answer.content.decode()
    assert "post__text" not in answer.content.decode()


def _states() -> dict[str, Post]:
    reviewed = make_post(due_at=NOON)
    service.submit(reviewed, reviewed.author)
    stopped = make_delivery(due_at=NOON).post
    service.void(stopped, "Withdrawn.")
    published = make_delivery()
    carry([published.pk], clock=lambda: published.due_at)
    missed = make_delivery(due_at=NOON)
    Delivery.objects.filter(pk=missed.pk).update(state="missed")
    return {
        "draft": make_post(due_at=NOON),
        "review": reviewed,
        "stopped": stopped,
        "waiting": make_delivery(due_at=NOON).post,
        "published": published.post,
        "missed": missed.post,
    }


def test_the_calendars_states_are_the_desks() -> None:
    posts = _states()
    found = dict(with_standing(Plan.objects.all()).values_list("post_id", "standing"))
    assert {name: found[post.pk] for name, post in posts.items()} == {name: name for name in posts}
    for name, post in posts.items():
        assert str(WORDS[name][0]) == standing(Post.objects.get(pk=post.pk)).word


def test_blackouts_stand_on_the_days_they_touch_in_words() -> None:
    other = make_campaign()
    band = Blackout.objects.create(
        name="Parliament", kind="election", starts_at=NOON - timedelta(hours=1), ends_at=NOON + timedelta(days=1)
    )
    for view in ("month", "week", "list"):
        page = show(view=view)
        assert "Parliament</strong> (Election" in page
        assert "15 Oct, 11:00 – 16 Oct, 12:00" in page
    assert show().count("cal-day--banded") == 2
    band.campaigns.add(make_campaign())
    assert "Parliament" not in show(campaign=other.pk)


def test_a_channels_free_slots_invite_and_a_taken_one_shows_its_post() -> None:
    channel = make_channel(time_zone="Europe/Sofia")
    for at in (time(12), time(15)):
        Slot.objects.create(channel=channel, weekday=2, time=at)
    make_post([channel], due_at=NOON, text="Taken.")
    client = editor_client()
    page = show(client, channel=channel.pk, view="week")
    assert page.count("Write a post here") == 1
    assert "due=2031-10-15T15%3A00%3A00%2B03%3A00" in page
    assert "Taken." in page


def test_free_slots_of_all_channels_are_counted_in_a_month_and_named_in_a_week() -> None:
    channels = [make_channel(name=name, time_zone="Europe/Sofia") for name in ("Sofia", "Plovdiv")]
    campaign = make_campaign()
    campaign.channels.set(channels[:1])
    for channel in channels:
        Slot.objects.create(channel=channel, weekday=2, time=time(12))
    client = editor_client()
    month = show(client)
    assert month.count("1 free posting time<") == 5
    assert "view=day&amp;date=2031-10-15" in month
    assert "5 free posting times. Choose a channel or a day to see them." in show(client, view="list")
    for view in ("week", "day"):
        page = show(client, view=view)
        assert "Free, Plovdiv, Sofia" in page
        assert page.count("Write a post here") == 1
    assert "Free, Sofia" in show(client, view="week", campaign=campaign.pk)


def test_minutes_later_are_told_beside_the_channel() -> None:
    first, later = make_channel(name="Sofia"), make_channel(name="Plovdiv")
    post = make_post([first, later], due_at=NOON)
    post.variants = [Variant(channel=first), Variant(channel=later, offset_minutes=30)]
    keep(post, post.author)
    assert "Sofia, Plovdiv (30 minutes later)" in show()
    Post.objects.filter(pk=post.pk).update(live=True, has_unpublished_changes=True)
    content = Post.objects.get(pk=post.pk).current()
    content.variants = [Variant(channel=first, offset_minutes=5), Variant(channel=later)]
    content.save_revision(user=post.author)
    assert "Sofia (5 minutes later), Plovdiv" in show()


def test_a_post_takes_the_slot_at_which_its_channel_really_sends_it() -> None:
    channel = make_channel(time_zone="Europe/Sofia")
    for at in (time(12), time(15)):
        Slot.objects.create(channel=channel, weekday=2, time=at)
    post = make_post([channel], due_at=NOON)
    post.variants = [Variant(channel=channel, offset_minutes=180)]
    keep(post, post.author)
    page = show(editor_client(), channel=channel.pk, view="week")
    assert page.count("Write a post here") == 1
    assert "due=2031-10-15T12%3A00%3A00%2B03%3A00" in page


def test_a_page_that_goes_live_stands_beside_the_posts() -> None:
    root = Page.objects.get(depth=1)
    scheduled = root.add_child(instance=Page(title="Scheduled page", slug="scheduled", live=False))
    packaged = root.add_child(instance=Page(title="Packaged page", slug="packaged", live=False))
    scheduled.save_revision(approved_go_live_at=NOON)
    Launch.objects.create(page=packaged, goes_live_at=NOON)
    for view in ("month", "week", "list"):
        page = show(view=view)
        assert "Page goes live: Scheduled page" in page
        assert "Page goes live: Packaged page" in page


def test_posts_without_a_time_stand_beside_up_to_a_number() -> None:
    posts = bulk(22)
    Post.objects.update(due_at=None)
    page = show()
    assert page.count('class="cal-entry ') == 20
    assert "?view=undated&amp;date=2031-10-15" in page
    assert show(view="undated").count('class="cal-entry ') == len(posts)


def test_a_new_post_takes_its_time_from_the_address_and_ignores_garbage() -> None:
    client, campaign = editor_client(), make_campaign().pk

    def due(text: str) -> Any:
        page = client.get(reverse(ADD), {"campaign": campaign, "due": text})
        return page.context["form"].instance.due_at

    soon = (timezone.now() + timedelta(days=30)).replace(microsecond=0)
    assert due(soon.isoformat()) == soon
    # Two years ahead at most.
    assert due("2031-10-15T15:00:00+03:00") is None
    for garbage in ("tomorrow", "2031-10-15T15:00:00", "2020-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "\x00"):
        assert due(garbage) is None


@pytest.mark.parametrize(("role", "may_move"), [("Editors of posts", True), ("Auditors", False)])
def test_a_post_is_offered_to_move_to_whoever_may(role: str, may_move: bool) -> None:
    make_post(due_at=NOON)
    assert ("cal-entry__move" in show(signed_in(make_user(role)))) == may_move


@pytest.mark.parametrize("view", ["month", "week", "list", "day", "undated"])
def test_the_number_of_queries_does_not_grow_with_the_posts(
    view: str, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    channel, campaign, client = make_channel(), make_campaign(), editor_client()
    Slot.objects.create(channel=channel, weekday=2, time=time(12))
    query = {"view": view, "state": "draft", "campaign": campaign.pk}

    def more(count: int) -> None:
        bulk(count, NOON, timedelta(minutes=50), campaign=campaign)
        undated = [post.pk for post in bulk(count, campaign=campaign)]
        Post.objects.filter(pk__in=undated).update(due_at=None)
        for number in range(count):
            Blackout.objects.create(name=str(number), kind="other", starts_at=NOON, ends_at=NOON + timedelta(hours=1))

    more(3)
    show(client, **query)
    with django_assert_max_num_queries(30) as few:
        show(client, **query)
    more(30)
    make_post([channel], due_at=NOON, campaign=campaign)
    with django_assert_num_queries(len(few.captured_queries)):
        show(client, **query)
