"""Project pages show every fact of the record and nothing else; the list is narrowed down without a script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template import Context, Template
from django.test import Client, override_settings
from wagtail.models import Locale

from content.pages import NewsPage, ProjectIndexPage, ProjectPage
from content.records import (
    Country,
    Deliverable,
    DeliverableLabel,
    Indicator,
    Milestone,
    Project,
    ProjectLink,
    Result,
    Theme,
    ThemeLabel,
)
from content.records.facts import facts_of
from content.starter import load_starting_content
from tests.support.queries import queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]


@pytest.fixture(scope="module")
def content(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The starting content, loaded once for this file."""
    folder = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(MEDIA_ROOT=folder):
        load_starting_content()
        yield
        transaction.set_rollback(True)


def read(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200, path
    return str(response.content.decode())


def whole_record() -> Project:
    """ECOFIT with a value in every field that its real record leaves empty."""
    project = Project.objects.get(acronym="ECOFIT")
    grant = project.grant
    grant.reference, grant.total_cost, grant.contribution = "REF-1", Decimal("100000"), Decimal("90000.50")
    grant.save()
    project.status, project.starts_on, project.ends_on = "closed", date(2020, 1, 15), date(2021, 12, 31)
    project.milestones = [
        Milestone(title="Last", date=date(2021, 6, 1), precision="month", state="reached"),
        Milestone(title="First", date=date(2020, 2, 3)),
    ]
    project.results = [Result(title="A result", source="The final report", reported_on=date(2022, 1, 2))]
    project.links = [ProjectLink(title="Its entry in a register", url="https://register.example.org/1")]
    project.deliverables = [Deliverable(title="A report", due_on=date(2021, 5, 5), url="https://example.org/report")]
    project.indicators = [
        Indicator(code="half", label="Half way", target=10, actual=5, source="A report", reported_on=date(2021, 1, 1)),
        Indicator(code="over", label="Beyond", target=10, actual=12, source="A report"),
        Indicator(code="silent", label="Silent", target=10),
    ]
    project.full_clean()
    project.save()
    return project


def test_a_funder_pays_no_more_than_it_costs() -> None:
    grant = Project.objects.get(acronym="ECOFIT").grant
    grant.total_cost, grant.contribution = Decimal("100"), Decimal("100")
    grant.clean()
    grant.contribution = Decimal("100.01")
    with pytest.raises(ValidationError, match="more than the total cost"):
        grant.clean()


def test_every_fact_of_a_whole_record_is_shown() -> None:
    whole_record()
    html = read("/projects/ecofit/")
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
    for fact in (
        "REF-1", "€100,000", "€90,000.50", "EU contribution", "Closed", "June 2021", "A result", "The final report",
        "Its entry in a register", "A report", "Due on", "Half way", "(50%)", "(120%)", "Firearms trafficking",
    ):  # fmt: skip
        assert fact in text, fact
    assert text.index("First") < text.index("Last")
    assert 'href="https://register.example.org/1"' in html


def test_a_bar_is_drawn_for_what_is_reported_and_never_beyond_its_end() -> None:
    whole_record()
    html = read("/projects/ecofit/")
    assert re.findall(r'class="progress__reached" width="(\d+)"', html) == ["50", "100"]
    assert html.count("Reached: not reported") == 1
    assert "progress" not in read("/projects/athena-2/")


def test_a_project_page_lists_what_is_about_it_and_nothing_of_others() -> None:
    html = read("/projects/ecofit/")
    assert 'href="/news/ecofit-five-instruments/"' in html
    assert 'href="/events/ecofit-final-conference/"' in html
    assert "/campaigns/against-smuggling/" not in html
    assert 'href="/campaigns/against-smuggling/"' in read("/projects/fait/")


def test_the_map_names_its_countries_in_words() -> None:
    html = read("/projects/ecofit/")
    assert "Map: the 34 countries named below are marked." in html
    (names,) = re.findall(r'<ul role="list" class="countries">(.*?)</ul>', html, flags=re.DOTALL)
    assert names.count("<li>") == 34
    assert "Türkiye" in names


def test_the_map_is_a_component_for_any_page() -> None:
    template = Template("{% load content_maps %}{% country_map countries %}")
    html = template.render(Context({"countries": Country.objects.filter(code__in=["RO", "MT"])}))
    assert "country-map__shown" in html
    assert "Malta" in html
    included = '{% include "content/components/country_map.html" with countries=countries %}'
    assert "Romania" in Template(included).render(Context({"countries": Country.objects.filter(code="RO")}))
    assert template.render(Context({"countries": []})).strip() == ""


def test_words_that_are_not_in_the_pages_language_say_so() -> None:
    project = Project.objects.get(acronym="ATHENA 2")
    app = project.deliverables.get(title="Mobile app")
    app.labels = [DeliverableLabel(language="ro", text="Aplicație mobilă")]
    app.save()
    app, tool = facts_of(project.pk, "ro").deliverables[1:]
    assert (app.title.text, app.title.language, app.description.language) == ("Aplicație mobilă", "", "en")
    assert (tool.title.text, tool.title.language) == ("Analysis tool", "en")
    assert facts_of(project.pk, "en").deliverables[2].title.language == ""


def test_a_milestone_stands_somewhere_in_time() -> None:
    project = Project.objects.get(acronym="FAIT")
    with pytest.raises(ValidationError, match="year of the project"):
        Milestone(project=project, title="Sometime").full_clean()


def test_years_of_a_project_are_its_timeline_where_dates_are_not_known() -> None:
    text = re.sub(r"<[^>]+>", " ", read("/projects/transborder-cooperation/"))
    assert text.index("Year 1") < text.index("Year 2") < text.index("Year 3")


def slugs(html: str) -> list[str]:
    (results,) = re.findall(r'<section id="results".*?</section>', html, flags=re.DOTALL)
    return re.findall(r'<h3[^>]*><a href="/projects/([\w-]+)/"', results)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["fait", "ecofit", "transborder-cooperation", "athena-2", "imobex"]),
        ("theme=human-trafficking", ["transborder-cooperation", "imobex"]),
        ("country=LV", ["ecofit", "athena-2", "imobex"]),
        ("country=LV&theme=firearms", ["ecofit"]),
        ("status=planned", ["transborder-cooperation"]),
        ("status=planned&country=LV", []),
        ("theme=nothing&page=x", ["fait", "ecofit", "transborder-cooperation", "athena-2", "imobex"]),
    ],
)
def test_an_address_is_a_filtered_list(query: str, found: list[str]) -> None:
    assert slugs(read(f"/projects/?{query}")) == found


