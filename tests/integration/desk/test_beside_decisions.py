"""What an approver has beside a decision on several posts: the checks, what is new, who wrote it."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from content.records import Campaign
from social_publisher.approval import launches
from social_publisher.models import Blackout, Channel, Launch, Occurrence, Post, Series
from social_publisher.planning import series as planning
from tests.factories import approve, edit, make_approver, make_campaign, make_channel, make_editor, make_post
from tests.integration.desk.test_screens import signed_in
from tests.pages import make_news, page_editor

pytestmark = pytest.mark.django_db


def launch_of(post: Post, editor: Any) -> Launch:
    page = make_news(live=False, user=editor, project=post.campaign.project)
    launch = launches.open_launch(page, editor)
    Post.objects.filter(pk=post.pk).update(launch=launch, link_page=page.page_ptr, link_url="")
    content = Post.objects.get(pk=post.pk).current()
    content.link_page, content.link_url = page.page_ptr, ""
    content.save_revision(user=editor)
    return launch


def test_a_launch_shows_checks_what_is_new_and_who_wrote_page_and_posts() -> None:
    editor, approver = page_editor(), page_editor(approves=True)
    post = make_post([make_channel("mastodon", language="ro")], text="ASK WHERE IT COMES FROM.", author=editor)
    approve(post)
    launch = launch_of(post, editor)
    html = signed_in(approver).get(reverse("social_launches:review", args=[launch.pk])).content.decode()
    assert "The readers of this channel expect Romanian." in html
    assert "New since the last approval" in html
    assert "Page of the launch" in html
    assert html.count("Wrote it") == 2


def series_of(count: int, **fields: Any) -> Series:
    campaign, editor = make_campaign(), make_editor()
    now = timezone.now()
    post = make_post(
        [make_channel("mastodon")], campaign=campaign, author=editor, due_at=now + timedelta(days=1), **fields
    )
    first = timezone.localtime(now + timedelta(days=1))
    series = Series(
        every="day", time=first.time().replace(microsecond=0), time_zone="UTC",
        starts_on=first.date(), ends_on=first.date() + timedelta(days=count - 1),
    )  # fmt: skip
    return planning.begin(series, post, editor, now)


def test_a_series_shows_checks_and_who_wrote_it() -> None:
    series = series_of(3, text="ASK WHERE IT COMES FROM.")
    html = signed_in(make_approver()).get(reverse("social_planning:series", args=[series.pk])).content.decode()
    assert "Who touched it" in html
    assert html.count("<strong>Advice:</strong>") == 1


def test_a_series_names_the_days_that_a_blackout_forbids() -> None:
    series = series_of(3)
    second = Occurrence.objects.filter(series=series).order_by("day")[1]
    due_at, hour = second.post.current().due_at, timedelta(hours=1)
    assert due_at is not None
    vote = {"name": "Vote", "kind": "election", "starts_at": due_at - hour, "ends_at": due_at + hour}
    Blackout.objects.create(**vote)
    client, address = signed_in(make_approver()), reverse("social_planning:series", args=[series.pk])
    html = client.get(address).content.decode()
    assert html.count("It would leave during “Vote”") == 1
    assert f"{date_format(second.day, 'SHORT_DATE_FORMAT')}: It would leave during “Vote”" in html


def test_quiet_hours_of_every_day_are_told_once() -> None:
    series = series_of(5)
    Channel.objects.update(quiet_from=time(0), quiet_until=time(0))
    html = signed_in(make_approver()).get(reverse("social_planning:series", args=[series.pk])).content.decode()
    assert html.count("in the quiet hours") == 1


def test_a_series_names_the_first_day_behind_its_campaign() -> None:
    series = series_of(4)
    days = list(Occurrence.objects.filter(series=series).order_by("day").values_list("day", flat=True))
    Campaign.objects.update(ends_on=days[1])
    html = signed_in(make_approver()).get(reverse("social_planning:series", args=[series.pk])).content.decode()
    assert html.count("after the campaign&#x27;s last day") == 1
    assert f"{date_format(days[2], 'SHORT_DATE_FORMAT')}: It would leave after the campaign&#x27;s last day" in html


def test_what_is_beside_a_series_costs_the_same_for_more_days() -> None:
    client = signed_in(make_approver())
    taken = []
    for days in (2, 20):
        series = series_of(days)
        planning.submit(series, series.created_by)
        address = reverse("social_planning:series", args=[series.pk])
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        taken.append(len(asked))
    assert taken[0] == taken[1]


def test_a_changed_series_is_held_against_what_was_approved() -> None:
    series = series_of(2)
    for row in Occurrence.objects.filter(series=series).select_related("post"):
        approve(row.post, submitter=series.created_by)
    for row in Occurrence.objects.filter(series=series).select_related("post"):
        edit(Post.objects.get(pk=row.post_id), "Ask who earns from it.", series.created_by)
    html = signed_in(make_approver()).get(reverse("social_planning:series", args=[series.pk])).content.decode()
    assert "New since the last approval" in html
    assert "who earns from it." in html
