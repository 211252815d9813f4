"""The feed: who makes it, who reads it, what is in it and what never is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.users.models import UserProfile

from social_publisher.models import AuditEvent, Blackout, CalendarFeed, CampaignRules, Launch
from tests.factories import make_campaign, make_delivery, make_editor, make_post, make_user
from tests.integration.desk.test_calendar import bulk
from tests.integration.desk.test_screens import signed_in
from tests.unit.desk.test_ical import parse, unescape

pytestmark = pytest.mark.django_db
SCREEN = "social_calendar:feed"


@pytest.fixture
def editor() -> Any:
    return make_editor()


def make(user: Any) -> str:
    """Make a feed as its owner does, and return its path."""
    page = signed_in(user).post(reverse(SCREEN), {"make": ""})
    return "/calendar/" + page.context["address"].rsplit("/calendar/", 1)[1]


def events(path: str, **query: Any) -> list[dict[str, str]]:
    answer = Client().get(path, query)
    assert answer.status_code == 200
    return parse(answer.content.decode())


def summaries(path: str, **query: Any) -> list[str]:
    return [unescape(event["SUMMARY"]) for event in events(path, **query)]


def test_a_feed_is_shown_once_and_read_without_signing_in(editor: Any) -> None:
    post = make_post(text="Ask where it comes from.")
    path = make(editor)
    secret = path.removeprefix("/calendar/").removesuffix(".ics")
    assert secret not in signed_in(editor).get(reverse(SCREEN)).content.decode()
    feed = CalendarFeed.objects.get(user=editor)
    assert secret not in str(feed.__dict__)
    answer = Client().get(path)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store"
    assert "noindex" in answer["X-Robots-Tag"]
    assert not answer.cookies
    (event,) = parse(answer.content.decode())
    assert event["UID"].startswith(f"post-{post.pk}@")
    assert event["SUMMARY"] == "Draft: Ask where it comes from."
    assert event["DTSTART"] == f"{post.due_at:%Y%m%dT%H%M%SZ}"
    assert event["STATUS"] == "TENTATIVE"
    feed.refresh_from_db()
    assert feed.last_read_on is not None
    assert AuditEvent.objects.filter(action__startswith="calendar.").count() == 1


def test_it_names_no_secret_in_the_audit(editor: Any) -> None:
    secret = make(editor).removeprefix("/calendar/").removesuffix(".ics")
    event = AuditEvent.objects.get(action="calendar.feed-made")
    assert secret not in f"{event.subject} {event.data}"


def test_an_approved_post_is_firm(editor: Any) -> None:
    make_delivery()
    assert [event["STATUS"] for event in events(make(editor))] == ["CONFIRMED"]


def test_of_a_sensitive_campaign_only_that_there_is_a_post(editor: Any) -> None:
    campaign = make_campaign(name="Victims")
    CampaignRules.objects.create(campaign=campaign, is_sensitive=True)
    make_post(campaign=campaign, text="Nobody but staff may read this.")
    path = make(editor)
    assert summaries(path) == ["Draft: Post of campaign Victims"]
    assert "Nobody but staff" not in Client().get(path).content.decode()


def test_never_a_full_text(editor: Any) -> None:
    make_post(text="word " * 60)
    assert len(summaries(make(editor))[0]) < 100


def test_it_reaches_a_month_back_and_half_a_year_ahead_with_blackouts_and_launches(editor: Any) -> None:
    now = timezone.now()
    for text, days in (("Old.", -31), ("Recent.", -29), ("Soon.", 179), ("Far.", 181)):
        make_post(text=text, due_at=now + timedelta(days=days))
    Blackout.objects.create(name="Parliament", kind="election", starts_at=now, ends_at=now + timedelta(days=1))
    page = Page.objects.get(depth=1).add_child(instance=Page(title="Launch", slug="launch", live=False))
    Launch.objects.create(page=page, goes_live_at=now + timedelta(days=1))
    assert summaries(make(editor)) == [
        "Nothing should be posted: Parliament",
        "Page goes live: Launch",
        "Draft: Recent.",
        "Draft: Soon.",
    ]


def test_filters_in_the_address_narrow_it(editor: Any) -> None:
    post = make_post(language="ro", text="The one.")
    make_post(text="Another.")
    path = make(editor)
    for query in ({"campaign": post.campaign_id}, {"language": "ro"}, {"person": post.author_id}):
        assert summaries(path, **query) == ["Draft: The one."]
    assert summaries(path, state="published") == []
    assert len(summaries(path, post__text="The one.", campaign="x")) == 2


def test_it_is_bounded(editor: Any, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any) -> None:
    monkeypatch.setattr("social_publisher.desk.calendar.feed.MOST", 5)
    bulk(9, timezone.now())
    path = make(editor)
    with django_assert_max_num_queries(15):
        assert len(events(path)) == 5


def test_what_did_not_change_is_not_sent_again(editor: Any) -> None:
    post, path = make_post(), make(editor)
    first = Client().get(path)
    again = Client().get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    draft = post.current()
    draft.text = "Changed."
    draft.save_revision(user=post.author)
    assert Client().get(path, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_new_address_ends_the_old_one_and_revoking_ends_all(editor: Any) -> None:
    old = make(editor)
    new = make(editor)
    assert Client().get(old).status_code == 404
    assert Client().get(new).status_code == 200
    signed_in(editor).post(reverse(SCREEN), {"revoke": ""})
    assert Client().get(new).status_code == 404
    assert AuditEvent.objects.filter(action="calendar.feed-revoked").count() == 1


@pytest.mark.parametrize("how", ["inactive", "role"])
def test_whoever_lost_their_place_reads_nothing(editor: Any, how: str) -> None:
    make_post()
    path = make(editor)
    if how == "inactive":
        editor.is_active = False
        editor.save()
    else:
        editor.groups.clear()
    answer = Client().get(path)
    assert answer.status_code == 404
    assert b"VCALENDAR" not in answer.content


@pytest.mark.parametrize("secret", ["", "x", "' OR 1=1", "a" * 64, "\x00", "é"])
def test_a_guess_finds_nothing(editor: Any, secret: str) -> None:
    make(editor)
    digest = CalendarFeed.objects.get().secret_sha256
    for guess in (secret, digest):
        assert Client().get(f"/calendar/{guess}.ics").status_code == 404


def test_it_is_only_read(editor: Any) -> None:
    assert Client().post(make(editor)).status_code == 405


def test_it_speaks_its_owners_language(editor: Any) -> None:
    UserProfile.objects.create(user=editor, preferred_language="ro")
    assert Client().get(make(editor)).status_code == 200


@pytest.mark.parametrize("role", ["Analysts", "Moderators"])
def test_who_may_not_see_posts_makes_no_feed(role: str) -> None:
    signed_in(make_user(role)).post(reverse(SCREEN), {"make": ""})
    assert not CalendarFeed.objects.exists()
