"""The evidence archive holds everything, and any change of it is found."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from content.records import Campaign
from social_publisher.approval import sealing
from social_publisher.approval.audit import record
from social_publisher.models import Attempt, AuditEvent, Delivery
from social_publisher.reports.archive import stream
from social_publisher.reports.verify import verify
from tests.factories import make_campaign, make_user
from tests.support.brought import DAY, HOUR, OUT, clicked, published, told

PICTURE = b"as it was sent"
SHA = hashlib.sha256(PICTURE).hexdigest()


def attempted(delivery: Delivery, location: str) -> None:
    picture = {
        "location": location, "content_type": "image/jpeg", "alt_text": "A route", "sha256": SHA, "width": 1,
        "height": 1, "size": len(PICTURE), "seconds": 0.0,
    }  # fmt: skip
    Attempt.objects.create(
        delivery=delivery, number=1, digest="0" * 64, owner="00000000-0000-0000-0000-000000000001", armed_at=OUT,
        outcome="published", receipt={"id": "17"},
        payload={"language": "en", "link": "", "parts": [{"text": "Ask.", "attachments": [picture], "card": None}]},
    )  # fmt: skip


pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Campaign:
    # Seals in the test's own transaction.
    monkeypatch.setattr(sealing, "SETTLED", "true")
    settings.MEDIA_ROOT = tmp_path
    campaign = make_campaign(code="fait")
    row = published(campaign)
    told(row, OUT + HOUR, likes=4, impressions=100)
    clicked(row, OUT + DAY, 7)
    attempted(row, default_storage.save("channels/sent.jpg", ContentFile(PICTURE)))
    record("post.moved", row.post)
    sealing.seal_all()
    return campaign


def packed(campaign: Campaign) -> bytes:
    return b"".join(stream(campaign))


def changed(data: bytes, name: str, content: bytes | None) -> bytes:
    """The archive with one file changed, or left out."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(result, "w") as target:
        for one in source.namelist():
            if one != name:
                target.writestr(one, source.read(one))
        if content is not None:
            target.writestr(name, content)
    return result.getvalue()


def faults(data: bytes) -> list[str]:
    return verify(io.BytesIO(data)).faults


def test_it_holds_posts_media_receipts_approvals_record_and_numbers(campaign: Campaign) -> None:
    data = packed(campaign)
    delivery = Delivery.objects.get()
    with zipfile.ZipFile(io.BytesIO(data)) as files:
        assert files.testzip() is None
        assert files.read(f"media/{SHA}.jpg") == PICTURE
        post = json.loads(files.read(f"posts/{delivery.post_id}/post.json"))
        row = json.loads(files.read(f"posts/{delivery.post_id}/{delivery.pk}-rehearsal.json"))
        audit = [json.loads(line) for line in files.read("audit.jsonl").splitlines()]
        report = json.loads(files.read("report.json"))
    assert post["approvals"][0]["digest"] == delivery.approval.digest
    assert row["attempts"][0]["receipt"] == {"id": "17"}
    assert {"total", "day"} == {one["grain"] for one in row["numbers"]}
    assert "post.moved" in [entry["action"] for entry in audit]
    assert all(entry["hash"] for entry in audit)
    assert len(report["digest"]) == 64


def test_it_verifies_by_itself_and_its_manifest_is_on_the_record(campaign: Campaign) -> None:
    verdict = verify(io.BytesIO(packed(campaign)))
    assert verdict.faults == []
    assert verdict.missing == []
    assert verdict.entries >= 1
    assert AuditEvent.objects.get(action="archive.sealed").data["manifest"] == verdict.manifest


