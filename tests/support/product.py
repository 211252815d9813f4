"""The whole product as a newcomer starts it: one `make run`'s worth of processes on a free port and an own folder."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from campaign_site.launcher.database import FOLDER, server_process
from campaign_site.launcher.preflight import free_port

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 400
ASK_SECONDS = 60
# Answers one script a line, each with names and a connection of its own.
SHELL = """
import contextlib, io, json, sys, traceback
from django.db import connections
for line in sys.stdin:
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said):
            exec(json.loads(line), dict(globals()))
        answer = {"said": said.getvalue()}
    except Exception:
        answer = {"trouble": traceback.format_exc()}
    connections.close_all()
    print(json.dumps(answer), flush=True)
"""


# Everybody in a test comes from this machine: what bounds one address would bound them all.
ONE_ADDRESS = {"SEARCHES_A_MINUTE": "0", "PROGRAMS_A_MINUTE": "0"}


@contextmanager
def running_product(**environment: str) -> Iterator[Product]:
    """Start a product in a new folder of its own, and leave nothing of it.

    Not in a folder of pytest: the database's own user passes through, and each run closes that to others.
    """
    parent = Path(tempfile.mkdtemp(prefix="campaign-product-"))
    parent.chmod(0o755)
    product = Product(parent / "var", **environment)
    try:
        product.start()
        yield product
    finally:
        if product.process is not None and product.process.poll() is None:
            product.stop()
        product.kill()
        shutil.rmtree(parent, ignore_errors=True)


class Product:
    """Start, stop, kill; and ask it things from outside."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        clean = {
            key: value
            for key, value in os.environ.items()
            if key not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "VAR", "PUBLIC_BASE_URL", "CAMPAIGN_TEST_SERVER"}
        }
        self.environment = {**clean, **ONE_ADDRESS, "PYTHONPATH": str(ROOT), **environment}
        self.process: subprocess.Popen[str] | None = None
        self._shell: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Run the launcher and wait until the site answers; its words are in `output`."""
        command = [sys.executable, "-m", "campaign_site.launcher", "--port", str(self.port), "--var", str(self.folder)]
        log = (self.folder.parent / f"{self.folder.name}.out").open("a")
        self.process = subprocess.Popen(
            command, env=self.environment, cwd=ROOT, stdout=log, stderr=log, text=True, start_new_session=True
        )
        log.close()
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise AssertionError(f"the product ended while starting:\n{self.output}")
            try:
                with urllib.request.urlopen(f"{self.base}/health/ready", timeout=5):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise AssertionError(f"the product did not start:\n{self.output}")

    @property
    def output(self) -> str:
        """Everything the launcher has said so far."""
        return (self.folder.parent / f"{self.folder.name}.out").read_text()

    def stop(self) -> int:
        """Press Ctrl-C and return the exit code."""
        assert self.process is not None
        self._leave_shell()
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)

    def processes(self) -> list[psutil.Process]:
        """Every process of the run: launcher, site, clock and database."""
        found: list[psutil.Process] = []
        if self.process is not None and psutil.pid_exists(self.process.pid):
            launcher = psutil.Process(self.process.pid)
            found += [launcher, *launcher.children(recursive=True)]
        if (server := server_process(self.folder / FOLDER)) is not None:
            found += [server, *server.children(recursive=True)]
        return found

    def kill(self) -> None:
        """Kill every process of the run with -9 at once."""
        self._leave_shell()
        doomed = self.processes()
        for process in doomed:
            try:
                process.kill()
            except psutil.NoSuchProcess:
                continue
        psutil.wait_procs(doomed, timeout=20)
        if self.process is not None:
            self.process.wait(20)

    def passwords(self) -> dict[str, str]:
        """The demo sign-ins, by role."""
        lines = (self.folder / "demo-accounts.txt").read_text().splitlines()
        return {line.split()[0]: line.split()[1] for line in lines}

    def ask(self, script: str) -> Any:
        """Run a script inside the product's own settings and return the JSON it prints last."""
        shell = self._shell = self._shell or self._open_shell()
        assert shell.stdin is not None
        assert shell.stdout is not None
        shell.stdin.write(json.dumps(script) + "\n")
        shell.stdin.flush()
        ready, _, _ = select.select([shell.stdout], [], [], ASK_SECONDS)
        line = shell.stdout.readline() if ready else ""
        assert line, f"no answer from the product's shell:\n{self.output}"
        answer = json.loads(line)
        assert "said" in answer, answer["trouble"]
        return json.loads(answer["said"].strip().splitlines()[-1])

    def _open_shell(self) -> subprocess.Popen[str]:
        """One process answers all questions of a run: starting it takes seconds."""
        environment = {**self.environment, "VAR": str(self.folder), "PUBLIC_BASE_URL": self.base}
        command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", SHELL]
        with (self.folder.parent / f"{self.folder.name}.out").open("a") as log:
            return subprocess.Popen(
                command, env=environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True
            )

    def _leave_shell(self) -> None:
        if self._shell is not None:
            self._shell.kill()
            self._shell.communicate()
            self._shell = None
