"""What runs may read and write rows. The record, the tables and their guards are out of its reach."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction

from campaign_site.least_privilege import can_alter_record
from social_publisher.approval import sealing
from social_publisher.approval.audit import record
from social_publisher.models import AuditEvent
from tests.factories import make_delivery

pytestmark = pytest.mark.django_db
# Roles belong to the whole server, which other processes of the run share.
ROLE = f"campaign_run_{os.getpid()}"


@pytest.fixture
def as_running(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The rest of the test runs with the role that site, clocks and workers have."""
    monkeypatch.setattr(sealing, "SETTLED", "true")
    record("paused", "everything")
    call_command("database_role", ROLE, verbosity=0)
    with connection.cursor() as cursor:
        assert can_alter_record(cursor)
        cursor.execute(f"SET ROLE {ROLE}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE social_publisher_auditevent SET subject = 'nothing'",
        "DELETE FROM social_publisher_auditevent",
        "TRUNCATE social_publisher_auditevent",
        "ALTER TABLE social_publisher_auditevent DISABLE TRIGGER ALL",
        "DROP TRIGGER append_only ON social_publisher_auditevent",
        "ALTER TABLE social_publisher_delivery DISABLE TRIGGER guard_state",
        "DROP FUNCTION social_publisher_refuse_change() CASCADE",
        "DROP TABLE social_publisher_attempt",
        "CREATE TABLE hidden (id int)",
        "SET session_replication_role = replica",
        "DELETE FROM django_migrations",
    ],
)  # fmt: skip
def test_it_cannot_change_the_record_nor_its_guards(as_running: None, statement: str) -> None:
    refused = pytest.raises(ProgrammingError, match=r"permission denied|must be owner")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_it_can_do_its_work(as_running: None) -> None:
    make_delivery()
    record("resumed", "everything")
    sealing.seal_all()
    assert not AuditEvent.objects.filter(place=None).exists()
    with connection.cursor() as cursor:
        assert not can_alter_record(cursor)


def test_what_is_sealed_stays_sealed_even_so(as_running: None) -> None:
    sealing.seal_all()
    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE social_publisher_auditevent SET hash = 'another'")