def test_any_change_is_found(campaign: Campaign) -> None:
    data = packed(campaign)
    with zipfile.ZipFile(io.BytesIO(data)) as files:
        names = [name for name in files.namelist() if name != "manifest.json"]
        line = files.read("audit.jsonl").splitlines()[0]
    for name in names:
        assert faults(changed(data, name, b"something else")), name
        assert faults(changed(data, name, None)), name
    assert faults(changed(data, "posts/more.json", b"{}")) == ["posts/more.json: it is not in the manifest."]
    assert faults(data[:-200])
    for place in range(100, len(data), max(len(data) // 150, 1)):
        flipped = bytearray(data)
        flipped[place] ^= 0x10
        verify(io.BytesIO(bytes(flipped)))  # says what it finds, and never fails itself
    assert faults(b"no archive")
    # A change that also mends the manifest is found by the chain of the audit.
    entry = json.dumps({**json.loads(line), "action": "post.rejected"}).encode() + b"\n"
    forged = changed(data, "audit.jsonl", entry)
    with zipfile.ZipFile(io.BytesIO(forged)) as files:
        manifest = json.loads(files.read("manifest.json"))
    for row in manifest["files"]:
        if row["path"] == "audit.jsonl":
            row.update(bytes=len(entry), sha256=hashlib.sha256(entry).hexdigest())
    assert [fault[:11] for fault in faults(changed(forged, "manifest.json", json.dumps(manifest).encode()))] == [
        "audit.jsonl"
    ]


def test_media_that_are_gone_are_named_and_no_fault(campaign: Campaign) -> None:
    default_storage.delete("channels/sent.jpg")
    verdict = verify(io.BytesIO(packed(campaign)))
    assert (verdict.faults, verdict.missing) == ([], [f"media/{SHA}.jpg"])


def test_a_file_that_was_replaced_is_no_evidence(campaign: Campaign) -> None:
    with default_storage.open("channels/sent.jpg", "wb") as file:
        file.write(b"another picture")
    data = packed(campaign)
    verdict = verify(io.BytesIO(data))
    assert (verdict.faults, verdict.missing) == ([], [f"media/{SHA}.jpg"])
    with zipfile.ZipFile(io.BytesIO(data)) as files:
        manifest = json.loads(files.read("manifest.json"))
    other = hashlib.sha256(b"another picture").hexdigest()
    manifest["files"].append({"path": f"media/{SHA}.jpg", "bytes": 15, "sha256": other})
    forged = changed(
        changed(data, f"media/{SHA}.jpg", b"another picture"), "manifest.json", json.dumps(manifest).encode()
    )
    assert faults(forged) == [f"media/{SHA}.jpg: it is not what its name says."]


def test_entries_about_several_posts_are_in_it(campaign: Campaign) -> None:
    post = Delivery.objects.get().post
    record("series.approved", "a series", posts=[post.pk, 10**9])
    record("series.approved", "another series", posts=[10**9])
    with zipfile.ZipFile(io.BytesIO(packed(campaign))) as files:
        subjects = [json.loads(line)["subject"] for line in files.read("audit.jsonl").splitlines()]
    assert "a series" in subjects
    assert "another series" not in subjects


def test_the_commands_write_and_check_it(
    campaign: Campaign, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "evidence.zip"
    call_command("export_archive", "fait", to=str(target))
    call_command("verify_archive", str(target))
    told_by = capsys.readouterr().out
    assert "Written:" in told_by
    assert "The archive holds:" in told_by
    with pytest.raises(CommandError, match="there already"):
        call_command("export_archive", "fait", to=str(target))
    with pytest.raises(CommandError, match="There is: fait"):
        call_command("export_archive", "none", to=str(tmp_path / "other.zip"))
    target.write_bytes(changed(target.read_bytes(), "report.json", b"{}"))
    with pytest.raises(CommandError, match="does not hold: 1 faults"):
        call_command("verify_archive", str(target))


def test_who_reads_the_record_downloads_it(campaign: Campaign) -> None:
    client = Client()
    client.force_login(make_user("Auditors"))
    address = reverse("social_results:archive", args=[campaign.pk])
    response: Any = client.post(address)
    assert faults(b"".join(response.streaming_content)) == []
    assert AuditEvent.objects.get(action="archive.made").data["campaign"] == campaign.pk
    client.force_login(make_user("Analysts"))
    assert client.post(address).status_code == 302


def test_no_more_queries_for_more_posts(campaign: Campaign, django_assert_num_queries: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        packed(campaign)
    for _number in range(3):
        published(campaign)
    with django_assert_num_queries(len(few)):
        packed(campaign)
