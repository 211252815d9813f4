"""The fake server from outside: started as a process of its own, told how to fail, asked for its record."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[2]


class Fakes:
    """A running fake server."""

    def __init__(self, base: str) -> None:
        self.base = base
        self._http = httpx.Client(base_url=base, trust_env=False, timeout=30)

    def fail(self, network: str, *faults: str) -> None:
        """The next calls of this network meet these faults, one each."""
        self._control(network=network, faults=list(faults))

    def storm(self, weights: dict[str, float], seed: int = 0) -> None:
        """Every call meets a fault drawn by weight; nothing ends the storm."""
        self._control(storm=weights, seed=seed)

    def reset(self) -> None:
        """Forget everything."""
        self._control(reset=True, storm={})

    def posts(self, **matching: str) -> list[dict[str, Any]]:
        """The network's own record, in the order of acceptance."""
        posts: list[dict[str, Any]] = self._http.get("/record").json()["posts"]
        return [post for post in posts if all(post[name] == value for name, value in matching.items())]

    def uploads(self) -> list[dict[str, Any]]:
        """Every picture that was uploaded."""
        uploads: list[dict[str, Any]] = self._http.get("/record").json()["uploads"]
        return uploads

    def close(self) -> None:
        self._http.close()

    def _control(self, **what: Any) -> None:
        self._http.post("/control", json=what).raise_for_status()


@contextmanager
def running_fakes() -> Iterator[Fakes]:
    """Start the server in a process of its own and stop it at the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.fakes.server"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    fakes = Fakes(process.stdout.readline().strip())
    try:
        yield fakes
    finally:
        fakes.close()
        process.terminate()
        process.wait(10)
        process.stdout.close()


def texts(posts: Sequence[dict[str, Any]]) -> list[str]:
    """The texts of some posts."""
    return [post["text"] for post in posts]