def test_the_filters_say_their_counts_and_how_to_get_rid_of_them() -> None:
    html = read("/projects/?theme=human-trafficking&country=RO")
    assert "<title>Projects: 2 of 5" in html
    assert re.search(r'<option value="human-trafficking" selected>Trafficking in human beings \(2\)</option>', html)
    assert re.search(r'<option value="firearms">Firearms trafficking \(1\)</option>', html)
    assert 'href="/projects/?country=RO#results"' in html
    assert "Clear all filters" in html
    assert "No project fits" in read("/projects/?status=planned&country=LV")


def test_themes_are_filtered_in_the_readers_language() -> None:
    ThemeLabel.objects.create(theme=Theme.objects.get(code="firearms"), language="ro", text="Trafic de arme de foc")
    page = ProjectPage.objects.get(slug="ecofit")
    romanian = Locale.objects.get(language_code="ro")
    page.copy_for_translation(romanian, copy_parents=True).save_revision().publish()
    for parent in page.get_ancestors().specific():
        if copy := parent.get_translation_or_none(romanian):
            if copy.alias_of_id:
                copy = copy.specific
                copy.alias_of = None
                copy.save()
            copy.specific.save_revision().publish()
    index = ProjectIndexPage.objects.get(locale=romanian)
    html = read(index.url)
    assert "Trafic de arme de foc (1)" in html
    assert 'value="RO">România (1)' in html


def test_both_pages_take_the_same_queries_with_more_content() -> None:
    paths = ("/projects/ecofit/", "/projects/?country=RO")
    before = [queries(path) for path in paths]
    project = whole_record()
    parent = ProjectIndexPage.objects.get()
    news = NewsPage.objects.first().get_parent()
    for number in range(4):
        record = Project.objects.create(name=f"More {number}", grant=project.grant)
        record.countries.set(Country.objects.all())
        record.themes.set(Theme.objects.all())
        record.save()
        parent.add_child(instance=ProjectPage(title=f"More {number}", project=record))
        news.add_child(instance=NewsPage(title=f"News {number}", project=project))
    after = [queries(path) for path in paths]
    assert after == before
    assert max(after) <= 14
