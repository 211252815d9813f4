"""Everything is destroyed and comes back as it was; what is wrong with a backup is said before anything is touched."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyrage
import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection

from campaign_site.backup import archive, make, postgres
from campaign_site.backup.errors import BackupError
from campaign_site.backup.restore import refuse_newer
from social_publisher.models import Channel, Delivery, Pause
from social_publisher.vault import lock, own_keys, unlock
from tests.factories import make_channel, make_delivery, make_image

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def place(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """An installation with posts, pictures and keys; and a backup key that is elsewhere."""
    settings.MEDIA_ROOT = tmp_path / "var" / "media"
    settings.CREDENTIAL_KEYS_FILE = tmp_path / "var" / "credential-keys"
    settings.BACKUP_RECIPIENTS = [archive.new_key(tmp_path / "key.txt")]
    settings.CREDENTIAL_KEYS = []
    settings.MEDIA_ROOT.mkdir(parents=True)
    make_image()
    make_delivery()
    call_command("seal_audit", verbosity=0)
    yield tmp_path
    connection.close()
    name = connection.settings_dict["NAME"]
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{name}_%"])
        for (left,) in cursor.fetchall():
            cursor.execute(f'DROP DATABASE "{left}" WITH (FORCE)')


def tables() -> dict[str, list[Any]]:
    with postgres.connect(connection.get_connection_params()) as link, link.cursor() as cursor:
        return postgres.digests(cursor)


def files(root: Path) -> dict[str, str]:
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def destroy(place: Path) -> None:
    """Nothing is left but the backup."""
    name = connection.settings_dict["NAME"]
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    shutil.rmtree(place / "var")


def test_everything_comes_back_as_it_was(place: Path, settings: Any) -> None:
    secret = lock({"token": "of an account"})
    before = tables(), files(settings.MEDIA_ROOT), own_keys(settings.CREDENTIAL_KEYS_FILE)
    assert before[0]["social_publisher_delivery"][0] == 1
    assert before[1]
    call_command("backup", str(place / "all.age"))
    destroy(place)
    call_command("restore", str(place / "all.age"), key=place / "key.txt")
    after = tables()
    # Nothing leaves before a person has looked.
    assert after.pop("social_publisher_pause")[0] == before[0].pop("social_publisher_pause")[0] + 1
    assert Pause.objects.filter(lifted_at=None, campaign=None, channel=None).exists()
    assert (after, files(settings.MEDIA_ROOT), own_keys(settings.CREDENTIAL_KEYS_FILE)) == before
    assert unlock(secret) == {"token": "of an account"}
    call_command("verify_audit")
    with pytest.raises(Exception, match="append-only"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM social_publisher_auditevent")


def test_nobody_reads_it_without_the_key(place: Path, settings: Any) -> None:
    call_command("backup", str(place / "all.age"))
    data = (place / "all.age").read_bytes()
    assert data.startswith(b"age-encryption.org/v1")
    assert own_keys(settings.CREDENTIAL_KEYS_FILE)[0].encode() not in data
    assert (place / "all.age").stat().st_mode & 0o077 == 0
    archive.new_key(place / "other.txt")
    with pytest.raises(CommandError, match="does not open"):
        call_command("restore", str(place / "all.age"), key=place / "other.txt", replace=True)


def test_what_is_there_is_set_aside_and_never_overwritten(place: Path, settings: Any) -> None:
    call_command("backup", str(place / "all.age"))
    make_channel(name="Made after the backup")
    (settings.MEDIA_ROOT / "new.txt").write_text("uploaded after the backup")
    with pytest.raises(CommandError, match="not empty"):
        call_command("restore", str(place / "all.age"), key=place / "key.txt")
    assert Channel.objects.filter(name="Made after the backup").exists()
    call_command("restore", str(place / "all.age"), key=place / "key.txt", replace=True)
    connection.close()
    assert not Channel.objects.filter(name="Made after the backup").exists()
    assert Delivery.objects.count() == 1
    (aside,) = (place / "var").glob("media-before-*")
    assert (aside / "new.txt").exists()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_database WHERE datname LIKE %s", [f"{connection.settings_dict['NAME']}_before_%"]
        )
        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize("where", [0.01, 0.5, 0.99])
def test_a_damaged_backup_touches_nothing(place: Path, where: float) -> None:
    call_command("backup", str(place / "all.age"))
    data = bytearray((place / "all.age").read_bytes())
    data[int(len(data) * where)] ^= 1
    (place / "all.age").write_bytes(data)
    before = tables()
    with pytest.raises(CommandError, match=r"damaged|no backup"):
        call_command("restore", str(place / "all.age"), key=place / "key.txt", replace=True)
    assert tables() == before


def test_a_part_that_was_changed_is_found(place: Path, tmp_path: Path) -> None:
    call_command("backup", str(place / "all.age"))
    folder = tmp_path / "unpacked"
    folder.mkdir()
    manifest = archive.unpack(place / "all.age", folder, archive.identities(place / "key.txt"))
    assert manifest["tables"] == tables()
    (folder / archive.DUMP).write_bytes(b"another")
    with pytest.raises(BackupError, match=archive.DUMP):
        archive.checked(folder)
    (folder / "media" / "more.txt").write_text("slipped in")
    with pytest.raises(BackupError, match="not whole"):
        archive.checked(folder)


def test_a_file_deleted_while_it_is_made_is_still_in_it(
    place: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (path,) = [path for path in settings.MEDIA_ROOT.rglob("*") if "original" in str(path) and path.is_file()]
    dump = make.dump

    def deleting(to: Path) -> Any:
        found = dump(to)
        path.unlink()
        return found

    monkeypatch.setattr(make, "dump", deleting)
    call_command("backup", str(place / "all.age"))
    destroy(place)
    call_command("restore", str(place / "all.age"), key=place / "key.txt")
    assert path.exists()


def test_without_room_there_is_no_half_backup(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(plain: Any, *_more: Any) -> None:
        plain.close()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pyrage, "encrypt_io", full)
    with pytest.raises(CommandError, match="No space left"):
        call_command("backup", str(place / "all.age"))
    assert sorted(path.name for path in place.iterdir()) == ["key.txt", "var"]
    assert not list((place / "var").glob(".backup-*"))


def test_a_backup_needs_somebody_to_be_encrypted_for(place: Path, settings: Any) -> None:
    settings.BACKUP_RECIPIENTS = []
    with pytest.raises(CommandError, match="--new-key"):
        call_command("backup", str(place / "all.age"))
    settings.BACKUP_RECIPIENTS = ["age1nothing"]
    with pytest.raises(CommandError, match="no public key"):
        call_command("backup", str(place / "all.age"))
    with pytest.raises(CommandError, match="never overwritten"):
        call_command("backup", new_key=place / "key.txt")


def test_keys_that_the_settings_lack_are_told_of(place: Path, settings: Any, capsys: Any) -> None:
    call_command("backup", str(place / "all.age"))
    backed_up = own_keys(settings.CREDENTIAL_KEYS_FILE)
    destroy(place)
    settings.CREDENTIAL_KEYS = [Fernet.generate_key().decode()]
    call_command("restore", str(place / "all.age"), key=place / "key.txt")
    assert "CREDENTIAL_KEYS lacks 1" in capsys.readouterr().out
    assert (place / "var" / "credential-keys.restored").read_text().split() == backed_up


def test_a_newer_release_is_refused() -> None:
    refuse_newer(make.applied())
    with pytest.raises(BackupError, match="newer release"):
        refuse_newer([*make.applied(), "content.9999_later"])
