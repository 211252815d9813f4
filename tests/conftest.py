from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis import HealthCheck

# Examples may take as long as they take: a slow machine is no fault of a test.
hypothesis.settings.register_profile("any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.settings.load_profile("any-machine")

FOLDERS = {"browser": "browser", "crash": "crash"}
# Loaded once a module in one long transaction: all on one worker, together with what such a transaction holds up.
LONG = "starting_content"
LONG_FIXTURES = {LONG, "visits"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by folder, before they are shared out; tests of one running product stay on one worker."""
    for item in items:
        for folder, mark in FOLDERS.items():
            if folder in item.path.parts:
                item.add_marker(getattr(pytest.mark, mark))
                item.add_marker(pytest.mark.xdist_group(mark))
        if LONG_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.xdist_group(LONG))


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes are no names: those of a ZIP file made a second later differ, and workers then disagree on the tests."""
    return argname if isinstance(val, bytes) else None


def pytest_collection_finish(session: pytest.Session) -> None:
    """Refuse to run ungrouped: every worker would start products of its own, and long transactions hold others up."""
    if getattr(session.config.option, "loadgroup", False):
        for item in session.items:
            if item.get_closest_marker("xdist_group") and "@" not in item.nodeid:
                raise pytest.UsageError("pytest-xdist does not group tests with this version of pytest.")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Several processes run the migrations once."""
    from tests.support.template import take_turn

    take_turn()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """What the first process has made the others begin with; tests with real transactions are cleaned up by it."""
    from django.test import TransactionTestCase

    from tests.support.template import begin_again, keep_and_pass_on

    with django_db_blocker.unblock():
        keep_and_pass_on()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: begin_again())
        yield


@pytest.fixture(autouse=True)
def kept_database(request: pytest.FixtureRequest) -> None:
    """Before a test with real transactions, what it is cleaned up with."""
    marker = request.node.get_closest_marker("django_db")
    if not (marker and marker.kwargs.get("transaction")):
        return
    from tests.support.template import keep

    request.getfixturevalue("django_db_setup")
    with request.getfixturevalue("django_db_blocker").unblock():
        keep()


@pytest.fixture(autouse=True)
def own_media_folder(settings: Any, tmp_path: Path) -> None:
    """Uploads of a test stay with the test."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def fresh_language() -> None:
    """The language of an earlier test's last page is not this test's."""
    from django.utils import translation

    translation.deactivate()


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    """What an earlier test's rows left in the cache, such as pictures' sizes, is not this test's."""
    from django.core.cache import cache

    cache.clear()
