from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from social_publisher.approval import service
from social_publisher.approval.keeping import keep
from social_publisher.models import Approval, AuditEvent, Channel, Delivery, Post, Series, Slot
from social_publisher.planning import series as planning
from social_publisher.planning import timetable
from tests.factories import approve, make_approver, make_campaign, make_channel, make_editor, make_post, make_user
from tests.integration.desk.test_screens import signed_in

pytestmark = pytest.mark.django_db
# A Monday.
NOW = datetime(2027, 3, 1, 8, tzinfo=UTC)
SOFIA = "Europe/Sofia"


@pytest.fixture(autouse=True)
def at_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    monkeypatch.setattr("social_publisher.desk.planning.series.ledger_now", lambda: NOW)


def with_times(*times: str, **fields: Any) -> Channel:
    """A channel with these times on every day of the week."""
    channel = make_channel(time_zone=SOFIA, **fields)
    Slot.objects.bulk_create(
        Slot(channel=channel, weekday=day, time=time.fromisoformat(at)) for day in range(7) for at in times
    )
    return channel


# --- A channel's week -----------------------------------------------------------------------------------------------


def test_a_channels_week_is_changed_on_one_screen() -> None:
    channel, manager = with_times("10:00"), make_user("Channel managers")
    client, address = signed_in(manager), reverse("social_planning:times", args=[channel.pk])
    assert 'value="10:00"' in client.get(address).content.decode()
    client.post(address, {"day-0": ["09:00", "", "09:00", "12:30"], "day-4": ["10:00"]})
    assert [str(slot) for slot in channel.slots.all()] == ["Monday 09:00", "Monday 12:30", "Friday 10:00"]
    assert AuditEvent.objects.get(action="slots.changed").data["times"] == ["0 09:00", "0 12:30", "4 10:00"]


def test_a_time_that_cannot_be_read_is_said_and_nothing_typed_is_lost() -> None:
    channel = with_times("10:00")
    client = signed_in(make_user("Channel managers"))
    address = reverse("social_planning:times", args=[channel.pk])
    page = client.post(address, {"day-0": ["soon"], "day-1": ["11:00"]}).content.decode()
    assert "Monday: “soon” is no time." in page
    assert 'value="11:00"' in page
    assert channel.slots.count() == 7


@pytest.mark.parametrize(("role", "seen"), [("Editors of posts", True), ("Auditors", True), ("Analysts", False)])
def test_only_channel_managers_change_a_week(role: str, seen: bool) -> None:
    channel = with_times("10:00")
    client, address = signed_in(make_user(role)), reverse("social_planning:times", args=[channel.pk])
    assert (client.get(address).status_code == 200) == seen
    client.post(address, {"day-0": ["09:00"]})
    assert channel.slots.count() == 7


# --- The next free slot ---------------------------------------------------------------------------------------------


def ask(user: Any = None, **query: Any) -> Any:
    return signed_in(user or make_editor()).get(reverse("social_planning:next-slot"), query)


def test_the_next_free_slot_is_told_in_both_zones() -> None:
    channel, editor = with_times("10:00", "18:00", name="Channel A"), make_editor()
    UserProfile.objects.create(user=editor, current_time_zone="Europe/London")
    answer = ask(editor, channel=channel.pk).json()
    assert answer == {
        "slot": "2027-03-01T16:00:00+00:00",
        "local": "2027-03-01 16:00:00",
        "reading": "",
        "words": "Channel A: Monday 1 Mar 2027, 18:00 in Europe/Sofia.",
    }
    assert ask(editor, channel=channel.pk, zone=SOFIA).json()["local"] == "2027-03-01 18:00:00"
    again = ask(editor, channel=channel.pk, after=answer["slot"]).json()
    assert again["local"] == "2027-03-02 08:00:00"


