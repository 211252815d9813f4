from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings

from content.starter import load_starting_content
from tests.fakes.http import FakeNetwork, serving
from tests.fakes.install import install, remove
from tests.fakes.server import fake_type


class Ignored:
    """A task that nobody waits for."""

    def enqueue(self, *_what: Any) -> None:
        """Do nothing."""


@pytest.fixture(autouse=True)
def reference_index(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wagtail's index of what refers to what slows every saving down: it is kept in tests that are marked as reading
    it, those of the content report and of the screens of usage."""
    if request.node.get_closest_marker("reference_index") is None:
        monkeypatch.setattr("wagtail.signal_handlers.update_reference_index_task", Ignored())


@pytest.fixture
def serve() -> Iterator[Callable[[str], FakeNetwork]]:
    """Start a network's fake and let its real module speak to it."""
    with ExitStack() as stack:

        def start(slug: str) -> FakeNetwork:
            fake = stack.enter_context(serving(fake_type(slug)()))
            before = install({slug: fake.base})
            stack.callback(remove, before)
            return fake

        yield start


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The starting content, once a module; returns the folder of its pictures. Taken back when the module ends.

    Not for modules with tests whose transactions are real.
    """
    folder = tmp_path_factory.mktemp("starting-content")
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=folder):
            load_starting_content()
        yield folder
        transaction.set_rollback(True)
    cache.clear()


@pytest.fixture
def starting_content(_loaded: Path, db: None, settings: Any) -> None:
    """The site as a newcomer finds it. What a test changes is undone after it."""
    settings.MEDIA_ROOT = _loaded
