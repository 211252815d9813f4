from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from wagtail.models import Locale

from campaign_site.machine.cards import store
from content.pages import HomePage, NewsIndexPage, NewsPage
from content.starter import load_starting_content


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the starting content's pictures are."""
    return tmp_path_factory.mktemp("media")


@pytest.fixture(autouse=True)
def own_media_folder(settings: Any, folder: Path) -> None:
    """Uploads stay with the module; no test finds another's cards."""
    settings.MEDIA_ROOT = folder
    store.discard_all()


@pytest.fixture(scope="module")
def starting_content(django_db_setup: None, django_db_blocker: Any, folder: Path) -> Iterator[None]:
    """What a newcomer finds, loaded once for a module; what a test changes is undone after it, this after them all."""
    from django.db import transaction
    from django.test import override_settings

    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=folder):
            load_starting_content()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _content(starting_content: None, db: None) -> None:
    """The content first, the test's own transaction inside."""


@pytest.fixture
def romanian_news() -> NewsPage:
    """A piece of news in Romanian, below translated parents."""
    romanian = Locale.objects.get(language_code="ro")
    for page, title in ((HomePage.objects.get(), "Acasă"), (NewsIndexPage.objects.get(), "Știri")):
        translated = page.copy_for_translation(romanian)
        translated.title = title
        translated.save_revision().publish()
    news = NewsPage.objects.filter(locale__language_code="en").first()
    assert news is not None
    copy: NewsPage = news.copy_for_translation(romanian)
    copy.title = "Cinci instrumente împotriva traficului de arme"
    copy.save_revision().publish()
    return copy
