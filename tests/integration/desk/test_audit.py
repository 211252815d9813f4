"""The record's screen: who may, what is found, how it is said, and what is exported."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from social_publisher.approval import sealing
from social_publisher.approval.audit import record
from social_publisher.approval.chain import check, read_lines
from social_publisher.desk.audit_words import KINDS, SENTENCES
from social_publisher.models import AuditEvent
from tests.factories import approve, make_editor, make_post, make_user

pytestmark = pytest.mark.django_db
INDEX = "social_audit:index"


@pytest.fixture
def auditor() -> Client:
    client = Client()
    client.force_login(make_user("Auditors"))
    return client


def shown(client: Client, **asked: Any) -> list[AuditEvent]:
    return [event for event, _sentence, _facts in client.get(reverse(INDEX), asked).context["rows"]]


def exported(client: Client, kind: str, **asked: Any) -> str:
    response: Any = client.post(reverse(f"social_audit:{kind}"), asked)
    assert response.status_code == 200
    return response.getvalue().decode()


def test_an_entry_survives_the_account_it_names(auditor: Client) -> None:
    user = make_user()
    record("tested", "subject", user)
    name = user.username
    user.delete()
    assert AuditEvent.objects.get(action="tested").actor_name == name
    assert f"{name}: tested, subject." in auditor.get(reverse(INDEX)).content.decode()


def test_an_entry_is_found_by_person_kind_post_words_and_day(auditor: Client) -> None:
    post, person = make_post(text="Ask where it comes from."), make_editor()
    approval = approve(post)
    record("tested", "a subject of its own", person, number=7)
    assert [event.action for event in shown(auditor, person=person.pk)] == ["tested"]
    approvals = {event.action for event in shown(auditor, kind="approvals")}
    assert approvals == {"post.submitted", "post.approved"}
    found = shown(auditor, post=post.pk)
    assert {event.action for event in found} == {"post.submitted", "post.approved", "delivery.waiting"}
    assert [event.action for event in shown(auditor, text="SUBJECT of")] == ["tested"]
    assert {event.actor_name for event in shown(auditor, text=approval.approver_name, kind="approvals")} == {
        approval.approver_name
    }
    today = timezone.localdate()
    assert shown(auditor, since=today, until=today)
    assert not shown(auditor, since=today + timedelta(days=1))
    assert not shown(auditor, until=today - timedelta(days=1))
    turned = {"since": "2026-02-02", "until": "2026-02-01"}
    assert "The last day comes before the first one." in auditor.get(reverse(INDEX), turned).content.decode()
    for wrong in ({"post": "x"}, {"since": "yesterday"}, {"person": "0"}, {"kind": "other"}, turned):
        assert shown(auditor, **wrong) == []


def test_every_sentence_has_its_kind_and_says_who_and_what(auditor: Client) -> None:
    prefixes = tuple(prefix for _name, some in KINDS.values() for prefix in some)
    assert all(action.startswith(prefixes) for action in SENTENCES)
    post = make_post(text="Ask where it comes from.")
    approval = approve(post)
    html = auditor.get(reverse(INDEX)).content.decode()
    assert f"{approval.approver_name} approved “Ask where it comes from.”." in html
    assert "waits for its time." in html


def test_older_entries_follow_without_gap_or_repetition(auditor: Client, django_assert_max_num_queries: Any) -> None:
    at = timezone.now()
    AuditEvent.objects.bulk_create(
        AuditEvent(at=at, actor_name="system", action="tested", subject=f"{number}") for number in range(120)
    )
    seen: list[int] = []
    before = ""
    for _page in range(3):
        with django_assert_max_num_queries(20):
            response = auditor.get(reverse(INDEX), {"kind": "", "text": "", "before": before})
        rows = response.context["rows"]
        seen += [event.pk for event, _sentence, _facts in rows if event.action == "tested"]
        before = (
            dict(pair.split("=") for pair in response.context["older"].split("&"))["before"] if len(seen) < 120 else ""
        )
        before = before.replace("%3A", ":").replace("%2B", "+")
    assert seen == sorted(AuditEvent.objects.filter(action="tested").values_list("pk", flat=True), reverse=True)
    assert shown(auditor, before="nonsense_9")


def test_it_says_how_far_it_is_sealed(auditor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "SETTLED", "true")
    assert "Nothing is sealed yet." in auditor.get(reverse(INDEX)).content.decode()
    sealing.seal_all()
    record("tested", "x")
    html = auditor.get(reverse(INDEX)).content.decode()
    assert "Sealed up to" in html
    assert "1 entry waits for its seal." in html


def test_json_lines_of_a_filtered_export_are_checked_by_the_chain(
    auditor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "SETTLED", "true")
    for number in range(6):
        record("tested" if number % 2 else "other", f"entry {number}", number=number)
    sealing.seal_all()
    lines = exported(auditor, "jsonl", text="entry").splitlines()
    assert len(lines) == 6
    answer = list(check(read_lines(lines), may_have_gaps=True))[-1]
    assert (answer.broken, answer.sealed) == (None, 6)
    event = AuditEvent.objects.get(action="audit.exported")
    assert (event.subject, event.data["asked"]) == ("JSON Lines", {"text": "entry"})


def test_a_csv_export_is_harmless_in_a_spreadsheet(auditor: Client) -> None:
    for dangerous in ("=1+1", "+1", "-1", "@x", "\tx", "＝1", "a;=1"):
        record("tested", dangerous, formula=dangerous)
    text = exported(auditor, "csv", text="")
    assert text.startswith("\ufeffplace,id,at,")
    rows = [row for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))) if row["action"] == "tested"]
    assert [row["subject"] for row in rows] == ["'=1+1", "'+1", "'-1", "'@x", "'\tx", "'＝1", "a;'=1"]
    assert json.loads(rows[0]["data"]) == {"formula": "=1+1"}


def test_an_export_streams_in_a_fixed_number_of_queries(auditor: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(40):
        record("tested", f"{number}")
    with django_assert_max_num_queries(12):
        exported(auditor, "jsonl")


def test_an_export_asked_for_wrongly_exports_nothing(auditor: Client) -> None:
    assert auditor.post(reverse("social_audit:csv"), {"since": "soon"}).status_code == 302
    assert not AuditEvent.objects.filter(action="audit.exported").exists()
