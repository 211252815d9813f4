"""Resources: versions and languages of a publication, how it is cited, and how readers find it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client

from content.pages import HomePage, ResourceFile, ResourceIndexPage, ResourcePage
from content.records import Project, Series
from media.models import CampaignDocument
from tests.pages import make_home
from tests.support.queries import queries
from tests.support.samples import pdf

pytestmark = pytest.mark.django_db
INDEX = "/resources/"


@pytest.fixture
def index() -> ResourceIndexPage:
    make_home()
    return HomePage.objects.get().add_child(instance=ResourceIndexPage(title="Resources", slug="resources"))


def document(name: str = "guide.pdf", size: int = 2048) -> CampaignDocument:
    made = CampaignDocument(title=name, file=ContentFile(pdf(size), name=name))
    made.file_size = size
    made.save()
    return made


def file(language: str = "en", version: str = "", day: date | None = None, **fields: Any) -> ResourceFile:
    return ResourceFile(document=document(), language=language, version=version, published_on=day, **fields)


def make_resource(index: ResourceIndexPage, title: str = "A guide", **fields: Any) -> ResourcePage:
    page = index.add_child(instance=ResourcePage(title=title, **fields))
    page.save_revision().publish()
    return ResourcePage.objects.get(pk=page.pk)


def html(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def titles(path: str) -> list[str]:
    return re.findall(r'<h3><a href="[^"]+">([^<]+)</a></h3>', html(path))


def test_each_file_says_its_language_format_size_and_pages(index: ResourceIndexPage) -> None:
    page = make_resource(index, files=[file("ro", pages=12), file("en", pages=1)])
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html(page.url))).replace("\xa0", " ")
    assert "română" in shown.lower()
    assert "PDF, 2.0 KB, 12 pages" in shown
    assert "PDF, 2.0 KB, 1 page" in shown


def test_the_newest_version_comes_first_and_older_ones_are_kept(index: ResourceIndexPage) -> None:
    files = [
        file("en", "1.0", date(2024, 1, 1)),
        file("ro", "2.0", date(2026, 1, 1)),
        file("en", "2.0", date(2026, 1, 1)),
    ]
    changes = [("version", {"version": "2.0", "text": "New figures."})]
    page = make_resource(index, files=files, changes=changes)
    shown = html(page.url)
    assert shown.index("Version 2.0") < shown.index("New figures.") < shown.index("Earlier versions")
    assert shown.index("Earlier versions") < shown.index("Version 1.0")
    assert [file.language for file in page.newest_files] == ["ro", "en"]


def test_versions_without_dates_keep_the_editor_s_order(index: ResourceIndexPage) -> None:
    page = make_resource(index, files=[file("en", "b"), file("ro", "a"), file("ro", "b")])
    assert [(each.version, each.language) for each in page.newest_files] == [("b", "en"), ("b", "ro")]


def test_a_publication_is_cited_as_a_line_and_as_files(index: ResourceIndexPage) -> None:
    page = make_resource(
        index,
        creators="Family, Given\nAn office",
        kind="report",
        doi="https://doi.org/10.1000/182",
        published_on=date(2025, 2, 3),
        files=[file("en", "2.0", date(2026, 1, 1))],
    )
    text = re.sub(r"<[^>]+>", "", html(page.url))
    assert "Family, G., &amp; An office. (2026). A guide (Version 2.0) [Report]." in text
    assert "https://doi.org/10.1000/182" in text
    response = Client().get(f"{page.url}bibtex/")
    assert response["Content-Disposition"] == 'attachment; filename="a-guide.bib"'
    assert "author = {Family, Given and {An office}}" in response.content.decode()
    assert f"UR  - {page.full_url}" in Client().get(f"{page.url}ris/").content.decode()


@pytest.mark.parametrize(("field", "value"), [("doi", "12345"), ("isbn", "978-3-16-148410-1")])
def test_a_wrong_identifier_is_refused(field: str, value: str) -> None:
    with pytest.raises(ValidationError, match="This is no"):
        ResourcePage(title="A guide", **{field: value}).clean()


def test_the_list_is_narrowed_by_type_project_language_year_and_series(index: ResourceIndexPage) -> None:
    project = Project.objects.create(name="A project")
    series = Series.objects.create(name="Notes", slug="notes")
    make_resource(index, "First", kind="report", project=project, files=[file("en")], published_on=date(2024, 1, 1))
    make_resource(index, "Second", kind="leaflet", files=[file("ro"), file("en")], published_on=date(2026, 1, 1))
    make_resource(index, "Third", kind="leaflet", series=series, series_part=1)
    assert titles(INDEX) == ["Second", "First", "Third"]
    expected = {
        "type=leaflet": ["Second", "Third"],
        f"project={project.pk}": ["First"],
        "language=ro": ["Second"],
        "language=en": ["Second", "First"],
        "year=2024": ["First"],
        "series=notes": ["Third"],
        "type=report&language=ro": [],
        "language=zz": ["Second", "First", "Third"],
    }
    assert {asked: titles(f"{INDEX}?{asked}") for asked in expected} == expected


def test_resources_and_their_list_take_the_same_queries_as_they_grow(index: ResourceIndexPage) -> None:
    project = Project.objects.create(name="A project")
    series = Series.objects.create(name="Notes", slug="notes")

    def grow(part: int) -> ResourcePage:
        return make_resource(
            index, f"No {part}", project=project, series=series, series_part=part, files=[file("en"), file("ro")]
        )

    page = grow(1)
    before = queries(INDEX), queries(page.url)
    for part in (2, 3):
        grow(part)
    assert (queries(INDEX), queries(page.url)) == before
    assert max(before) <= 14
