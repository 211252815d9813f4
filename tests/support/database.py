"""A pytest plugin: one embedded PostgreSQL for the whole run, started before Django reads its settings.

With several test processes the first one starts the server and the others inherit its address.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

MARK = "CAMPAIGN_TEST_SERVER"


def _start() -> None:
    import psycopg

    from campaign_site.launcher.database import EmbeddedDatabase

    folder = Path(tempfile.mkdtemp(prefix="campaign-tests-"))
    folder.chmod(0o755)
    server = EmbeddedDatabase(folder)
    url = server.start()
    with psycopg.connect(url, autocommit=True) as link:
        # A crash of the machine may lose test data; nothing else changes.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            link.execute(f"ALTER SYSTEM SET {setting} = off")
        link.execute("SELECT pg_reload_conf()")
    os.environ[MARK] = str(folder)
    os.environ["DATABASE_URL"] = url
    os.environ["VAR"] = str(folder)
    global _server, _folder
    _server, _folder = server, folder


_server = None
_folder: Path | None = None

if MARK not in os.environ:
    _start()


def pytest_unconfigure() -> None:
    """Stop the server and remove its files, in the process that started it."""
    if _server is not None and _folder is not None:
        _server.stop()
        shutil.rmtree(_folder, ignore_errors=True)
