"""The children of one run: started together, logged together, stopped together."""

from __future__ import annotations

import ctypes
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

STOP_SECONDS = 15
RESTART_PAUSE = 1.0
PR_SET_PDEATHSIG = 1


def _die_with_parent() -> None:
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
        self._process: subprocess.Popen[str] | None = None
        # The kernel ties "parent death" to the thread that started the child, so one long-lived thread does it all.
        self._thread = threading.Thread(target=self._watch, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ask the process to end; after STOP_SECONDS make it end."""
        self._stopping.set()
        process = self._process
        if process is None:
            return
        if process.poll() is None:
            process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        self._thread.join(STOP_SECONDS)

    def _watch(self) -> None:
        while not self._stopping.is_set():
            self._process = subprocess.Popen(  # noqa: S603
                self.command,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )
            assert self._process.stdout is not None
            self._pump(self._process.stdout)
            code = self._process.wait()
            if not self._stopping.is_set():
                self.log.line(self.name, f"ended with code {code}; starting it again")
                time.sleep(RESTART_PAUSE)

    def _pump(self, stream: IO[str]) -> None:
        for text in stream:
            self.log.line(self.name, text.rstrip())
