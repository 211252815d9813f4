"""What no person types and every scanner sends: it is refused or left out, and never a server error."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from content.records import Campaign
from social_publisher.models import Blackout, ForeignPost, Post, Series
from tests.factories import approve, make_channel, make_post, make_user, submitted

pytestmark = pytest.mark.django_db
LONG = "9" * 5000


@pytest.fixture
def client() -> Client:
    """Somebody who may do everything, west of Greenwich."""
    user = make_user(superuser=True)
    UserProfile.objects.create(user=user, current_time_zone="America/New_York")
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def holds(response: Any) -> bool:
    return bool(response.status_code < 500)


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("social_translations:index", {"campaign": LONG}),
        ("wagtailsnippets_social_publisher_campaignrules:add", {"campaign": LONG}),
        ("social_calendar:index", {"campaign": LONG, "date": "0001-01-01", "page": LONG}),
        ("social_calendar:index", {"view": "week", "date": "2100-12-31"}),
        ("social_audit:index", {"until": "9999-12-31", "before": f"0001-01-01T00:00:00+00:00_{LONG}"}),
        ("social_audit:index", {"since": "0001-01-01"}),
        ("social_planning:next-slot", {"channel": "1", "post": LONG[:30], "after": "9999-12-31T23:00:00+0000"}),
        ("social_takedown:index", {"page": LONG}),
        ("social_notices:index", {"p": LONG}),
    ],
)
def test_an_address_with_anything_in_it(client: Client, name: str, query: dict[str, str]) -> None:
    make_channel(pk=1)
    assert holds(client.get(reverse(name), query))


def test_a_page_that_no_section_has(client: Client) -> None:
    assert holds(client.get(reverse("social_queue:section", args=["next"]), {"p": LONG}))


def test_a_decision_with_anything_in_it(client: Client) -> None:
    post = submitted()
    series = Series.objects.create(
        campaign=post.campaign, time="10:00", starts_on=timezone.localdate(), ends_on=timezone.localdate()
    )
    Post.objects.filter(pk=post.pk).update(series=series)
    address = reverse("social_planning:series", args=[series.pk])
    assert holds(client.post(address, {"approve": "1", f"seen-{LONG}": "0", "comment": "\0"}))
    assert holds(client.post(address, {"approve": "1", f"seen-{post.pk}": post.submission.digest, "comment": "\0"}))
    assert holds(client.post(address, {"replace": LONG}))


def test_a_note_with_anything_in_it(client: Client) -> None:
    now = timezone.now()
    seen = ForeignPost.objects.create(channel=make_channel(), remote_id="1", posted_at=now, seen_at=now)
    assert holds(client.post(reverse("social_foreign:settle", args=[seen.pk]), {"note": "a\0b"}))


def test_lengths_of_anything(client: Client) -> None:
    address = reverse("wagtailsnippets_social_publisher_correction:lengths")
    assert holds(client.post(address, {"text": "\0", "campaign": LONG}))


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59+00:00"])
def test_a_move_to_the_end_of_time(client: Client, at: str) -> None:
    address = reverse("social_calendar:move", args=[make_post().pk])
    assert holds(client.get(address, {"at": at}))
    assert holds(client.post(address, {"at": at, "confirmed": "on"}))
    assert holds(client.post(address, {"date": at[:10], "time": at[11:19], "confirmed": "on"}))


def test_posts_spread_to_the_end_of_time(client: Client) -> None:
    address = reverse("wagtail_bulk_action", args=["social_publisher", "post", "spread"])
    query = f"?id={make_post().pk}"
    assert holds(client.post(address + query, {"first_day": "9999-12-01", "last_day": "9999-12-31"}))


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo"])
@pytest.mark.parametrize("at", ["00:00", "23:59"])
@pytest.mark.parametrize(
    ("first", "last"), [("0001-01-01", "9999-12-31"), ("0001-01-01", "0001-01-02"), ("9999-12-01", "9999-12-31")]
)
def test_a_series_from_or_to_the_end_of_time(client: Client, first: str, last: str, at: str, zone: str) -> None:
    post = make_post([make_channel(time_zone=zone)])
    form = {"every": "month", "time": at, "time_zone": zone, "starts_on": first, "ends_on": last}
    assert holds(client.post(reverse("social_planning:repeat", args=[post.pk]), form))


@pytest.mark.parametrize("moment", ["0001-01-01 00:00:00", "9999-12-31 23:59:59"])
def test_a_blackout_at_the_end_of_time(client: Client, moment: str) -> None:
    address = reverse("wagtailsnippets_social_publisher_blackout:add")
    form = {"name": "Mourning", "kind": "mourning", "starts_at": moment, "ends_at": "9999-12-31 23:59:59"}
    assert holds(client.post(address, form))
    assert not Blackout.objects.exists()


@pytest.mark.parametrize("due", ["0001-01-01 00:00:00", "9999-12-31 18:59:59"])
def test_a_post_at_the_end_of_time(client: Client, due: str) -> None:
    channel = make_channel(time_zone="Asia/Tokyo")
    campaign = Campaign.objects.get(pk=make_post([channel]).campaign_id)
    form = {
        "campaign": campaign.pk,
        "text": "Ask.",
        "language": "en",
        "due_at": due,
        "useful_minutes": "60",
        "images-TOTAL_FORMS": "0",
        "images-INITIAL_FORMS": "0",
        "variants-TOTAL_FORMS": "1",
        "variants-INITIAL_FORMS": "0",
        "variants-0-channel": channel.pk,
        "variants-0-offset_minutes": "600",
        "variants-0-media": "shared",
        "variants-0-id": "",
        "variants-0-ORDER": "1",
    }
    assert holds(client.post(reverse("social_compose:preview"), form))
    assert holds(client.post(reverse("wagtailsnippets_social_publisher_post:add"), form, follow=True))
    assert holds(client.post(reverse("wagtailsnippets_social_publisher_post:add"), form | {"action-submit": "1"}))


def test_what_the_record_needs_is_not_deleted(client: Client) -> None:
    post = make_post()
    approve(post)
    said = client.post(reverse("wagtailsnippets_social_publisher_post:delete", args=[post.pk]), follow=True)
    assert "was not deleted" in said.content.decode()
    several = reverse("wagtail_bulk_action", args=["social_publisher", "post", "delete"])
    said = client.post(f"{several}?id={post.pk}&next=/admin/", follow=True)
    assert "Nothing was deleted" in said.content.decode()
    assert Post.objects.filter(pk=post.pk).exists()


def test_a_draft_nobody_approved_is_deleted(client: Client) -> None:
    post = make_post()
    client.post(reverse("wagtailsnippets_social_publisher_post:delete", args=[post.pk]))
    assert not Post.objects.filter(pk=post.pk).exists()
