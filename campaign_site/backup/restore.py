"""Putting a backup back. Nothing that is there is overwritten: it is set aside under another name."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _
from psycopg import Error as PsycopgError
from psycopg import OperationalError, errors, sql

from campaign_site.backup import postgres
from campaign_site.backup.archive import DUMP, KEYS, MEDIA, identities, unpack
from campaign_site.backup.errors import BackupError
from campaign_site.backup.make import known_keys, staging

Tell = Callable[[str], None]
PAUSE = """
INSERT INTO public.social_publisher_pause (reason, paused_at) SELECT %s, now()
WHERE NOT EXISTS (SELECT FROM public.social_publisher_pause
    WHERE lifted_at IS NULL AND campaign_id IS NULL AND channel_id IS NULL)
"""


def restore(source: Path, key: Path, tell: Tell = lambda _line: None, *, replace: bool = False) -> None:
    """Restore database, media and keys. With `replace` what is there is set aside; without, there must be nothing.

    Raises BackupError; then everything is as it was, or under the name that was told.
    """
    with staging() as folder:
        tell("decrypting and checking every part")
        manifest = unpack(source, folder, identities(key))
        refuse_newer(manifest["migrations"])
        stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
        fresh = prepare_database(stamp, replace=replace)
        tell("database: writing it")
        parameters = {**connection.get_connection_params(), "dbname": fresh}
        command = [postgres.tool("pg_restore"), "--no-owner", "--no-privileges", "--exit-on-error"]
        postgres.run([*command, "--single-transaction", f"--dbname={fresh}", str(folder / DUMP)], parameters)
        tell("database: comparing every table with what was backed up")
        compare(fresh, manifest["tables"])
        pause_everything(fresh)
        try:
            swap_database(fresh, stamp, tell)
        except PsycopgError as error:
            raise BackupError(
                f"The restored database could not take the place of the old one ({str(error).splitlines()[0]}). It is "
                f"whole and called {fresh}; nothing else was changed. Stop what still runs, or set DATABASE_URL to it."
            ) from error
        try:
            swap_media(folder / MEDIA, stamp, tell)
        except OSError as error:
            raise BackupError(
                f"The database is restored, the media are not ({error}). Make room beside {settings.MEDIA_ROOT}, empty "
                "it, and run this again with --replace."
            ) from error
        put_keys(folder / KEYS, tell)


def pause_everything(database: str) -> None:
    """Nothing leaves until a person has compared the networks with what was restored: what left or was cancelled since
    the backup waits in it again."""
    with postgres.connect(connection.get_connection_params(), database) as link:
        link.execute(PAUSE, [_("Restored from a backup: compare what is out before anything leaves.")])


def refuse_newer(migrations: list[str]) -> None:
    """A database of a newer release cannot be used by this one. Raises BackupError."""
    there = MigrationLoader(None).disk_migrations
    replaced = [one for migration in there.values() for one in migration.replaces]
    if unknown := sorted(set(migrations) - {f"{app}.{name}" for app, name in [*there, *replaced]}):
        raise BackupError(f"This backup was made by a newer release ({unknown[-1]}). Install that release first.")


def prepare_database(stamp: str, *, replace: bool) -> str:
    """The database to write into: this one if it is empty, else a new one beside it. Raises BackupError."""
    parameters = connection.get_connection_params()
    name = parameters["dbname"]
    connection.close()
    try:
        with postgres.connect(parameters) as link:
            if not link.execute(postgres.TABLES).fetchone():
                # An empty public schema is in every dump.
                link.execute("DROP SCHEMA IF EXISTS public")
                return str(name)
    except OperationalError as error:
        with postgres.connect(parameters, "postgres") as link:
            if link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                raise BackupError(f"The database {name} cannot be opened: {error}") from error
        create(parameters, name)
        return str(name)
    if not replace:
        raise BackupError(
            f"The database {name} is not empty. To put the backup in its place, run this again with --replace; what is "
            "there is then kept under another name."
        )
    fresh = f"{name}_restored_{stamp}"
    create(parameters, fresh)
    return fresh


def create(parameters: Any, name: str) -> None:
    """Make an empty database. Raises BackupError where this role may not."""
    try:
        with postgres.connect(parameters, "postgres", autocommit=True) as link:
            link.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name)))
        with postgres.connect(parameters, name, autocommit=True) as link:
            link.execute("DROP SCHEMA IF EXISTS public")
    except errors.InsufficientPrivilege as error:
        raise BackupError(
            "This database role may not make a database. Make an empty one, set DATABASE_URL to it, and run this again."
        ) from error


def compare(database: str, tables: dict[str, list[Any]]) -> None:
    """Raises BackupError where a table is not what was backed up."""
    with postgres.connect(connection.get_connection_params(), database) as link, link.cursor() as cursor:
        found = postgres.digests(cursor)
    if wrong := sorted(name for name in {*tables, *found} if tables.get(name) != found.get(name)):
        raise BackupError(
            f"The restored database differs from the backup in: {', '.join(wrong)}. Nothing was replaced."
        )


def swap_media(new: Path, stamp: str, tell: Tell) -> None:
    """Put the files in their place; those that were there are kept beside."""
    root = Path(settings.MEDIA_ROOT)
    if root.exists() and any(root.iterdir()):
        aside = root.with_name(f"{root.name}-before-{stamp}")
        if root.is_mount():
            aside.mkdir()
            for path in root.iterdir():
                shutil.move(path, aside / path.name)
        else:
            root.rename(aside)
        tell(f"media: what was there is kept in {aside}")
    new.mkdir(exist_ok=True)
    root.mkdir(exist_ok=True)
    for path in new.iterdir():
        shutil.move(path, root / path.name)
    root.chmod(0o755)


def put_keys(kept: Path, tell: Tell) -> None:
    """Add the keys that this installation does not have, or say which setting needs them."""
    if not kept.exists():
        tell("keys: the backup holds none; accounts whose keys are not here have to be connected again")
        return
    backed_up: list[str] = json.loads(kept.read_text())["CREDENTIAL_KEYS"]
    target = settings.CREDENTIAL_KEYS_FILE
    here = known_keys() if settings.CREDENTIAL_KEYS or target.exists() else []
    missing = [key for key in backed_up if key not in here]
    if not missing:
        return
    if settings.CREDENTIAL_KEYS:
        target = target.with_name("credential-keys.restored")
        tell(f"keys: CREDENTIAL_KEYS lacks {len(missing)}; add what {target} holds to it, behind your own")
        lines = missing
    else:
        lines = [*missing, *here]
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write("\n".join(lines) + "\n")


def swap_database(fresh: str, stamp: str, tell: Tell) -> None:
    """Give the restored database the name that the installation uses."""
    parameters = connection.get_connection_params()
    name = parameters["dbname"]
    if fresh == name:
        return
    aside = f"{name}_before_{stamp}"
    with postgres.connect(parameters, "postgres", autocommit=True) as link:
        # Sessions of other roles are not ours to end; where there are any, renaming says so.
        link.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = %s AND pid <> pg_backend_pid() AND usename = current_user",
            [name],
        )
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        link.execute(rename.format(sql.Identifier(name), sql.Identifier(aside)))
        try:
            link.execute(rename.format(sql.Identifier(fresh), sql.Identifier(name)))
        except PsycopgError:
            link.execute(rename.format(sql.Identifier(aside), sql.Identifier(name)))
            raise
    tell(f"database: what was there is kept as {aside}")
