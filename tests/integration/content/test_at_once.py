"""People who save at once never wait for each other because of the stamp, and every process sees their changes."""

from __future__ import annotations

from contextlib import ExitStack
from unittest import mock

import psycopg
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from wagtail.models import Page, Site
from wagtail.models.sites import SITE_ROOT_PATHS_CACHE_KEY as ROOTS

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
    before = memory.look().stamp
    with ExitStack() as stack:
        writers = [writer(stack) for _code in codes]
        for _round in range(2):
            for code, link in zip(codes, writers, strict=True):
                link.execute("UPDATE content_country SET eu_member = NOT eu_member WHERE code = %s", [code])
        assert memory.look().stamp == before
        stamps = [before]
        for link in writers:
            link.commit()
            stamps.append(memory.look().stamp)
    assert len(set(stamps)) == WRITERS + 1


@pytest.mark.django_db
def test_a_language_begun_in_another_process_has_addresses_here(client: Client) -> None:
    page = make_news(make_home())
    client.get(page.url)
    greek = translated(page, "el", title="Ένας δρόμος έκλεισε")
    # Only the process where it began forgets by itself.
    with mock.patch.object(Site, "clear_site_root_paths_cache"):
        Page.objects.filter(depth=2, locale__language_code="el").update(slug="elsewhere", url_path="/elsewhere/")
        Page.objects.filter(pk=greek.pk).update(url_path="/elsewhere/news/found/")
    assert (Page.objects.get(pk=greek.pk).full_url or "").endswith("/el/news/found/")
    assert "/el/news/found/" in client.get("/sitemap-1.xml").content.decode()


@pytest.mark.django_db
def test_what_a_slow_thread_read_before_a_change_does_not_hold_after_it() -> None:
    news = make_news(make_home())
    cache.get(ROOTS, version=2)
    translated(news, "el")
    cache.set(ROOTS, ["what held before"], 3600, version=2)
    assert cache.get(ROOTS, version=2) != ["what held before"]
    assert "el" in {root.language_code for root in Site.get_site_root_paths()}
