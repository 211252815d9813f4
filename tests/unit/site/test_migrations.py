"""An upgrade adds only, so that the release before goes on until every process runs the new one."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

import pytest
from django.db import models
from django.db.migrations import operations
from django.db.migrations.operations.base import Operation

# Made before the first release: nobody upgrades over them one process at a time.
FIRST_RELEASE = {"campaign_site": 0, "content": 14, "media": 6, "social_publisher": 33}
TAKES_AWAY = (operations.RemoveField, operations.RenameField, operations.DeleteModel, operations.RenameModel)


def later() -> Iterator[tuple[str, Operation]]:
    """Every operation of a migration that somebody may upgrade over."""
    for app, first in FIRST_RELEASE.items():
        package = import_module(f"{app}.migrations")
        names = sorted(found.name for found in iter_modules(package.__path__) if found.name[0].isdigit())
        for name in names:
            if int(name.split("_")[0]) > first:
                migration = import_module(f"{app}.migrations.{name}").Migration
                yield from ((f"{app}.{name}", operation) for operation in migration.operations)


def fault(operation: Operation) -> str:
    """What of it an older process would trip over; nothing if it would not."""
    if isinstance(operation, TAKES_AWAY):
        return "takes away what the release before still reads"
    if isinstance(operation, operations.AddField):
        field = operation.field
        if not (field.null or field.many_to_many or field.has_db_default()):
            return f"{operation.name} has no default in the database, so the release before cannot add a row"
    return ""


def test_no_migration_takes_away_or_needs_what_the_release_before_does_not_write() -> None:
    wrong = [f"{name}: {found}" for name, operation in later() if (found := fault(operation))]
    assert not wrong


@pytest.mark.parametrize(
    ("operation", "is_wrong"),
    [
        (operations.AddField("post", "x", models.IntegerField(default=0)), True),
        (operations.AddField("post", "x", models.IntegerField(db_default=0)), False),
        (operations.AddField("post", "x", models.IntegerField(null=True)), False),
        (operations.RemoveField("post", "x"), True),
        (operations.DeleteModel("post"), True),
    ],
)
def test_what_counts_as_taking_away(operation: Operation, is_wrong: bool) -> None:
    assert bool(fault(operation)) is is_wrong