def test_a_slot_that_a_post_or_a_draft_has_taken_is_not_offered() -> None:
    channel = with_times("18:00")
    make_post([channel], due_at=datetime(2027, 3, 1, 16, tzinfo=UTC))
    moved = make_post([channel], due_at=datetime(2027, 6, 1, tzinfo=UTC)).current()
    moved.due_at = datetime(2027, 3, 2, 15, tzinfo=UTC)
    variant = moved.variants.get()
    variant.offset_minutes = 60
    moved.variants = [variant]
    moved.save_revision(user=make_editor())
    assert ask(channel=channel.pk).json()["slot"].startswith("2027-03-03")
    assert ask(channel=channel.pk, post=moved.pk).json()["slot"].startswith("2027-03-02")


def test_a_channel_without_times_says_so() -> None:
    answer = ask(channel=make_channel(name="Channel A").pk)
    assert (answer.status_code, answer.json()["problem"][:33]) == (400, "Channel A has no posting times ye")
    assert ask(channel="").json() == {"problem": "Choose a channel first."}


@pytest.mark.parametrize("role", ["Analysts", "Auditors", "Channel managers"])
def test_slots_are_asked_for_by_those_who_write_posts(role: str) -> None:
    assert ask(make_user(role), channel=with_times("10:00").pk).status_code == 302


def test_the_composer_offers_it() -> None:
    address = reverse("wagtailsnippets_social_publisher_post:add")
    page = signed_in(make_editor()).get(address, {"campaign": make_campaign().pk}).content.decode()
    assert 'data-controller="desk-next-slot"' in page


# --- Spreading ------------------------------------------------------------------------------------------------------

DAYS = {"first_day": "2027-03-02", "last_day": "2027-03-15"}


def spread_address(*posts: Post) -> str:
    query = urlencode([("next", "/admin/"), *(("id", post.pk) for post in posts)])
    return f"/admin/bulk/social_publisher/post/spread/?{query}"


def spread(client: Any, *posts: Post, **fields: Any) -> Any:
    """Look, then confirm what was shown."""
    address = spread_address(*posts)
    shown = client.post(address, {**DAYS, "look": ""}).context["shown"]
    return client.post(address, {**DAYS, "shown": shown, "do": "", **fields})


def test_posts_are_spread_over_two_weeks_after_a_look() -> None:
    channel, editor = with_times("10:00"), make_editor()
    posts = [make_post([channel], text=f"Post {number}", due_at=NOW) for number in range(4)]
    client = signed_in(editor)
    page = client.get(spread_address(*posts))
    assert len(page.context["moves"]) == 4
    assert {post.current().due_at for post in Post.objects.all()} == {NOW}
    spread(client, *posts)
    changed = Post.objects.order_by("pk")
    assert [post.due_at.day for post in changed] == [3, 7, 10, 14]
    assert {post.last_editor for post in changed} == {editor}
    assert AuditEvent.objects.filter(action="post.moved").count() == 4


def test_what_changed_since_the_spread_was_planned_keeps_its_time() -> None:
    channel, author = make_channel(time_zone="UTC"), make_editor()
    Slot.objects.bulk_create(Slot(channel=channel, weekday=day, time=time(10)) for day in range(7))
    changed, left = make_post([channel], author=author), make_post([channel], author=author)
    start = timezone.now()
    moves = timetable.plan_spread([changed, left], author, start, start + timedelta(days=14))
    content = Post.objects.get(pk=changed.pk).current()
    content.text = "Written meanwhile."
    keep(content, author)
    assert timetable.carry_out(moves, author) == 1
    assert Post.objects.get(pk=changed.pk).current().text == "Written meanwhile."
    assert Post.objects.get(pk=left.pk).due_at == moves[1].due_at


