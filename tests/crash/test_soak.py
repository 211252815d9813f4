"""The short version of `make soak`."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.soak.__main__ import ROOT


@pytest.mark.crash
def test_nothing_is_doubled_or_lost_under_storms_and_kills() -> None:
    clean = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "VAR"}}
    command = [sys.executable, "-m", "tests.soak", "--deliveries", "200", "--seconds", "15", "--drain", "150"]
    done = subprocess.run(command, cwd=ROOT, env=clean, capture_output=True, text=True, timeout=400)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "doubled            0" in done.stdout
    assert "lost               0" in done.stdout
