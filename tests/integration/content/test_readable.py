"""What shuts readers out may be in a draft; it is never published, whichever way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, get_page_models
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from content.pages import HomePage, PressPage, StandardPage
from content.pages.base import BasePage, IndexPage
from content.pages.readable import UnreadableError
from media.models import CampaignDocument
from tests.factories import make_image, make_user
from tests.pages import make_home

pytestmark = pytest.mark.django_db

BAD: list[tuple[str, Any]] = [
    ("subheading", "Under nothing"),
    ("paragraph", '<p>For the report <a href="https://a.example/">click here</a>.</p>'),
    ("heading", "NOTHING UNDER THIS HEADING"),
]
REASONS = ["does not say where the link leads", "all in capitals"]


@pytest.fixture
def home() -> Page:
    return make_home().get_parent().specific


def form(action: str = "", **fields: Any) -> dict[str, Any]:
    """What the page editor posts."""
    texts = [
        ("subheading", "Under nothing"),
        ("paragraph", rich_text('<p>For the report <a href="https://a.example/">click here</a>.</p>')),
    ]
    values = {"title": "About us", "slug": "about-us", "summary": "", "image": "", "image_alt": "", "comments": {}}
    data = nested_form_data({**values, "body": streamfield(texts), **fields})
    data |= {
        f"comments-{name}": number for name, number in (("TOTAL_FORMS", 0), ("INITIAL_FORMS", 0), ("MIN_NUM_FORMS", 0))
    }
    return data | ({action: "1"} if action else {})


def test_a_draft_is_kept_as_it_is_and_publishing_says_what_to_do_at_its_place(home: Page) -> None:
    client = Client()
    client.force_login(make_user(superuser=True))
    address = reverse("wagtailadmin_pages:add", args=["content", "standardpage", home.pk])
    assert client.post(address, form()).status_code == 302
    page = StandardPage.objects.get(slug="about-us")
    assert not page.live
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    html = client.post(edit, form("action-publish")).content.decode()
    assert "does not say where the link leads" in html
    page.refresh_from_db()
    assert not page.live
    words = streamfield([("subheading", "Under nothing"), ("paragraph", rich_text("<p>Words.</p>"))])
    html = client.post(edit, form("action-publish", body=words)).content.decode()
    assert "stands under no heading" in html
    words = streamfield([("heading", "Who we are"), ("paragraph", rich_text("<p>Words.</p>"))])
    html = client.post(edit, form("action-publish", body=words, title="ABOUT ALL OF US")).content.decode()
    assert "all in capitals" in html
    assert client.post(edit, form("action-publish", body=words)).status_code == 302
    page.refresh_from_db()
    assert page.live


def test_no_other_way_leads_to_the_public(home: Page) -> None:
    page = home.add_child(instance=StandardPage(title="About", slug="about", live=False))
    page.body = BAD
    revision = page.save_revision()
    with pytest.raises(UnreadableError) as caught:
        revision.publish()
    for reason in REASONS:
        assert reason in caught.value.messages[0]
    page.refresh_from_db()
    assert not page.live
    page.body = BAD
    page.go_live_at = timezone.now() + timedelta(days=1)
    with pytest.raises(UnreadableError):
        page.save_revision().publish()
    page.refresh_from_db()
    assert page.approved_schedule is False


def test_an_approver_is_told_on_the_editors_screen(home: Page) -> None:
    page = home.add_child(instance=StandardPage(title="About", slug="about", live=False))
    page.body = BAD
    page.save_revision()
    client = Client()
    client.force_login(make_user(superuser=True))
    response = client.post(
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={page.pk}", follow=True
    )
    assert response.status_code == 200
    assert "is not published yet" in response.content.decode()
    page.refresh_from_db()
    assert not page.live


def test_a_picture_is_described_and_not_by_its_file(home: Page) -> None:
    page = home.add_child(
        instance=StandardPage(title="About", slug="about", live=False, image=make_image(), image_alt="IMG_2041.jpg")
    )
    with pytest.raises(UnreadableError, match="file name"):
        page.save_revision().publish()
    page.image_alt = "Two officers look into a lorry."
    figure = {"image": page.image, "alt_text": "", "decorative": False, "caption": ""}
    page.body = [("figure", figure)]
    with pytest.raises(UnreadableError, match="Describe the picture"):
        page.save_revision().publish()
    page.body = [("gallery", {"pictures": [{**figure, "decorative": True}] * 2})]
    page.save_revision().publish()
    page.refresh_from_db()
    assert page.live


def test_what_stands_beside_the_text_is_checked_too(home: Page) -> None:
    (document,) = CampaignDocument.objects.bulk_create([CampaignDocument(title="here", file_size=4)])
    press = home.add_child(instance=PressPage(title="Press", live=False))
    press.boilerplate = '<p>Read it <a href="https://example.org">here</a>.</p>'
    press.pictures = [("picture", {"image": make_image(), "alt_text": "IMG_2041.jpg", "caption": ""})]
    press.downloads = [("download", {"document": document, "title": "", "note": ""})]
    with pytest.raises(UnreadableError) as refused:
        press.save_revision().publish()
    told = str(refused.value)
    assert "The description “IMG_2041.jpg” is a file name." in told
    assert told.count("The link text “here” does not say where the link leads.") == 1


def test_editors_see_what_a_page_type_is_for_and_preview_it_in_the_widths_of_readers(home: Page) -> None:
    kinds = [model for model in get_page_models() if issubclass(model, BasePage)]
    described = [model for model in kinds if not issubclass(model, IndexPage | HomePage)]
    assert len(described) > 8
    assert all(model.get_page_description() for model in described)
    assert [size["device_width"] for size in home.preview_sizes] == [320, 768, 1440]