def test_spreading_voids_what_was_approved_and_whoever_spread_does_not_approve(
    django_capture_on_commit_callbacks: Any,
) -> None:
    approver = make_approver()
    post = make_post([with_times("10:00")], due_at=NOW + timedelta(hours=1))
    approve(post)
    with django_capture_on_commit_callbacks(execute=True):
        spread(signed_in(approver), post)
    assert Delivery.objects.get().state == "cancelled"
    assert Approval.objects.get().voided_at is not None
    with pytest.raises(Exception, match="Another person has to approve"):
        approve(Post.objects.get(pk=post.pk), approver, approver)


def test_what_is_not_as_it_was_shown_is_shown_again() -> None:
    channel = with_times("10:00")
    post = make_post([channel], due_at=NOW)
    client = signed_in(make_editor())
    shown = client.post(spread_address(post), {**DAYS, "look": ""}).context["shown"]
    make_post([channel], due_at=datetime(2027, 3, 9, 8, tzinfo=UTC))
    page = client.post(spread_address(post), {**DAYS, "shown": shown, "do": ""})
    assert "changed meanwhile" in page.content.decode()
    assert Post.objects.get(pk=post.pk).current().due_at == NOW


def test_what_cannot_be_spread_says_why_and_keeps_its_time() -> None:
    channel, editor = with_times("10:00"), make_editor()
    out = make_post([channel], due_at=NOW + timedelta(hours=1))
    approve(out)
    Delivery.objects.update(state="published", published_at=NOW)
    without = make_post([make_channel()], due_at=NOW)
    in_review = make_post([channel], due_at=NOW + timedelta(hours=1))
    service.submit(in_review, in_review.author)
    page = signed_in(editor).get(spread_address(out, without, in_review))
    whys = {move.post.pk: move.why_not for move in page.context["moves"]}
    assert whys == {
        out.pk: "It is out, or leaving now.",
        without.pk: "None of its channels has posting times.",
        in_review.pk: "It is locked, or in review.",
    }
    assert page.context["count"] == 0


@pytest.mark.parametrize("role", ["Analysts", "Auditors", "Channel managers"])
def test_spreading_is_for_those_who_change_posts(role: str) -> None:
    post = make_post([with_times("10:00")], due_at=NOW)
    signed_in(make_user(role)).post(spread_address(post), {**DAYS, "shown": "", "do": ""})
    assert not AuditEvent.objects.filter(action="post.moved").exists()


# --- Series ---------------------------------------------------------------------------------------------------------

WEEKLY = {"every": "week", "time": "10:00", "time_zone": SOFIA, "starts_on": "2027-03-08", "ends_on": "2027-03-31"}


def test_a_post_is_repeated_after_a_look_at_the_dates() -> None:
    channel, editor = make_channel(time_zone=SOFIA), make_editor()
    post = make_post([channel], author=editor)
    client, address = signed_in(editor), reverse("social_planning:repeat", args=[post.pk])
    edit = reverse("wagtailsnippets_social_publisher_post:edit", args=[post.pk])
    assert address in client.get(edit).content.decode()
    page = client.post(address, {**WEEKLY, "look": ""}).content.decode()
    assert "Mon 29 Mar 2027, 10:00" in page
    assert not Series.objects.exists()
    client.post(address, {**WEEKLY, "make": ""})
    series = Series.objects.get()
    assert (series.created_by, Post.objects.count()) == (editor, 4)
    assert reverse("social_planning:series", args=[series.pk]) in client.get(edit).content.decode()
    assert f"the one of {date(2027, 3, 8):%-d %b %Y} in a series" in client.get(edit).content.decode()


def made_series(author: Any = None) -> Series:
    series = Series(every="week", time=time(10), time_zone=SOFIA, starts_on=NOW.date(), ends_on=date(2027, 3, 31))
    return planning.begin(series, make_post([make_channel()], author=author), author or make_editor(), NOW)


