"""Every public page there is: what it costs in queries, also when content grows, and whether its HTML is valid.

The pages are found in the starting content, so a new kind of page is held to the same without a word here.
"""

from __future__ import annotations

import gzip
import math
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import Client, TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page

from content.starter import load_starting_content
from social_publisher.engagement.site_counting import places
from tests.support.markup import faults
from tests.support.public import one_of_each, pages

MOST_QUERIES = 14
# The first request after a change of content reads everything again.
MOST_QUERIES_COLD = 25
MOST_HOME_BYTES = 60_000
SCREENS = ("/rehearsal/", "/no/such/page/", "/projects/?page=2")
LANGUAGES = ("ro", "el")


@dataclass
class Visit:
    """What a reader got at one address."""

    address: str
    html: str
    warm: int = 0
    cold: int = 0
    grown: list[tuple[int, int]] = field(default_factory=list)


@pytest.fixture(scope="module")
def visits(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[list[Visit]]:
    """Each page once, then a second time with three more of everything."""
    media = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    # What pages remember ends with the minute.
    minute = time_machine.travel(datetime.now(UTC).replace(second=0), tick=False)
    with django_db_blocker.unblock(), media, minute, transaction.atomic():
        with TestCase.captureOnCommitCallbacks(execute=True):
            load_starting_content()
        translate()
        # Where campaigns' pages stand is asked once a minute, by whichever request comes then.
        places.campaign_of("")
        places._until = math.inf
        found = pages()
        seen = {page.get_url(): look(page.get_url(), page) for page in found}
        chosen = one_of_each(found).values()
        grow()
        for page in chosen:
            again = look(page.get_url(), page)
            seen[page.get_url()].grown.append((again.warm, again.cold))
        yield [*seen.values(), *(Visit(address, Client().get(address).content.decode()) for address in SCREENS)]
        places.forget()
        transaction.set_rollback(True)


def look(address: str, page: Any) -> Visit:
    """Read a page cold, then warm."""
    client = Client()
    client.get(address)
    Page.objects.filter(pk=page.pk).update(title=page.title)
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address)
        assert response.status_code == 200, address
        counts.append(len(captured))
    return Visit(address, response.content.decode(), cold=counts[0], warm=counts[1])


def translate() -> None:
    """The whole site in two more languages, as an editor leaves it who has translated nothing but has published."""
    for code in LANGUAGES:
        locale = Locale.objects.get(language_code=code)
        for page in [page for page in pages() if page.locale.language_code == "en"]:
            page.copy_for_translation(locale).save_revision().publish()


def grow() -> None:
    """Three more of every page that stands in a list; what there may be once alone stays alone."""
    for page in one_of_each([page for page in pages() if page.is_leaf() and page.depth > 3]).values():
        for number in range(3):
            with suppress(ValidationError), transaction.atomic():
                page.copy(update_attrs={"slug": f"{page.slug}-{number}"}, copy_revisions=False)


def test_no_page_takes_more_queries_than_it_may(visits: list[Visit]) -> None:
    over = [f"{visit.address}: {visit.warm}, cold {visit.cold}" for visit in visits
            if visit.warm > MOST_QUERIES or visit.cold > MOST_QUERIES_COLD]  # fmt: skip
    assert not over


def test_no_page_takes_more_queries_when_content_grows(visits: list[Visit]) -> None:
    grown = [visit for visit in visits if visit.grown]
    assert len(grown) >= 10
    over = [f"{visit.address}: {(visit.warm, visit.cold)} became {after}" for visit in grown for after in visit.grown
            if after[0] > visit.warm or after[1] > visit.cold]  # fmt: skip
    assert not over


def test_the_html_of_every_page_is_valid(visits: list[Visit]) -> None:
    found = {visit.address: faults(visit.html) for visit in visits}
    assert not {address: what for address, what in found.items() if what}


def test_every_page_says_its_language_and_nothing_of_anybody_else(visits: list[Visit]) -> None:
    for visit in visits:
        first = urlsplit(visit.address).path.split("/")[1]
        assert f'<html lang="{first if first in LANGUAGES else "en"}"' in visit.html, visit.address
        loaded = re.findall(r'(?:src|srcset|poster)="([^"]+)"|<link[^>]+stylesheet[^>]+href="([^"]+)"', visit.html)
        assert all(address.startswith("/") for pair in loaded for address in pair if address), visit.address


def test_pages_open_with_at_most_one_urgent_picture_and_load_others_when_near(visits: list[Visit]) -> None:
    for visit in visits:
        urgent = re.findall(r'<img[^>]+fetchpriority="high"', visit.html)
        assert len(urgent) <= 1, visit.address
        pictures = re.findall(r"<picture.*?</picture>", visit.html, flags=re.DOTALL)
        assert all("loading=" in picture or "fetchpriority=" in picture for picture in pictures), visit.address


def test_home_and_its_stylesheet_are_small(visits: list[Visit]) -> None:
    from campaign_site.design.finders import stylesheet

    (home,) = (visit for visit in visits if urlsplit(visit.address).path == "/")
    sent = len(gzip.compress(home.html.encode())) + len(gzip.compress(stylesheet().encode()))
    # The font of a Latin page comes on top.
    assert sent + 24_000 < MOST_HOME_BYTES
    assert home.html.count("<script") + home.html.count("<img") + home.html.count('rel="stylesheet"') <= 10


def test_text_is_sent_compressed_and_pictures_as_they_are(db: None) -> None:
    load_starting_content()
    response = Client(headers={"accept-encoding": "gzip"}).get("/")
    assert response["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response["Vary"]
    assert b"<h1" in gzip.decompress(response.content)
