"""Migrations run once a run: the first process keeps a copy of what they made, the others begin with that copy."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import IO

from django.db import connection

from tests.support.database import MARK

_held: IO[str] | None = None


def take_turn() -> None:
    """Wait until no other process of this run makes its database, and begin with a copy if there is one.

    A run with one process has nobody to share with and does nothing.
    """
    global _held
    if not (run := os.environ.get("PYTEST_XDIST_TESTRUNUID")):
        return
    _held = (Path(os.environ[MARK]) / f"template-{run}").open("a+")
    fcntl.flock(_held, fcntl.LOCK_EX)
    _held.seek(0)
    if name := _held.read():
        connection.settings_dict["TEST"]["TEMPLATE"] = name


def keep_and_pass_on() -> None:
    """Keep a copy of the database that was just made, unless there is one, and let the next process go on."""
    global _held
    if _held is None:
        return
    if not connection.settings_dict["TEST"].get("TEMPLATE"):
        made = connection.settings_dict["NAME"]
        name = f"template_{os.environ['PYTEST_XDIST_TESTRUNUID']}"
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{made}"')
        _held.write(name)
    _held.close()
    _held = None
