"""The audit's chain: many writers, one that stays open, two sealers; and what the database refuses."""

from __future__ import annotations

import threading
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from social_publisher.approval import sealing
from social_publisher.approval.audit import record
from social_publisher.models import AuditEvent

# What is sealed waits for every open transaction of the server: these run where the long ones do, so never beside them.
pytestmark = pytest.mark.xdist_group("starting_content")


def in_thread(work: Any) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def verify(**options: Any) -> str:
    out = StringIO()
    call_command("verify_audit", stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_writers_do_not_wait_and_sealers_do_not_fork_the_chain() -> None:
    wrote, may_commit = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            record("slow", "written early, committed late")
            wrote.set()
            may_commit.wait(20)

    def write() -> None:
        for number in range(30):
            record("quick", f"{number}")

    def keep_sealing() -> None:
        while not done.is_set():
            sealing.seal()

    first = in_thread(slow)
    wrote.wait(20)
    done = threading.Event()
    sealers = [in_thread(keep_sealing) for _number in range(2)]
    for writer in [in_thread(write) for _number in range(3)]:
        writer.join(30)
    # The open transaction is older than them all, so nothing may stand before what it wrote.
    assert not AuditEvent.objects.filter(action__in=["quick", "slow"], place__gt=0).exists()
    assert AuditEvent.objects.filter(action="quick").count() == 90
    may_commit.set()
    first.join(30)
    for _try in range(100):
        if not AuditEvent.objects.filter(place=None).exists():
            break
        done.wait(0.05)
    done.set()
    for sealer in sealers:
        sealer.join(30)
    assert "0 not sealed yet" in verify()
    places = list(AuditEvent.objects.order_by("place").values_list("place", flat=True))
    assert places == list(range(1, len(places) + 1))
    assert AuditEvent.objects.order_by("place").filter(action__in=["slow", "quick"])[0].action == "slow"


@pytest.fixture
def sealed(db: None, monkeypatch: pytest.MonkeyPatch) -> list[AuditEvent]:
    """Five sealed entries and one that is not, in the test's own transaction."""
    monkeypatch.setattr(sealing, "SETTLED", "true")
    monkeypatch.setattr(sealing, "BATCH", 2)
    for number in range(5):
        record("tested", f"entry {number}", number=number, share=0.5, name="Ελένη")
    assert sealing.seal_all() == 5
    record("tested", "not yet")
    return list(AuditEvent.objects.filter(place__gt=0).order_by("place"))


def tamper(sql: str, *values: Any) -> None:
    """What only somebody with the keys of the database can do."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE social_publisher_auditevent DISABLE TRIGGER append_only")
        cursor.execute(sql, values)
        cursor.execute("ALTER TABLE social_publisher_auditevent ENABLE TRIGGER append_only")


def test_verify_names_the_first_broken_link(sealed: list[AuditEvent]) -> None:
    head = verify(head=True).strip()
    assert "5 sealed, 1 not sealed yet" in verify(expect=head)
    victim = sealed[2]
    tamper("UPDATE social_publisher_auditevent SET subject = 'harmless' WHERE id = %s", victim.pk)
    with pytest.raises(CommandError, match=f"entry {victim.pk} of .*, place 3: it was changed") as refused:
        verify()
    assert refused.value.returncode == 1
    tamper("DELETE FROM social_publisher_auditevent WHERE id = %s", victim.pk)
    with pytest.raises(CommandError, match=f"entry {sealed[3].pk} of .*1 before it are missing"):
        verify()
    tamper("DELETE FROM social_publisher_auditevent WHERE place >= 3")
    assert "2 sealed" in verify()
    with pytest.raises(CommandError, match="sealed in place 5 is missing"):
        verify(expect=head)
    with pytest.raises(CommandError, match="A head looks like"):
        verify(expect="nonsense")


def test_an_exported_file_is_verified_too(sealed: list[AuditEvent], tmp_path: Path) -> None:
    import json

    file = tmp_path / "audit.jsonl"
    entries = sealing.entries(AuditEvent.objects.filter(action="tested"))
    file.write_text("".join(json.dumps(entry._asdict()) + "\n" for entry in entries))
    assert "5 sealed, 1 not sealed yet" in verify(file=str(file))
    file.write_text(file.read_text().replace("entry 3", "entry 7"))
    with pytest.raises(CommandError, match="place 4: it was changed"):
        verify(file=str(file))
    with pytest.raises(CommandError, match="No such file"):
        verify(file=str(tmp_path / "none"))


CHANGES = [
    "UPDATE social_publisher_auditevent SET subject = 'x'",
    "UPDATE social_publisher_auditevent SET hash = repeat('a', 64)",
    "UPDATE social_publisher_auditevent SET place = place + 100",
    "UPDATE social_publisher_auditevent SET place = NULL, hash = ''",
    "UPDATE social_publisher_auditevent SET place = 99, hash = repeat('a', 64), subject = 'x' WHERE place IS NULL",
    "UPDATE social_publisher_auditevent SET place = 9, hash = repeat('a', 64), data = '[]' WHERE place IS NULL",
    "UPDATE social_publisher_auditevent SET at = now() WHERE place IS NULL",
    "DELETE FROM social_publisher_auditevent",
    "DELETE FROM social_publisher_auditevent WHERE place IS NULL",
]


@pytest.mark.parametrize("sql", CHANGES)
def test_the_database_refuses_every_change_but_the_seal(sealed: list[AuditEvent], sql: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert "5 sealed, 1 not sealed yet" in verify()


def test_the_audit_is_never_emptied(sealed: list[AuditEvent]) -> None:
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        cursor.execute("TRUNCATE social_publisher_auditevent")
    rows = AuditEvent.objects.all()
    for change in (lambda: rows.update(action="other"), rows.delete, sealed[0].delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_a_place_is_given_once(sealed: list[AuditEvent]) -> None:
    with pytest.raises(DatabaseError, match="one_entry_a_place"), transaction.atomic():
        AuditEvent.objects.filter(place=None).update(place=5, hash="a" * 64)
    with pytest.raises(DatabaseError, match="a_sealed_entry"), transaction.atomic():
        AuditEvent.objects.filter(place=None).update(place=6)


def test_one_sealer_at_a_time(sealed: list[AuditEvent]) -> None:
    """The lock is this session's while its transaction is open; another one seals nothing and does not wait."""
    sealing.seal()
    found: list[int] = []
    in_thread(lambda: found.append(sealing.seal())).join(20)
    assert found == [0]


@pytest.mark.django_db
def test_no_entry_comes_with_a_place_of_its_own() -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEvent.objects.create(actor_name="somebody", action="tested", subject="", place=7, hash="a" * 64)
