"""What the screens of results say of a period."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from content.records import Campaign
from social_publisher.engagement import results
from social_publisher.engagement.periods import Period
from social_publisher.engagement.rollup import roll_up_clicks
from social_publisher.models import Delivery
from social_publisher.models.ledger import Event
from tests.factories import make_campaign, make_channel, make_user
from tests.support.brought import DAY, HOUR, OUT, clicked, published, told
from tests.support.queries import queries

pytestmark = pytest.mark.django_db
EVERYTHING = Period(None, date(2026, 12, 31))


@pytest.fixture
def analyst() -> Client:
    client = Client()
    client.force_login(make_user("Analysts"))
    return client


def screen(client: Client, campaign: Campaign, **query: Any) -> BeautifulSoup:
    response = client.get(reverse("social_results:campaign", args=[campaign.pk]), query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def rows_of(page: BeautifulSoup, caption: str) -> list[list[str]]:
    """A table's body as words."""
    named = {table.caption.get_text(strip=True): table for table in page.find_all("table") if table.caption}
    rows = named[caption].find("tbody").find_all("tr")
    return [[" ".join(cell.get_text(" ").split()) for cell in row.find_all(["th", "td"])] for row in rows]


def test_a_day_has_what_came_on_it_and_all_days_together_what_is_told_now() -> None:
    campaign = make_campaign()
    row = published(campaign)
    told(row, OUT + HOUR, likes=4, impressions=100)
    told(row, OUT + DAY, likes=3, impressions=250)
    clicked(row, OUT + DAY, 7)
    days = results.by_day([campaign], EVERYTHING)
    assert {day: (one.likes, one.impressions, one.link_clicks) for day, one in days.items()} == {
        date(2026, 5, 4): (4, 100, 0),
        date(2026, 5, 5): (-1, 150, 7),
    }
    both = results.by_campaign([campaign], EVERYTHING)[campaign.pk]
    assert (both.likes, both.impressions, both.link_clicks, both.rate) == (3, 250, 7, Decimal("1.20"))
    last = results.by_campaign([campaign], Period(date(2026, 5, 5), date(2026, 5, 5)))[campaign.pk]
    assert (last.likes, last.impressions) == (-1, 150)


def test_what_no_network_told_is_none_and_not_zero(analyst: Client) -> None:
    campaign = make_campaign()
    row = published(campaign)
    clicked(row, OUT, 2)
    one = results.by_campaign([campaign], EVERYTHING)[campaign.pk]
    assert (one.link_clicks, one.reactions, one.rate) == (2, None, None)
    page = screen(analyst, campaign)
    assert rows_of(page, "By channel") == [[str(row.channel), "2", *["n/a"] * 6]]


def test_a_campaigns_screen_has_its_posts_channels_languages_links_and_days(analyst: Client) -> None:
    campaign, x, bluesky = (
        make_campaign(goal="Ask where it comes from."),
        make_channel("x", name="One"),
        make_channel("bluesky", name="Two"),
    )
    first = published(campaign, x, language="ro", text="The first.", link_url="https://example.org/first")
    second = published(campaign, bluesky, OUT + DAY, language="bg", text="The second.")
    other = published(make_campaign(), x, text="Of another campaign.")
    told(first, OUT + HOUR, likes=1_204, reposts=6, impressions=1_000)
    told(second, OUT + DAY + HOUR, likes=2)
    told(other, OUT + HOUR, likes=99)
    clicked(first, OUT + HOUR, 5)
    page = screen(analyst, campaign, period="own", first="2026-05-01", last="2026-05-31")
    assert rows_of(page, "By channel") == [
        [x.name, "5", "1,000", "1,210", "1,204", "6", "n/a", "121.00"],
        [bluesky.name, "0", "n/a", "2", "2", "n/a", "n/a", "n/a"],
    ]
    assert [row[0] for row in rows_of(page, "By language")] == ["Bulgarian", "Romanian"]
    assert [row[0] for row in rows_of(page, "What people did most with")] == ["The first.", "The second."]
    assert [row[0] for row in rows_of(page, "What people did least with")] == ["The second.", "The first."]
    assert rows_of(page, "Clicks on all of the campaign's links, in all") == [["https://example.org/first", "5"]]
    assert "Of another campaign." not in page.get_text()
    week = rows_of(page, "By weekday and hour, as a table")
    assert [week[0][0], week[0][1 + 13]] == ["Monday", "1215"]
    assert sum(int(cell) for row in week for cell in row[1:]) == 1217
    assert len(page.find_all("svg", class_="chart")) == 3


