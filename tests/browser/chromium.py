"""A Chromium for the browser tests: the machine's own, else Debian's package, else Playwright's download.

`python -m tests.browser.chromium` makes sure there is one and says which.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.support import debian

# The shell without windows first: a whole Chromium takes four times the processor for each page it opens.
SHELLS = ("chromium-headless-shell", "chrome-headless-shell")
NAMES = (*SHELLS, "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


def find() -> str | None:
    """Return the path of a Chromium on this machine; CHROMIUM names another."""
    named = os.environ.get("CHROMIUM")
    for name in (named, *NAMES):
        if name and (path := shutil.which(name)):
            return path
    downloaded = _playwrights_own()
    return str(downloaded) if downloaded.is_file() else None


def ensure() -> str:
    """Return the path of a Chromium, installing one if there is none. Exits with one sentence where that fails."""
    if found := find():
        return found
    for package in (SHELLS[0], "chromium"):
        debian.install(package, "Chromium")
        if found := find():
            return found
    print("Downloading Playwright's Chromium for the browser tests ...", flush=True)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if found := find():
        return found
    sys.exit(
        "There is no Chromium for the browser tests. Install one, or name it: CHROMIUM=/path/to/chromium make test."
    )


def _playwrights_own() -> Path:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


if __name__ == "__main__":
    print(f"Browser tests use {ensure()}")
