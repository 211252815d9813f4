from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from social_publisher.models import RehearsalPost
from tests.integration.desk import test_permissions
from tests.integration.hostile import building


@dataclass(frozen=True)
class World:
    """What was built: what addresses name, what the database would not take, and where its files are."""

    things: dict[str, Any]
    refused: dict[str, str]
    folder: Path


Built = tuple[dict[str, Any], dict[str, str]]


@contextmanager
def _built(blocker: Any, folder: Path, build: Callable[[pytest.MonkeyPatch], Built]) -> Iterator[World]:
    """What is built once a module and taken back when it ends."""
    with blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=folder), pytest.MonkeyPatch.context() as patch:
            world = World(*build(patch), folder)
        yield world
        transaction.set_rollback(True)
    cache.clear()


@pytest.fixture(scope="module")
def _world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with _built(django_db_blocker, tmp_path_factory.mktemp("hostile"), building.build) as world:
        yield world


@pytest.fixture
def world(_world: World, db: None, settings: Any) -> World:
    """The installation in which every text is hostile. What a test changes is undone after it."""
    settings.MEDIA_ROOT = _world.folder
    return _world


@pytest.fixture(scope="module")
def _desk(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with _built(django_db_blocker, tmp_path_factory.mktemp("desk"), _harmless) as desk:
        yield desk


def _harmless(_patch: pytest.MonkeyPatch) -> Built:
    things = test_permissions.things()
    RehearsalPost.objects.create(
        key=uuid4(), handle="a", rehearses="x", text="A", language="en", created_at=timezone.now()
    )
    return things, {}


@pytest.fixture
def desk(_desk: World, db: None, settings: Any) -> World:
    """One of everything, with harmless words; built once a module. What a test changes is undone after it."""
    settings.MEDIA_ROOT = _desk.folder
    return _desk