def test_a_series_is_seen_once_and_approved_without_the_one_that_differs() -> None:
    series, approver = made_series(), make_approver()
    odd = planning.upcoming(series)[2].current()
    odd.text = "Different words."
    odd.save_revision(user=odd.author)
    address = reverse("social_planning:series", args=[series.pk])
    signed_in(odd.author).post(address, {"submit": ""})
    client = signed_in(approver)
    screen = client.get(address)
    assert [row.post.pk for row in screen.context["different"]] == [odd.pk]
    assert len(screen.context["together"]) == 3
    seen = {f"seen-{row.post.pk}": row.package.digest for row in screen.context["together"]}
    client.post(address, {**seen, "approve": "", "comment": "Fine."})
    assert Approval.objects.filter(approver=approver, comment="Fine.").count() == 3
    assert not Approval.objects.filter(post=odd).exists()


def test_whoever_wrote_the_series_is_offered_no_decision() -> None:
    author = make_approver()
    series = made_series(author)
    planning.submit(series, author)
    client, address = signed_in(author), reverse("social_planning:series", args=[series.pk])
    screen = client.get(address)
    assert screen.context["together"] == []
    rows = {f"seen-{row.post.pk}": row.package.digest for row in screen.context["rows"]}
    client.post(address, {**rows, "approve": ""})
    assert not Approval.objects.exists()


def test_an_occurrence_that_was_moved_is_approved_on_its_own() -> None:
    series = made_series()
    first = planning.upcoming(series)[0].current()
    first.due_at = datetime(2027, 3, 8, 8, 5, tzinfo=UTC)
    first.save_revision(user=first.author)
    screen = signed_in(make_approver()).get(reverse("social_planning:series", args=[series.pk]))
    assert [row.post.pk for row in screen.context["different"]] == [first.pk]


def test_a_series_is_ended_and_replaced_on_its_screen() -> None:
    series, editor = made_series(), make_editor()
    second = planning.upcoming(series)[1].current()
    second.text = "Better."
    second.save_revision(user=editor)
    client, address = signed_in(editor), reverse("social_planning:series", args=[series.pk])
    client.post(address, {"replace": second.pk})
    assert {post.current().text for post in Post.objects.all()} == {"Better."}
    client.post(address, {"end": ""})
    series.refresh_from_db()
    assert series.ended_at == NOW


@pytest.mark.parametrize("role", ["Auditors", "Channel managers", "Analysts"])
@pytest.mark.parametrize("action", ["submit", "end", "replace", "approve"])
def test_a_series_is_changed_by_those_who_write_posts_alone(role: str, action: str) -> None:
    series = made_series()
    client = signed_in(make_user(role))
    client.post(reverse("social_planning:series", args=[series.pk]), {action: str(series.source_id)})
    series.refresh_from_db()
    assert series.ended_at is None
    assert not any(post.workflow_in_progress for post in planning.upcoming(series))
    assert not AuditEvent.objects.filter(action__in=["series.submitted", "series.replaced"]).exists()


@pytest.mark.parametrize("role", ["Auditors", "Channel managers", "Analysts"])
def test_a_post_is_repeated_by_those_who_write_posts_alone(role: str) -> None:
    post = make_post()
    client, address = signed_in(make_user(role)), reverse("social_planning:repeat", args=[post.pk])
    assert client.get(address).status_code == 302
    client.post(address, {**WEEKLY, "make": ""})
    assert not Series.objects.exists()


def test_a_series_of_any_length_takes_as_many_queries(django_assert_max_num_queries: Any) -> None:
    series = made_series()
    Series.objects.filter(pk=series.pk).update(every="day")
    planning.extend(series.pk, NOW)
    assert len(planning.upcoming(series)) > 25
    client, address = signed_in(make_editor()), reverse("social_planning:series", args=[series.pk])
    client.get(address)
    with django_assert_max_num_queries(60):
        client.get(address)


def test_weekly_times_are_kept_as_they_are_when_nothing_changes() -> None:
    channel = with_times("10:00")
    assert not timetable.set_times(channel, timetable.times_of([channel])[channel.pk], make_editor())
