"""Indicators as staff enter them and as everybody sees them: on the desk, on the project, on the public page."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction

from content.pages import CampaignPage
from content.records import Campaign
from content.records.indicator import Indicator
from content.starter import load_starting_content
from media.models import CampaignDocument
from social_publisher.engagement.site_counting import places
from social_publisher.models import (
    AuditEvent,
    CampaignIndicator,
    CampaignReporting,
    Channel,
    DownloadHour,
    PageReadHour,
)
from tests.factories import make_campaign, make_user
from tests.support.brought import HOUR, OUT, clicked, published, told
from tests.support.queries import queries
from tests.support.samples import pdf

pytestmark = pytest.mark.django_db
PLACE = "wagtailsnippets_social_publisher_campaignreporting"


def signed_in(role: str) -> tuple[Client, Any]:
    client, user = Client(), make_user(role)
    client.force_login(user)
    return client, user


def form(campaign: Campaign, *rows: dict[str, Any], **values: Any) -> dict[str, Any]:
    empty = {"counts": "", "stage": "", "label": "", "baseline": "", "target": "", "actual": "", "reported_on": "",
             "source": "", "DELETE": ""}  # fmt: skip
    data: dict[str, Any] = {"campaign": campaign.pk, "mail_to": "", "mail_language": "en", "audiences": ["citizens"]}
    for name, count in (("indicators", len(rows)),):
        data |= {f"{name}-TOTAL_FORMS": count, f"{name}-INITIAL_FORMS": 0, f"{name}-MIN_NUM_FORMS": 0}
        data |= {f"{name}-MAX_NUM_FORMS": 1000}
    for number, row in enumerate(rows):
        data |= {f"indicators-{number}-{name}": value for name, value in {**empty, "ORDER": number + 1, **row}.items()}
        for name, value in (("TOTAL", 0), ("INITIAL", 0), ("MIN_NUM", 0), ("MAX_NUM", 1000)):
            data[f"indicators-{number}-labels-{name}_FORMS"] = value
    return {**data, **values}


def test_an_entered_value_names_who_entered_it(client: Client) -> None:
    campaign = make_campaign()
    client, user = signed_in("Analysts")
    entered = {
        "label": "Calls", "stage": "outcomes", "target": "50", "actual": "20", "source": "Register",
        "reported_on": "2026-05-30",
    }  # fmt: skip
    response = client.post(reverse(f"{PLACE}:add"), form(campaign, entered, {"counts": "clicks", "target": "100"}))
    assert response.status_code == 302, BeautifulSoup(response.content, "html.parser").find_all(class_="error-message")
    calls, clicks = CampaignIndicator.objects.order_by("sort_order")
    assert (calls.entered_by, calls.entered_name, calls.actual) == (user, user.get_username(), 20)
    assert calls.entered_at is not None
    assert (clicks.entered_by, clicks.counts, clicks.at_stage) == (None, "clicks", "out-takes")
    actions = set(AuditEvent.objects.values_list("action", flat=True))
    assert {"reporting.created", "indicator.created"} <= actions


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"counts": "clicks", "actual": "5"}, "This number fills itself."),
        ({"label": "Calls"}, "Choose the stage"),
        ({"stage": "impact"}, "Name the indicator"),
        (
            {"label": "Calls", "stage": "impact", "actual": "5", "reported_on": "2026-05-30"},
            "Say where the value comes",
        ),
        ({"label": "Calls", "stage": "impact", "actual": "5", "source": "Register"}, "Say on which day"),
    ],
)
def test_what_is_missing_is_said_beside_its_field_and_nothing_is_lost(row: dict[str, str], words: str) -> None:
    campaign = make_campaign()
    client, _user = signed_in("Analysts")
    page = client.post(reverse(f"{PLACE}:add"), form(campaign, row)).content.decode()
    assert words in page
    assert not CampaignReporting.objects.exists()
    assert all(f'value="{value}"' in page or f">{value}" in page for value in row.values() if value.isdecimal())


@pytest.mark.parametrize("addresses", ["not an address", "one@example.org\n@", "a@b"])
def test_an_address_that_is_none_is_named(addresses: str) -> None:
    client, _user = signed_in("Analysts")
    page = client.post(reverse(f"{PLACE}:add"), form(make_campaign(), mail_to=addresses)).content.decode()
    assert "is no email address" in page
    with pytest.raises(ValidationError):
        CampaignReporting(campaign=make_campaign(), mail_to=addresses).full_clean()


def test_the_list_leads_to_every_campaigns_indicators() -> None:
    one, other = make_campaign(name="A"), make_campaign(name="B")
    reporting = CampaignReporting.objects.create(campaign=one, shows_results=True)
    CampaignIndicator.objects.create(reporting=reporting, counts="clicks")
    client, _user = signed_in("Analysts")
    page = BeautifulSoup(client.get(reverse(f"{PLACE}:list")).content, "html.parser")
    targets = {link.get_text(strip=True): link["href"] for link in page.select("table a")}
    assert targets["A"] == reverse(f"{PLACE}:edit", args=[reporting.pk])
    assert targets["B"] == f"{reverse(f'{PLACE}:add')}?campaign={other.pk}"


def test_a_campaigns_screen_shows_progress_and_says_not_reported() -> None:
    campaign = make_campaign()
    clicked(published(campaign), OUT, 30)
    reporting = CampaignReporting.objects.create(campaign=campaign)
    CampaignIndicator.objects.create(reporting=reporting, counts="clicks", target=40)
    CampaignIndicator.objects.create(reporting=reporting, label="Calls", stage="outcomes", target=5)
    Indicator.objects.create(project=campaign.project, code="trained", label="Specialists trained", target=120)
    client, _user = signed_in("Auditors")
    page = BeautifulSoup(client.get(reverse("social_results:campaign", args=[campaign.pk])).content, "html.parser")
    own, projects = page.select("#indicators table")
    rows = [
        [" ".join(cell.get_text(" ").split()) for cell in row.find_all(["th", "td"])] for row in own.select("tbody tr")
    ]
    assert [row[:5] for row in rows] == [
        ["Link clicks", "Out-takes", "", "40", "30 75%"],
        ["Calls", "Outcomes", "", "5", "not reported"],
    ]
    assert "not reported" in projects.get_text()
    assert "nobody can say that it caused it" in page.get_text()


def test_reads_and_downloads_are_on_the_screen() -> None:
    campaign = make_campaign()
    hour = OUT.replace(minute=0)
    PageReadHour.objects.create(campaign=campaign, hour=hour, language="el", count=12)
    DownloadHour.objects.create(campaign=campaign, hour=hour, count=5)
    client, _user = signed_in("Analysts")
    text = client.get(reverse("social_results:campaign", args=[campaign.pk])).content.decode()
    totals = BeautifulSoup(text, "html.parser").select(".desk-totals div")
    shown = {part.dt.get_text(): part.dd.get_text() for part in totals}
    assert (shown["Page reads"], shown["Files downloaded"]) == ("12", "5")
    assert "A page that was deleted" in text


def test_who_enters_a_projects_value_is_named_too() -> None:
    project = make_campaign().project
    Indicator.objects.create(project=project, code="trained", label="Trained", target=120)
    client, user = Client(), make_user(superuser=True)
    client.force_login(user)
    address = reverse("wagtailsnippets_content_project:edit", args=[project.pk])
    page = BeautifulSoup(client.get(address).content, "html.parser")
    values = {
        field["name"]: field.get("value", "")
        for field in page.select("form#w-editor-form input[name], #w-editor-form textarea[name]")
        if field.get("type") not in {"checkbox", "radio", "file"} and "__prefix__" not in field["name"]
    }
    selected = {
        field["name"]: [option["value"] for option in field.select("option[selected]")]
        for field in page.select("#w-editor-form select[name]")
        if "__prefix__" not in field["name"]
    }
    changed = {
        "indicators-0-actual": "70",
        "indicators-0-source": "Annual report",
        "indicators-0-reported_on": "2026-01-31",
    }
    response = client.post(address, {**values, **selected, **changed})
    assert response.status_code == 302, response.content.decode()[:200]
    row = Indicator.objects.get()
    assert (row.actual, row.entered_by, row.entered_name) == (70, user, user.get_username())
    emptied = dict.fromkeys(changed, "")
    assert client.post(address, {**values, **selected, **emptied}).status_code == 302
    row.refresh_from_db()
    assert (row.actual, row.entered_by, row.entered_name) == (None, None, "")


class TestPublicPage:
    @pytest.fixture
    def page(self) -> CampaignPage:
        load_starting_content()
        found = CampaignPage.objects.live().filter(locale__language_code="en").first()
        assert found is not None
        return found

    def address(self, page: CampaignPage) -> str:
        return f"{page.get_url()}results/"

    def test_a_campaign_that_does_not_say_so_keeps_its_results(self, page: CampaignPage, client: Client) -> None:
        CampaignReporting.objects.filter(campaign=page.campaign).delete()
        assert client.get(self.address(page)).status_code == 404
        assert "results/" not in client.get(page.get_url()).content.decode()

    def test_it_shows_numbers_with_their_meaning_and_no_names(
        self, page: CampaignPage, client: Client, serve: Any
    ) -> None:
        serve("mastodon")
        public = Channel.objects.create(
            name="Public", network="mastodon", handle="selec", language="en", time_zone="UTC"
        )
        told(published(page.campaign, public, link_url="https://example.org/"), OUT + HOUR, likes=1_204)
        told(published(page.campaign), OUT + HOUR, likes=99)
        reporting, _made = CampaignReporting.objects.update_or_create(
            campaign=page.campaign, defaults={"shows_results": True}
        )
        reporting.indicators.all().delete()
        CampaignIndicator.objects.create(
            reporting=reporting, label="Calls", stage="outcomes", target=5, actual=2, source="Register",
            reported_on=date(2026, 5, 30), entered_name="A person of ours",
        )  # fmt: skip
        PageReadHour.objects.create(campaign=page.campaign, hour=OUT.replace(minute=0), language="el", count=12)
        html = client.get(self.address(page)).content.decode()
        shown = BeautifulSoup(html, "html.parser")
        cards = {
            card.select_one(".figure-card__label").get_text(): card.select_one(".figure-card__value").get_text()
            for card in shown.select(".figure-card")
        }
        assert (cards["Reactions"], cards["Impressions"], cards["Page reads"]) == ("1,204", "n/a", "12")
        assert all(card.select_one(".figure-card__source").get_text() for card in shown.select(".figure-card"))
        assert "2 (40%)" in shown.get_text()
        assert "A person of ours" not in html
        assert f'href="{page.get_url()}results/"' in client.get(page.get_url()).content.decode()

    def test_it_asks_the_database_a_bounded_number_of_times(self, page: CampaignPage, client: Client) -> None:
        CampaignReporting.objects.update_or_create(campaign=page.campaign, defaults={"shows_results": True})
        assert queries(self.address(page)) <= 14
        assert queries(page.get_url()) <= 14


READER = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


def test_the_kit_and_the_campaigns_documents_are_counted_as_downloads() -> None:
    load_starting_content()
    page = CampaignPage.objects.live().filter(locale__language_code="en").first()
    assert page is not None
    document = CampaignDocument(title="Leaflet", file=ContentFile(pdf(), name="leaflet.pdf"), file_size=8)
    document.save()
    other = CampaignDocument(title="Other", file=ContentFile(pdf(), name="other.pdf"), file_size=8)
    other.save()
    page.downloads = [("download", {"document": document, "title": "", "note": ""})]
    page.save()
    places.forget()
    reader, kit = Client(headers=READER), f"{page.get_url()}press-kit/download/"
    for address in (kit, page.get_url(), document.url, other.url):
        response = reader.get(address)
        assert response.status_code == 200
        assert b"".join(response)
    assert b"".join(Client(headers={"user-agent": "curl/8"}).get(kit))
    assert {(row.document, row.count) for row in DownloadHour.objects.all()} == {(0, 1), (document.pk, 1)}
    assert PageReadHour.objects.get().count == 1


def test_what_was_not_given_is_not_counted() -> None:
    load_starting_content()
    page = CampaignPage.objects.live().filter(locale__language_code="en").first()
    assert page is not None
    CampaignReporting.objects.all().delete()
    page.kit, page.key_messages = [], []
    page.save()
    document = CampaignDocument(title="Leaflet", file=ContentFile(pdf(), name="leaflet.pdf"), file_size=8)
    document.collection = Collection.get_first_root_node().add_child(name="Staff")
    document.save()
    CollectionViewRestriction.objects.create(collection=document.collection, restriction_type="login")
    CampaignPage.objects.filter(pk=page.pk).update(
        downloads=[{"type": "download", "value": {"document": document.pk, "title": "", "note": ""}, "id": "x"}]
    )
    places.forget()
    reader = Client(headers=READER)
    for address in (f"{page.get_url()}press-kit/download/", f"{page.get_url()}results/", document.url):
        assert reader.get(address).status_code in {302, 404}
    assert not DownloadHour.objects.exists()
    assert not PageReadHour.objects.exists()


def test_progress_is_that_of_the_periods_end() -> None:
    campaign = make_campaign()
    published(campaign)
    published(campaign, at=OUT + timedelta(days=40))
    reporting = CampaignReporting.objects.create(campaign=campaign)
    CampaignIndicator.objects.create(reporting=reporting, counts="posts", target=4)
    client, _user = signed_in("Analysts")
    query = {"period": "own", "first": "2026-05-01", "last": "2026-05-31"}
    html = client.get(reverse("social_results:campaign", args=[campaign.pk]), query).content
    assert "1 25%" in " ".join(BeautifulSoup(html, "html.parser").select_one("#indicators tbody").get_text(" ").split())
