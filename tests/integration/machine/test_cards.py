from __future__ import annotations

import re
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from PIL import Image
from wagtail.models import PageViewRestriction

from campaign_site.machine.cards import receivers, store
from campaign_site.machine.cards.address import card_address
from campaign_site.machine.cards.facts import card_of
from content.pages import CampaignPage, EventPage, NewsPage, ProjectPage, StandardPage
from content.records import FundingStatement


def path_of(page: Any) -> str:
    return urlsplit(card_address(page)).path


def test_the_card_that_a_page_names_is_there_and_is_drawn_once() -> None:
    html = Client().get("/campaigns/against-smuggling/").content.decode()
    (address,) = re.findall(r'property="og:image" content="([^"]+)"', html)
    first = Client().get(urlsplit(address).path)
    with Image.open(BytesIO(first.content)) as picture:
        assert picture.size == (1200, 630)
    assert first["Content-Type"] == "image/jpeg"
    assert first["Cross-Origin-Resource-Policy"] == "cross-origin"
    (file,) = store.folder().iterdir()
    drawn = file.stat().st_mtime_ns
    again = Client(headers={"If-None-Match": first["ETag"]}).get(urlsplit(address).path)
    assert again.status_code == 304
    assert file.stat().st_mtime_ns == drawn


def test_reading_a_page_draws_nothing() -> None:
    Client().get("/campaigns/against-smuggling/")
    assert not list(store.folder().glob("*"))


def test_an_old_address_leads_to_the_present_card() -> None:
    page = NewsPage.objects.first()
    before = path_of(page)
    page.title = "Another title"
    page.save_revision().publish()
    response = Client().get(before)
    assert response.status_code == 302
    assert urlsplit(response["Location"]).path == path_of(page) != before


@pytest.mark.parametrize("hide", ["draft", "private"])
def test_what_is_not_public_has_no_card(hide: str) -> None:
    page = NewsPage.objects.first()
    Client().get(path_of(page))
    if hide == "draft":
        page.unpublish()
    else:
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert Client().get(path_of(page)).status_code == 404


@pytest.mark.parametrize("path", ["/cards/1/nothing.jpg", "/cards/999999/0123456789abcdef.jpg", "/cards/../x.jpg"])
def test_what_is_no_card_is_not_found(path: str) -> None:
    assert Client().get(path).status_code == 404


def test_a_page_carries_its_own_picture_else_its_campaigns_else_a_pattern() -> None:
    campaign = CampaignPage.objects.get()
    own = card_of(campaign)
    news = NewsPage.objects.first()
    news.project = campaign.campaign.project
    assert card_of(news).art == own.art
    plain = StandardPage.objects.first()
    assert card_of(plain).art not in (own.art, b"")


def test_the_funders_statement_is_on_what_the_funder_pays_for() -> None:
    paid = card_of(EventPage.objects.get(slug="ecofit-final-conference"))
    assert paid.has_emblem
    assert "European Union" in paid.statement
    private = card_of(CampaignPage.objects.get())
    assert private.statement.startswith("Funded by PMI IMPACT")
    assert not private.has_emblem
    assert card_of(StandardPage.objects.first()).statement == ""


def test_publishing_draws_beside_the_request(settings: Any, django_capture_on_commit_callbacks: Any) -> None:
    settings.CARDS_AT_PUBLISH = True
    page = ProjectPage.objects.get(slug="fait")
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    receivers.drawn()
    (file,) = store.folder().glob("*.jpg")
    assert file == store.file_of(page.pk, path_of(page)[-20:-4])


def test_a_picture_that_cannot_be_read_fails_no_publishing(
    settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.CARDS_AT_PUBLISH = True
    page = CampaignPage.objects.get()
    type(page.image).objects.filter(pk=page.image_id).update(file="original_images/lost.png")
    page = CampaignPage.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert Client().get(path_of(page)).status_code == 404


def test_another_statement_or_campaign_picture_draws_cards_again(django_capture_on_commit_callbacks: Any) -> None:
    campaign, project = CampaignPage.objects.get(), ProjectPage.objects.get(slug="fait")
    for page in (campaign, project):
        store.draw(page)
    with django_capture_on_commit_callbacks(execute=True):
        campaign.image.focal_point_x = 5
        campaign.image.save()
    assert not list(store.folder().glob("*.jpg"))
    store.draw(project)
    with django_capture_on_commit_callbacks(execute=True):
        FundingStatement.objects.first().save()
    assert not list(store.folder().glob("*.jpg"))
