"""Making a backup: one moment of the database, and every file that this moment knows."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from campaign_site.backup import postgres
from campaign_site.backup.archive import DUMP, FORMAT, KEYS, MANIFEST, MEDIA, recipients, writing
from social_publisher.vault import own_keys

Tell = Callable[[str], None]
STAGING = ".backup-"
A_DAY = 24 * 60 * 60


def make(target: Path, to: Sequence[str], tell: Tell = lambda _line: None, *, with_keys: bool = True) -> int:
    """Write the backup and return its size in bytes. Raises BackupError; then there is no file."""
    keys = recipients(to)
    with staging() as folder:
        tell("media: remembering the files there are")
        hold_media(folder / MEDIA)
        tell("database: one moment of it")
        tables = dump(folder / DUMP)
        # What was uploaded meanwhile may be known to that moment; what was deleted meanwhile is held.
        hold_media(folder / MEDIA)
        with writing(target, keys) as packer:
            packer.add_file(DUMP, folder / DUMP)
            if with_keys:
                packer.add_json(KEYS, {"CREDENTIAL_KEYS": known_keys()})
            files = sorted(path for path in (folder / MEDIA).rglob("*") if path.is_file())
            for number, path in enumerate(files, 1):
                packer.add_file(MEDIA + str(path.relative_to(folder / MEDIA)), path)
                if number % 1000 == 0 or number == len(files):
                    tell(f"media: {number} of {len(files)} files")
            manifest = {
                "format": FORMAT,
                "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
                "site": settings.PUBLIC_BASE_URL,
                "migrations": applied(),
                "tables": tables,
                "parts": dict(packer.parts),
            }
            packer.add_json(MANIFEST, manifest)
    return target.stat().st_size


def dump(path: Path) -> dict[str, list[Any]]:
    """Dump the database, and return the digests of the very same moment."""
    parameters = connection.get_connection_params()
    with postgres.connect(parameters) as link, link.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone() or ("",)
        command = [postgres.tool("pg_dump"), "--format=custom", f"--snapshot={snapshot}", "--schema=public"]
        postgres.run([*command, "--no-owner", "--no-privileges", f"--file={path}"], parameters)
        return postgres.digests(cursor)


def applied() -> list[str]:
    """The migrations the database has."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def known_keys() -> list[str]:
    """What opens the accounts' credentials."""
    return list(settings.CREDENTIAL_KEYS or own_keys(settings.CREDENTIAL_KEYS_FILE))


@contextmanager
def staging() -> Iterator[Path]:
    """A folder on the disk of the media, readable by this user alone, gone afterwards."""
    Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
    parent = Path(settings.MEDIA_ROOT).parent
    for left in parent.glob(f"{STAGING}*"):
        # One that was killed left it: none takes a day.
        if left.stat().st_mtime < time.time() - A_DAY:
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=STAGING, dir=parent))
    try:
        (folder / MEDIA).mkdir()
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def hold_media(to: Path) -> None:
    """Give every file of the media a second name here, so that it stays though somebody deletes it; a copy where the
    file system knows no second names."""
    root = Path(settings.MEDIA_ROOT)
    for path in root.rglob("*"):
        held = to / path.relative_to(root)
        if not path.is_file() or held.exists():
            continue
        held.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(path, held)
        except FileNotFoundError:
            continue
        except OSError:
            shutil.copy2(path, held)
