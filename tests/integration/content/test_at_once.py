"""People who save at the same moment never wait for each other because of the stamp, and every process sees the change."""

from __future__ import annotations

from contextlib import ExitStack

import psycopg
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from wagtail.models import Page, Site

from content import memory
from content.records import Country
from tests.pages import make_home, make_news, translated

# More than the stamp has rows at first.
WRITERS = 20


def writer(stack: ExitStack) -> psycopg.Connection[tuple[object, ...]]:
    """A connection of its own that waits for nobody."""
    params = connection.get_connection_params()
    names = {name: params[name] for name in ("dbname", "user", "host", "port", "password") if params.get(name)}
    link = stack.enter_context(psycopg.connect(**names))
    link.execute("SET lock_timeout = '500ms'")
    return link


@pytest.mark.django_db(transaction=True)
def test_many_who_save_at_once_never_wait_for_the_stamp() -> None:
    codes = [f"{chr(65 + number)}X" for number in range(WRITERS)]
    Country.objects.bulk_create(Country(code=code) for code in codes)
    before = memory.look()
    with ExitStack() as stack:
        writers = [writer(stack) for _code in codes]
        for _round in range(2):
            for code, link in zip(codes, writers, strict=True):
                link.execute("UPDATE content_country SET eu_member = NOT eu_member WHERE code = %s", [code])
        assert memory.look() == before
        stamps = [before]
        for link in writers:
            link.commit()
            stamps.append(memory.look())
    assert len(set(stamps)) == WRITERS + 1


@pytest.mark.django_db
def test_a_language_begun_in_another_process_has_addresses_here() -> None:
    page = make_news(make_home())
    Client().get(page.url)
    kept = Site.get_site_root_paths()
    greek = translated(page, "el", title="Ένας δρόμος έκλεισε")
    # This process remembers what held before the other one changed it.
    cache.set("wagtail_site_root_paths", kept, 3600, version=2)
    assert Page.objects.get(pk=greek.pk).full_url is None
    memory.look()
    assert (Page.objects.get(pk=greek.pk).full_url or "").endswith(greek.slug + "/")


@pytest.mark.django_db
def test_every_screen_that_may_name_a_page_looks_first(client: Client) -> None:
    page = make_news(make_home())
    client.get(page.url)
    kept = Site.get_site_root_paths()
    greek = translated(page, "el", title="Ένας δρόμος έκλεισε")
    cache.set("wagtail_site_root_paths", kept, 3600, version=2)
    client.get("/sitemap.xml")
    assert Page.objects.get(pk=greek.pk).full_url
