"""The content report, and the weekly look at links."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page

from content.pages import ProjectIndexPage, ProjectPage
from content.records.outputs import ProjectLink
from content.report import links
from content.report.models import LinkTarget, PageReview
from tests.factories import make_campaign, make_image, make_user
from tests.pages import make_home, make_news, translated

pytestmark = [pytest.mark.django_db, pytest.mark.reference_index]


@dataclass(frozen=True)
class Seen:
    outcome: str
    status: int = 0


def report(client: Client, query: str = "") -> dict[str, list[Any]]:
    """What the report shows, by kind."""
    found: dict[str, list[Any]] = {}
    for item in client.get(f"{reverse('content_report')}{query}").context["object_list"]:
        found.setdefault(item.source, []).append(item)
    return found


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make_user(superuser=True))
    return client


def test_a_page_that_is_not_read_for_long_is_told_of_until_somebody_reads_it(staff: Client) -> None:
    news = make_home()
    old, _new = make_news(news), make_news(news)
    Page.objects.filter(pk=old.pk).update(last_published_at=timezone.now() - timedelta(days=400))
    assert [item.page_id for item in report(staff)["stale"]] == [old.pk]
    staff.post(reverse("content_report_reviewed", args=[old.pk]))
    assert PageReview.objects.get().page_id == old.pk
    assert "stale" not in report(staff)


def test_what_pictures_and_languages_lack_is_told_and_can_be_taken_away(staff: Client) -> None:
    for code in ("ro", "el"):
        Locale.objects.get_or_create(language_code=code)
    page = make_news(image=make_image(title="Words missing"), title="=1+1")
    translated(page, "el", image_alt="Λέξεις")
    make_image(title="Old agreement", people="agreed", consent_note="Folder", consent_until=timezone.localdate())
    make_image(title="Whose", credit="", licence="")
    found = report(staff)
    assert [item.title for item in found["agreements"]] == ["Old agreement"]
    assert [item.title for item in found["origins"]] == ["Whose"]
    assert [item.title for item in found["alt"]] == [page.title]
    assert "Romanian" in next(item.why for item in found["languages"] if item.title == page.title)
    assert set(report(staff, "?source=alt")) == {"alt"}
    table = b"".join(staff.get(f"{reverse('content_report')}?export=csv")).decode()
    assert "Old agreement" in table
    assert "'=1+1" in table
    assert staff.get(f"{reverse('content_report')}?export=xlsx").status_code == 200


def test_it_is_for_those_who_edit_pages(client: Client) -> None:
    client.force_login(make_user())
    assert client.get(reverse("content_report")).status_code == 302
    page = make_news()
    assert client.post(reverse("content_report_reviewed", args=[page.pk])).status_code in (302, 403)
    assert not PageReview.objects.exists()


@pytest.fixture
def linked(settings: Any) -> Page:
    """A page with two links outside and three inside."""
    settings.LOOK_AT_LINKS = True
    inside = settings.PUBLIC_BASE_URL
    news = make_home()
    text = (
        '<p><a href="https://gone.example/a?b=1&amp;c=2">a</a> <a href="https://fine.example/">b</a>'
        f' <a href="{inside}/news/">c</a> <a href="{inside}/nowhere/">d</a> <a href="/old/">e</a></p>'
    )
    return make_news(news, body=[{"type": "paragraph", "value": text}])


def answers(outcomes: dict[str, str]) -> Callable[[str], Seen]:
    return lambda url: Seen(next((seen for part, seen in outcomes.items() if part in url), "opens"))


def test_a_broken_link_is_told_when_it_fails_twice_and_forgotten_when_it_opens(linked: Page, staff: Client) -> None:
    Redirect.add_redirect("/old/", "/news/")
    now = timezone.now()
    links.collect(now)
    assert LinkTarget.objects.filter(url="https://gone.example/a?b=1&c=2").exists()
    for day in (0, 1):
        assert "links" not in report(staff)
        for _round in range(4):
            links.look_at_due(now + timedelta(days=day), answers({"gone": "gone"}))
    told = [item.why.split(": ")[0] for item in report(staff)["links"]]
    assert sorted(told) == ["http://127.0.0.1:8000/nowhere/", "https://gone.example/a?b=1&c=2"]
    # Once a week from then on, each server once in a round.
    asked: list[str] = []

    def note(url: str) -> Seen:
        asked.append(url)
        return Seen("opens")

    links.look_at_due(now + timedelta(days=2), note)
    assert asked == []
    for _round in range(4):
        links.look_at_due(now + timedelta(days=9), note)
    assert sorted(asked) == ["https://fine.example/", "https://gone.example/a?b=1&c=2"]
    assert len(report(staff)["links"]) == 1


def test_a_link_that_left_the_page_is_forgotten(linked: Page) -> None:
    links.collect(timezone.now())
    linked.body = []
    linked.save_revision().publish()
    links.collect(timezone.now())
    assert not LinkTarget.objects.exists()


def test_a_link_to_a_page_that_is_no_longer_public_is_told(staff: Client) -> None:
    news = make_home()
    other = make_news(news, title="The other")
    text = f'<p><a linktype="page" id="{other.pk}">the other</a></p>'
    make_news(news, title="The one", body=[{"type": "paragraph", "value": text}])
    assert "links" not in report(staff)
    other.unpublish()
    assert [(item.title, "The other" in item.why) for item in report(staff)["links"]] == [("The one", True)]


def test_links_of_records_are_looked_at_where_they_are_shown() -> None:
    home = make_home()
    project = make_campaign().project
    ProjectLink.objects.create(project=project, title="Its own site", url="https://example.org/project")
    index = home.get_parent().specific.add_child(instance=ProjectIndexPage(title="Projects"))
    page = index.add_child(instance=ProjectPage(title="The project", project=project))
    links.collect(timezone.now())
    assert LinkTarget.objects.get(url="https://example.org/project").pages.get().pk == page.pk
