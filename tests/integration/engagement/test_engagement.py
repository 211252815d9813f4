from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from content.pages import HomePage
from content.starter import load_starting_content
from social_publisher.delivery.worker import carry
from social_publisher.models import CampaignRules, ClickHour, Delivery, RehearsalPost
from tests.factories import make_delivery

pytestmark = pytest.mark.django_db
PHONE = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"
)


@pytest.fixture
def reader() -> Client:
    return Client(headers={"user-agent": PHONE, "accept-language": "ro"})


def published(**fields: Any) -> Delivery:
    delivery = make_delivery(**fields)
    carry([delivery.pk], clock=lambda: delivery.due_at)
    delivery.refresh_from_db()
    return delivery


def test_a_campaign_may_name_its_links_itself(reader: Client) -> None:
    delivery = published()
    CampaignRules.objects.create(campaign=delivery.post.campaign, utm_content="spring")
    location = reader.get(f"/go/{delivery.short_link.code}")["Location"]
    assert parse_qs(urlsplit(location).query)["utm_content"] == ["spring"]


def test_a_click_is_counted_by_hour_and_language_and_led_to_the_target(reader: Client) -> None:
    delivery = published()
    response = reader.get(f"/go/{delivery.short_link.code}")
    assert response.status_code == 302
    parts = urlsplit(response["Location"])
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == "https://example.org/smuggling"
    assert parse_qs(parts.query) == {
        "utm_source": ["mastodon"],
        "utm_medium": ["social"],
        "utm_campaign": [delivery.post.campaign.code],
        "utm_content": [f"post-{delivery.post_id}"],
    }
    reader.get(f"/go/{delivery.short_link.code}")
    count = ClickHour.objects.get()
    assert (count.count, count.language, count.hour.minute) == (2, "ro", 0)


def test_a_page_is_followed_where_it_moves(reader: Client) -> None:
    load_starting_content()
    page = HomePage.objects.get().get_children().get(slug="about")
    delivery = published(link_page=page, link_url="")
    page.slug = "about-us"
    page.save()
    location = reader.get(f"/go/{delivery.short_link.code}")["Location"]
    assert urlsplit(location).path == "/about-us/"


def test_a_page_that_is_gone_is_said_to_be_gone(reader: Client) -> None:
    load_starting_content()
    page = HomePage.objects.get().get_children().get(slug="about")
    delivery = published(link_page=page, link_url="")
    page.unpublish()
    assert reader.get(f"/go/{delivery.short_link.code}").status_code == 404


def test_programs_and_looks_without_a_click_are_not_counted(reader: Client) -> None:
    delivery = published()
    address = f"/go/{delivery.short_link.code}"
    assert Client(headers={"user-agent": "Twitterbot/1.0"}).get(address).status_code == 302
    assert reader.head(address).status_code == 302
    assert reader.post(address).status_code == 405
    assert not ClickHour.objects.exists()


def test_an_approver_trying_the_link_beforehand_is_not_counted(reader: Client) -> None:
    delivery = make_delivery()
    assert reader.get(f"/go/{delivery.short_link.code}").status_code == 302
    assert not ClickHour.objects.exists()


def test_an_unknown_code_leads_nowhere(reader: Client) -> None:
    load_starting_content()
    assert reader.get("/go/nosuchcode").status_code == 404
    assert reader.get("/go/nosuchcode?next=https://evil.example").status_code == 404


def test_a_click_sets_no_cookie(reader: Client) -> None:
    delivery = published()
    assert not reader.get(f"/go/{delivery.short_link.code}").cookies


def test_each_delivery_has_a_link_of_its_own() -> None:
    delivery = published()
    assert delivery.short_link.code in RehearsalPost.objects.get().text
    other = published()
    assert other.short_link.code != delivery.short_link.code
