"""The fakes from outside: started as a process of its own, told how to fail, asked for their records."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[2]


class Fakes:
    """Running fakes; `bases` are their addresses by network."""

    def __init__(self, bases: dict[str, str]) -> None:
        self.bases = bases
        self._http = httpx.Client(trust_env=False, timeout=30)

    def fail(self, network: str, *faults: str) -> None:
        """The next calls of this network meet these faults, one each."""
        self.control(network, faults=list(faults))

    def storm(self, weights: dict[str, float], seed: int = 0) -> None:
        """Every call to every network meets a fault drawn by weight; nothing ends the storm."""
        for network in self.bases:
            self.control(network, storm=weights, seed=seed)

    def reset(self) -> None:
        """Forget everything."""
        for network in self.bases:
            self.control(network, reset=True, storm={})

    def posts(self, network: str = "", **matching: str) -> list[dict[str, Any]]:
        """The networks' own records, in each one's order of acceptance."""
        posts = [post for slug in self._named(network) for post in self._record(slug)["posts"]]
        return [post for post in posts if all(post[name] == value for name, value in matching.items())]

    def uploads(self, network: str = "") -> list[dict[str, Any]]:
        """Every picture that was uploaded."""
        return [upload for slug in self._named(network) for upload in self._record(slug)["uploads"]]

    def control(self, network: str, **what: Any) -> None:
        """Tell a network what to do."""
        self._http.post(f"{self.bases[network]}/__control", json=what).raise_for_status()

    def close(self) -> None:
        self._http.close()

    def _named(self, network: str) -> list[str]:
        return [network] if network else list(self.bases)

    def _record(self, network: str) -> dict[str, Any]:
        record: dict[str, Any] = self._http.get(f"{self.bases[network]}/__record").json()
        return record


@contextmanager
def running_fakes(*networks: str) -> Iterator[Fakes]:
    """Start the fakes (all, or those named) in a process of their own and stop it at the end."""
    command = [sys.executable, "-m", "tests.fakes.server", *networks]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    fakes = Fakes(json.loads(process.stdout.readline()))
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
