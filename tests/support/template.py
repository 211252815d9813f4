"""The database as its migrations leave it, made once a run and copied wherever it is wanted again.

Other processes of a run begin with a copy, and a test with real transactions, which empties every table when it is
over, is followed by a fresh one.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import IO

from django.db import connection

from tests.support.database import MARK

_held: IO[str] | None = None
_kept: str = ""


def take_turn() -> None:
    """Wait until no other process of this run makes its database, and begin with a copy if there is one.

    A run with one process has nobody to share with and does nothing.
    """
    global _held, _kept
    if not (run := os.environ.get("PYTEST_XDIST_TESTRUNUID")):
        return
    _held = (Path(os.environ[MARK]) / f"template-{run}").open("a+")
    fcntl.flock(_held, fcntl.LOCK_EX)
    _held.seek(0)
    if name := _held.read():
        connection.settings_dict["TEST"]["TEMPLATE"] = _kept = name


def keep_and_pass_on() -> None:
    """Keep a copy of the database that was just made, unless there is one, and let the next process go on."""
    global _held
    if _held is None:
        return
    if not _kept:
        _keep(f"template_{os.environ['PYTEST_XDIST_TESTRUNUID']}")
        _held.write(_kept)
    _held.close()
    _held = None


def keep() -> None:
    """Keep a copy, unless there is one, before a test that empties every table."""
    if not _kept:
        _keep(f"template_{connection.settings_dict['NAME']}")


def begin_again() -> None:
    """Put the copy in the place of a database that a test has emptied."""
    name = connection.settings_dict["NAME"]
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{_kept}"')


def _keep(name: str) -> None:
    global _kept
    made = connection.settings_dict["NAME"]
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{made}"')
    _kept = name
