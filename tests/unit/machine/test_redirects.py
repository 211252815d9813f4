from __future__ import annotations

import pytest
from wagtail.contrib.redirects.models import Redirect

from campaign_site.machine.redirects.plan import Outcome, Site, Target, plan
from campaign_site.machine.redirects.table import Row, TableError, old_path, read_table

SITE = Site(
    pages={"/": 1, "/projects/fait": 2, "/ro/proiecte": 3},
    redirects={"/gone": Target(page_id=2), "/other": Target(page_id=3)},
    hosts=frozenset({"selec.example"}),
)


def outcomes(text: str) -> list[str]:
    return [f"{row.outcome} {row.reason}".strip() for row in plan(read_table(text.encode()), SITE).rows]


@pytest.mark.parametrize("text", ["/a", "/a/", "a", "/a/b/?y=2&x=1", "/a%20b", "/A", "/ж/", "/%D0%B6/"])
def test_an_old_address_is_stored_as_the_site_is_asked_for_it(text: str) -> None:
    assert old_path(text) == Redirect.normalise_path(text)


def test_a_full_old_address_loses_its_host() -> None:
    assert old_path("https://www.selec.example/project-fait/") == "/project-fait"


@pytest.mark.parametrize("data", ["old,new\na,b\n", "old;new\r\na;b\r\n", "a\tb", "\ufeffold,new\n\na,b", '"a","b"\n'])
def test_tables_are_read_as_people_save_them(data: str) -> None:
    (row,) = read_table(data.encode())
    assert (row.old, row.new) == ("a", "b")


@pytest.mark.parametrize("data", [b"", b"old,new\n", b"\xff\xfe\x00a", b"a,b\0"])
def test_what_is_no_table_is_refused_with_what_to_do(data: bytes) -> None:
    with pytest.raises(TableError):
        read_table(data)


def test_flat_names_lead_to_pages_and_outside() -> None:
    found = plan([Row(1, "project-fait", "/projects/fait/"), Row(2, "/old", "https://europa.eu/x")], SITE)
    assert [(row.old, row.target) for row in found.rows] == [
        ("/project-fait", Target(page_id=2)),
        ("/old", Target(link="https://europa.eu/x")),
    ]
    assert found.can_be_stored


def test_what_is_there_stays_and_what_differs_is_changed() -> None:
    assert outcomes("/gone,/projects/fait/\n/other,/projects/fait/\n/new,https://selec.example/ro/proiecte/") == [
        "same",
        "changed",
        "new",
    ]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("/a,/a/", "circle"),
        ("/a,/b\n/b,/projects/fait/", "chain"),
        ("/a,/b\n/b,/a", "chain"),
        ("/a,/gone", "chain"),
        ("/a,/projects/fait/\n/a/,/", "line 1"),
        ("/a,/nowhere/", "no public page"),
        ("/a,", "missing"),
        (",/a", "missing"),
        ("/,/projects/fait/", "home page"),
        ("/projects/fait/,/", "A page of this site"),
        ("/a,http://x.example/", "https://"),
        ("/a,javascript://x", "https://"),
        ("/" + "a" * 300 + ",/", "255"),
    ],
)
def test_a_row_that_would_mislead_is_refused_and_with_it_the_file(text: str, word: str) -> None:
    found = plan(read_table(f"/fine,/projects/fait/\n{text}".encode()), SITE)
    assert not found.can_be_stored
    refused = [row for row in found.rows if row.outcome is Outcome.REFUSED]
    assert refused
    assert any(word in row.reason for row in refused) or (word == "line 1" and "line 2" in refused[0].reason)
