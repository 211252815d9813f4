"""Debian's packages, for what the tests need and no wheel brings."""

from __future__ import annotations

import os
import shutil
import subprocess


def install(package: str, what: str) -> None:
    """Install a package where this is a Debian and we are root; elsewhere do nothing."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return
    print(f"Installing Debian's {what} for the tests ...", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "-qq", "update"],
        ["apt-get", "-qq", "-y", "install", "--no-install-recommends", package],
    ):
        subprocess.run(command, env=quiet, check=False, stdout=subprocess.DEVNULL)
