"""The children of one run: started together, logged together, stopped together."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

STOP_SECONDS = 15
RESTART_PAUSE = 1.0
PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Ask Linux to end this child when the launcher is killed, so that nothing is left running."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Log:
    """One log of the run, on the screen and in a file; each line says whose it is."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("a", encoding="utf-8")
        self._lock = threading.Lock()

    def line(self, source: str, text: str) -> None:
        with self._lock:
            entry = f"{source:>5} | {text}" if source else text
            try:
                print(entry, flush=True)
                print(entry, file=self._file, flush=True)
            except OSError:  # a full disk or a closed terminal must not stop the site
                pass


class Child:
    """One process of the run; started again if it ends without being told to."""

    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str], log: Log) -> None:
        self.name, self.command, self.environment, self.log = name, list(command), dict(environment), log
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        # The kernel ties "parent death" to the thread that started the child, so one long-lived thread does it all.
        self._thread = threading.Thread(target=self._watch, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ask the process to end; after STOP_SECONDS make it and all it started end."""
        with self._lock:
            self._stopping.set()
            process = self._process
        if process is not None:
            if process.poll() is None:
                process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._kill_group(process.pid)
                process.wait()
        self._thread.join(STOP_SECONDS)

    def _kill_group(self, leader: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(leader, signal.SIGKILL)

    def _watch(self) -> None:
        while not self._stopping.is_set():
            process = self._launch()
            if process is not None and process.stdout is not None:
                self._pump(process.stdout)
                code = process.wait()
                if not self._stopping.is_set():
                    self.log.line(self.name, f"ended with code {code}; starting it again")
            self._stopping.wait(RESTART_PAUSE)

    def _launch(self) -> subprocess.Popen[str] | None:
        """Start the process unless stopping; what cannot be started is said and tried again."""
        with self._lock:
            if self._stopping.is_set():
                return None
            try:
                self._process = subprocess.Popen(  # noqa: S603
                    self.command,
                    env=self.environment,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    text=True,
                    errors="replace",
                    start_new_session=True,
                    preexec_fn=die_with_parent,
                )
            except OSError as error:
                self.log.line(self.name, f"could not be started ({error.strerror}); trying again")
                return None
            return self._process

    def _pump(self, stream: IO[str]) -> None:
        for text in stream:
            self.log.line(self.name, text.rstrip())
