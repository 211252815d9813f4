from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Locale

from content.pages import CampaignPage, HomePage, NewsPage, ProjectPage
from content.records import Country, Funder, Programme, Project
from content.starter.countries import EU, SELEC
from tests.integration.content.facts import FACTS
from tests.support.queries import queries

pytestmark = pytest.mark.usefixtures("starting_content")


def read(path: str) -> str:
    """The text of a page as a reader sees it."""
    response = Client().get(path)
    assert response.status_code == 200, path
    text = re.sub(r"<(script|style|head)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))


@pytest.mark.parametrize("slug", FACTS)
def test_every_fact_of_a_project_is_on_its_page(slug: str) -> None:
    text = read(f"/projects/{slug}/").lower()
    missing = [fact for fact in FACTS[slug] if fact.lower() not in text]
    assert missing == []


def test_home_shows_the_campaign_the_projects_and_the_news() -> None:
    text = read("/")
    for title in CampaignPage.objects.values_list("title", flat=True):
        assert title in text
    for project in Project.objects.all():
        assert project.name in text
    for page in NewsPage.for_cards()[:3]:
        assert page.title in text


def test_the_campaign_page_shows_its_messages_calls_project_and_funder() -> None:
    text = read("/campaigns/against-smuggling/")
    page = CampaignPage.objects.get()
    for block in [*page.key_messages, *page.actions]:
        assert block.value["title"] in text
    assert "FAIT: Fight Against Illegal Trade" in text
    assert "Funded by PMI IMPACT, the global grant initiative of Philip Morris International." in text
    assert "no account on a public network yet" in text


FUNDED_BY_THE_EU = [
    "/projects/ecofit/",
    "/projects/transborder-cooperation/",
    "/news/ecofit-five-instruments/",
    "/events/ecofit-final-conference/",
]


@pytest.mark.parametrize("path", FUNDED_BY_THE_EU)
def test_the_emblem_and_the_statement_are_one_and_stand_before_the_title(path: str) -> None:
    html = Client().get(path).content.decode()
    assert html.index("<main") < html.index('class="funding"') < html.index("<h1")
    (component,) = re.findall(r'<aside class="funding".*?</aside>', html, flags=re.DOTALL)
    assert "eu-emblem" in component
    assert "funding__statement" in component
    assert html.count("eu-emblem") == 1


def test_a_private_funder_stands_beside_no_emblem() -> None:
    for path in ("/projects/fait/", "/campaigns/against-smuggling/"):
        html = Client().get(path).content.decode()
        assert "PMI IMPACT" in html
        assert "eu-emblem" not in html


def test_a_private_programme_cannot_carry_the_emblem() -> None:
    programme = Programme(name="Other", funder=Funder.objects.get(kind="private"), shows_eu_emblem=True)
    with pytest.raises(ValidationError, match="Only programmes of the European Union"):
        programme.full_clean()


def test_what_is_unknown_is_not_shown() -> None:
    text = read("/projects/athena-2/")
    for label in ("Total cost", "Grant reference", "Funder", "Starts", "Results", "Timeline", "Links"):
        assert label not in text
    event = read("/events/ecofit-final-conference/")
    assert "ECOFIT final conference" in event
    assert not re.search(r"\b20\d\d\b", event)


def test_an_indicator_without_a_report_says_so() -> None:
    assert "Reached: not reported" in read("/projects/fait/")


def test_memberships_are_data() -> None:
    assert Country.objects.filter(selec_member=True).count() == len(SELEC) == 11
    assert Country.objects.filter(eu_member=True).count() == len(EU) == 27


@pytest.mark.parametrize(("language", "name"), [("ro", "Grecia"), ("el", "Ελλάδα"), ("bg", "Гърция"), ("cnr", "Grčka")])
def test_country_names_come_in_every_language(language: str, name: str) -> None:
    from django.utils.translation import override

    with override(language):
        assert Country.objects.get(code="GR").name == name


def test_every_language_of_the_region_is_set_up() -> None:
    expected = {"en", "sq", "bs", "hr", "sr", "cnr", "bg", "el", "hu", "ro", "mk", "tr"}
    assert {code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES} == expected
    assert set(Locale.objects.values_list("language_code", flat=True)) == expected


def test_a_translation_has_its_own_address_and_both_versions_name_each_other() -> None:
    page = HomePage.objects.get()
    translated = page.copy_for_translation(Locale.objects.get(language_code="ro"))
    translated.title = "Proiecte și campanii"
    translated.save_revision().publish()
    html = Client().get("/ro/").content.decode()
    assert '<html lang="ro">' in html
    assert 'hreflang="en"' in html
    assert ">English<" in html
    assert 'lang="ro" hreflang="ro">Română' in Client().get("/").content.decode()


def test_a_language_without_a_translation_leads_to_the_page_that_there_is() -> None:
    for path in ("/", "/projects/fait/"):
        response = Client().get(f"/tr{path}")
        assert response.status_code == 302
        assert urlsplit(response["Location"]).path == path


def test_a_translated_home_shows_the_translated_campaign_alone() -> None:
    romanian = Locale.objects.get(language_code="ro")
    home = HomePage.objects.get().copy_for_translation(romanian)
    home.save_revision().publish()
    assert "Smuggling takes" not in Client().get("/ro/").content.decode()
    campaign = CampaignPage.objects.get().copy_for_translation(romanian, copy_parents=True)
    campaign.title = "Contrabanda ia de la noi toți"
    campaign.save_revision().publish()
    assert campaign.title in Client().get("/ro/").content.decode()


def test_the_sitemap_has_every_language() -> None:
    home = HomePage.objects.get().copy_for_translation(Locale.objects.get(language_code="ro"))
    home.save_revision().publish()
    text = Client().get("/sitemap.xml").content.decode()
    assert "/ro/</loc>" in text
    assert "/projects/fait/</loc>" in text


def test_english_has_the_short_address_whatever_the_browser_speaks() -> None:
    response = Client(headers={"accept-language": "ro"}).get("/")
    assert response.status_code == 200
    assert '<html lang="en">' in response.content.decode()


PATHS = [
    "/", "/projects/", "/projects/ecofit/", "/projects/fait/", "/campaigns/", "/campaigns/against-smuggling/", "/news/",
    "/news/ecofit-five-instruments/", "/events/", "/events/ecofit-final-conference/", "/resources/", "/about/",
]  # fmt: skip


def test_home_takes_the_same_queries_with_more_projects_and_news() -> None:
    before = queries("/")
    parent = ProjectPage.objects.get(slug="fait").get_parent()
    for number in range(3):
        record = Project.objects.create(name=f"More {number}", grant=Project.objects.get(acronym="FAIT").grant)
        parent.add_child(instance=ProjectPage(title=f"More {number}", project=record))
    assert queries("/") <= before


@pytest.mark.parametrize("path", PATHS)
def test_a_page_asks_nothing_of_anybody_else(path: str) -> None:
    response = Client().get(path)
    html = response.content.decode()
    loaded = re.findall(
        r'(?:<(?:img|script|iframe|source)[^>]+src|<link[^>]+rel="(?:stylesheet|preload|icon)"[^>]+href)="([^"]+)"',
        html,
    )
    assert loaded
    assert all(address.startswith("/") and not address.startswith("//") for address in loaded)
    # Linked data is no script: browsers run none of it.
    assert not re.search(r"<script(?![^>]+(?:src|application/ld\+json))|\son\w+=|\sstyle=", html)
    assert not response.cookies


def test_reading_costs_no_script() -> None:
    assert not re.search(r"<script(?! type=\"application/ld\+json\")", Client().get("/").content.decode())


def test_a_missing_page_helps() -> None:
    response = Client().get("/no/such/page/")
    assert response.status_code == 404
    assert "This page is not here" in response.content.decode()
    assert 'href="/search/"' in response.content.decode() or 'action="/search/"' in response.content.decode()