def test_the_days_can_be_chosen_and_are_compared_with_those_before(analyst: Client) -> None:
    campaign = make_campaign()
    row = published(campaign)
    told(row, OUT, likes=4)
    told(row, OUT + 7 * DAY, likes=14)
    page = screen(analyst, campaign, period="own", first="2026-05-11", last="2026-05-17")
    text = " ".join(page.get_text(" ").split())
    assert "From 11 May 2026 to 17 May 2026" in text
    assert "Reactions 10 the days before: 4" in text
    assert rows_of(page, "All posts of these days") == [["Nothing yet."]]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"period": "own"}, "Choose the first day."),
        ({"period": "own", "first": "2026-05-02", "last": "2026-05-01"}, "The last day comes before the first one."),
        ({"period": "own", "first": "yesterday"}, "Enter a valid date."),
        ({"period": "28\0"}, "Select a valid choice."),
        ({"page": "9" * 30, "first": "9999-99-99"}, "Enter a valid date."),
        ({"page": "9" * 18, "first": "9999-99-99"}, "Enter a valid date."),
    ],
)
def test_days_that_cannot_be_meant_are_said_and_everything_is_shown(
    analyst: Client, query: dict[str, str], words: str
) -> None:
    page = screen(analyst, make_campaign(), **query)
    assert words in page.get_text()
    assert "Everything until" in page.get_text()


def test_what_was_taken_back_or_removed_by_others_is_said(analyst: Client) -> None:
    campaign = make_campaign()
    ours, theirs = published(campaign), published(campaign, text="Still there?")
    Delivery.objects.move(Event.RECALLED, [ours.pk], at=timezone.now())
    Delivery.objects.filter(pk=theirs.pk).update(gone_at=OUT + DAY)
    page = screen(analyst, campaign)
    text = " ".join(page.get_text(" ").split())
    assert "1 post was taken back" in text
    assert "1 post is no longer on its network" in text
    assert rows_of(page, "All posts of these days")[0][0] == "Still there? Not on the network since 5 May 2026"


def test_how_recent_the_numbers_are_is_said(analyst: Client) -> None:
    campaign = make_campaign()
    assert "No network has been read yet" in screen(analyst, campaign).get_text()
    row = published(campaign)
    assert "was last read at 5 May 2026, 12:30" in screen(analyst, campaign).get_text()
    Delivery.objects.filter(pk=row.pk).update(next_reading_at=OUT + 2 * DAY)
    assert "between 5 May 2026, 12:30 and 5 May 2026, 12:30" in screen(analyst, campaign).get_text()


def test_campaigns_are_compared_side_by_side(analyst: Client) -> None:
    one, other = make_campaign(name="A campaign"), make_campaign(name="B campaign")
    told(published(one), OUT, likes=4, impressions=50)
    told(published(other), OUT, likes=6)
    page = BeautifulSoup(analyst.get(reverse("social_results:index")).content, "html.parser")
    rows = rows_of(page, "By campaign")
    assert [(row[0].split(" ")[0], row[1], row[4], row[8]) for row in rows] == [
        ("A", "1", "4", "8.00"),
        ("B", "1", "6", "n/a"),
    ]
    assert [cell.get_text() for cell in page.find("tfoot").find_all("td")][3] == "10"
    assert "Clicks as of" not in page.get_text()
    roll_up_clicks(OUT)
    assert "Clicks as of 4 May 2026, 12:30:00." in analyst.get(reverse("social_results:index")).content.decode()


def test_the_last_hours_can_be_followed(analyst: Client) -> None:
    campaign = make_campaign()
    row = published(campaign, at=timezone.now() - HOUR)
    address = reverse("social_results:last_hours", args=[campaign.pk])
    assert "Nothing yet." in analyst.get(address).content.decode()
    told(row, timezone.now(), likes=3)
    page = BeautifulSoup(analyst.get(address).content, "html.parser")
    assert "0 link clicks, 3 reactions" in page.get_text()
    assert [cell.get_text() for cell in page.tbody.find_all("td")] == ["0", "3"]


def test_the_screens_ask_the_same_number_of_times_for_any_number_of_posts(analyst: Client) -> None:
    campaign = make_campaign()
    told(published(campaign), OUT, likes=1)
    addresses = [
        reverse("social_results:campaign", args=[campaign.pk]) + "?period=90",
        reverse("social_results:index") + "?period=90",
    ]
    few = [queries(address, analyst) for address in addresses]
    assert max(few) <= 25
    for number in range(30):
        row = published(campaign, at=OUT + number * HOUR, language="ro")
        told(row, OUT + number * HOUR, likes=number)
        clicked(row, OUT, 1)
    assert [queries(address, analyst) for address in addresses] == few
