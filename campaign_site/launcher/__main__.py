"""`make run`: check the machine, start the database, prepare it, then keep the site and the clock running."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

from campaign_site.launcher import broker, preflight
from campaign_site.launcher.database import RUN_ROLE, EmbeddedDatabase, embedded_database_url
from campaign_site.launcher.errors import StartError, StoppedError
from campaign_site.launcher.processes import Child, Log, die_with_parent

ROOT = Path(__file__).resolve().parent.parent.parent
READY_SECONDS = 90


def main(arguments: list[str] | None = None) -> int:
    """Run until Ctrl-C. Returns 0 after a clean stop, 1 with one sentence when it cannot start."""
    options = _parse(arguments)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    try:
        return _run(options, stop)
    except StoppedError:
        return 0
    except StartError as error:
        print(f"Cannot start: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"Cannot start: {error.strerror or error} ({error.filename or 'no file named'}).", file=sys.stderr)
        return 1


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m campaign_site.launcher",
        description="Start the database, the site and the clock on this machine.",
        epilog="Example: python -m campaign_site.launcher --port 8001 --var ~/campaigns",
    )
    parser.add_argument("--port", default=os.environ.get("PORT", "8000"), help="where the site listens (8000)")
    parser.add_argument("--var", default=os.environ.get("VAR", str(ROOT / "var")), help="the data folder (var/)")
    parser.add_argument(
        "--cluster", action="store_true", help="two sites, two clocks, three Celery workers and Redis on this machine"
    )
    return parser.parse_args(arguments)


def _run(options: argparse.Namespace, stop: threading.Event) -> int:
    started = time.monotonic()
    var = Path(options.var).expanduser().resolve()
    port = preflight.read_port(options.port)
    preflight.check_folder(var)
    lock = preflight.hold_folder(var)
    preflight.wait_for_port(port)
    redis_port = preflight.free_port() if options.cluster else 0
    if options.cluster:
        preflight.wait_for_port(port + 1)
        broker.find_server()
    log = Log(var / "log" / "run.log")
    database: EmbeddedDatabase | None = None
    children: list[Child] = []
    try:
        environment = _environment(var, port)
        if redis_port:
            environment["CELERY_BROKER_URL"] = broker.address(redis_port)
        if "DATABASE_URL" not in environment:
            log.line("", "[1/3] Starting the database (the first time takes a few seconds) ...")
            database = EmbeddedDatabase(var, lambda line: log.line("", line), stop)
            environment["DATABASE_URL"] = database.start()
        else:
            log.line("", "[1/3] Using the database of DATABASE_URL ...")
        if not stop.is_set():
            log.line("", "[2/3] Preparing tables and starting content ...")
            _prepare(environment, stop)
        if not stop.is_set():
            log.line("", "[3/3] Starting the site and the clock ...")
            children = _children(_as_running(environment, var, database), port, log, redis_port)
            for child in children:
                child.start()
            if _wait_until_ready(port, stop):
                log.line("", _welcome(environment, time.monotonic() - started, port + 1 if redis_port else 0))
            stop.wait()
        log.line("", "Stopping ...")
        return 0
    finally:
        for child in reversed(children):
            child.stop()
        if database is not None:
            database.stop()
        log.line("", "Stopped. All data is kept.")
        lock.close()


def _environment(var: Path, port: int) -> dict[str, str]:
    environment = dict(os.environ)
    environment.update(VAR=str(var), PYTHONUNBUFFERED="1", PYTHONPATH=str(ROOT))
    environment.setdefault("DJANGO_SETTINGS_MODULE", "campaign_site.settings.development")
    environment.setdefault("PUBLIC_BASE_URL", f"http://{preflight.HOST}:{port}")
    if not environment.get("DATABASE_URL"):
        environment.pop("DATABASE_URL", None)
        environment.pop("OWNER_DATABASE_URL", None)
        environment["RUN_ROLE"] = RUN_ROLE
    return environment


def _as_running(environment: dict[str, str], var: Path, database: EmbeddedDatabase | None) -> dict[str, str]:
    """What the children get: in the embedded database they are not the owner of the tables."""
    if database is None:
        return environment
    return {**environment, "DATABASE_URL": embedded_database_url(var, role=RUN_ROLE)}


def _prepare(environment: dict[str, str], stop: threading.Event) -> None:
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, str(ROOT / "manage.py"), "prepare"],
        env=environment,
        start_new_session=True,
        preexec_fn=die_with_parent,
    )
    while process.poll() is None:
        if stop.wait(0.05):
            process.terminate()
            process.wait()
            return
    if process.returncode != 0:
        raise StartError("The database could not be prepared; the lines above say why. Nothing was lost.")


def _children(environment: dict[str, str], port: int, log: Log, redis_port: int) -> list[Child]:
    """One site and one clock; in a cluster two of each, three Celery workers and their broker."""
    clock = [sys.executable, str(ROOT / "manage.py"), "clock"]
    if not redis_port:
        return [Child("site", _site(port), environment, log), Child("clock", clock, environment, log)]
    worker = [sys.executable, "-m", "celery", "-A", "campaign_site.celery", "worker", "--concurrency", "2"]
    worker += ["--loglevel", "WARNING", "--without-gossip", "--without-mingle", "--without-heartbeat"]
    children = [Child("redis", broker.command(redis_port), environment, log)]
    children += [Child(f"site{number}", _site(port + number - 1), environment, log) for number in (1, 2)]
    children += [Child(f"clock{number}", clock, environment, log) for number in (1, 2)]
    return children + [
        Child(f"work{number}", [*worker, "--hostname", f"worker{number}"], environment, log) for number in (1, 2, 3)
    ]


def _site(port: int) -> list[str]:
    return [
        str(Path(sys.executable).parent / "granian"),
        "--interface", "wsgi", "--host", preflight.HOST, "--port", str(port),
        "--workers", "1", "--blocking-threads", str(max(2, os.cpu_count() or 2)), "--log-level", "warning",
        "--workers-kill-timeout", "5", "campaign_site.wsgi:application",
    ]  # fmt: skip


def _wait_until_ready(port: int, stop: threading.Event) -> bool:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and not stop.is_set():
        try:
            with direct.open(f"http://{preflight.HOST}:{port}/health/ready", timeout=10):
                return True
        except (urllib.error.URLError, OSError):
            stop.wait(0.2)
    if stop.is_set():
        return False
    raise StartError(f"The site did not answer within {READY_SECONDS} seconds; the lines above say why.")


def _welcome(environment: dict[str, str], seconds: float, second_port: int = 0) -> str:
    base = environment["PUBLIC_BASE_URL"]
    lines = [
        "",
        f"  Ready in {seconds:.0f} s. Stop with Ctrl-C; all data is kept.",
        "",
        f"  Public site        {base}/",
        f"  Rehearsal wall     {base}/rehearsal/   (posts of the starting content appear here within two minutes)",
        f"  Editors' desk      {base}/admin/",
    ]
    if second_port:
        lines.insert(4, f"  The second site    http://{preflight.HOST}:{second_port}/")
    credentials = Path(environment["VAR"]) / "demo-accounts.txt"
    if credentials.is_file():
        lines += ["", "  Demo sign-ins (development only):"]
        lines += [f"    {line}" for line in credentials.read_text(encoding="utf-8").splitlines()]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    sys.exit(main())
