"""`python -m tests.bluesky`: the Bluesky module against a real server, which npm brings into var/ (about 360 MB)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from campaign_site.launcher.preflight import free_port

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "var" / "atproto-dev-env"
PACKAGE, VERSION = "@atproto/dev-env", "0.3.215"
OLDEST_NODE = 18
INSTALL_SECONDS, START_SECONDS = 900, 60


def missing() -> str:
    """What keeps the tests from running here, as a sentence; empty if nothing does."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return "The real Bluesky server needs Node.js and npm, which are not installed here: nothing was tested."
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    number = told.removeprefix("v").partition(".")[0]
    if not number.isdecimal() or int(number) < OLDEST_NODE:
        return (
            f"The real Bluesky server needs Node.js {OLDEST_NODE} or later, not {told or 'none'}: nothing was tested."
        )
    return ""


def install() -> str:
    """Get the server once; return npm's own words where that fails, else nothing."""
    manifest = FOLDER / "node_modules" / PACKAGE / "package.json"
    if manifest.exists() and json.loads(manifest.read_text())["version"] == VERSION:
        return ""
    print(
        f"Installing {PACKAGE} {VERSION} into {FOLDER.relative_to(ROOT)} (the first time takes two minutes) ...",
        flush=True,
    )
    FOLDER.mkdir(parents=True, exist_ok=True)
    command = [
        "npm",
        "install",
        "--no-audit",
        "--no-fund",
        "--save-exact",
        "--prefix",
        str(FOLDER),
        f"{PACKAGE}@{VERSION}",
    ]
    done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, timeout=INSTALL_SECONDS, check=False)
    if done.returncode:
        return f"The server could not be installed; check the connection to npm's registry.\n{done.stderr[-2000:]}"
    return ""


@contextmanager
def running_server() -> Iterator[str]:
    """Start the server and give its address; leave nothing of it running."""
    command = ["node", str(Path(__file__).with_name("server.cjs")), str(FOLDER), str(free_port()), str(free_port())]
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert server.stdin is not None
    assert server.stdout is not None
    try:
        address = server.stdout.readline().strip()
        if not address.startswith("http://"):
            sys.exit("The server did not start; what it said stands above.")
        yield address
    finally:
        server.stdin.close()
        try:
            server.wait(START_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        server.stdout.close()


def main() -> int:
    """Return pytest's verdict. With --where-possible, a server that cannot be had is said and is no failure."""
    if why := missing():
        print(why)
        return 0
    if why := install():
        print(why)
        return 0 if "--where-possible" in sys.argv else 1
    began = time.monotonic()
    with running_server() as address:
        environment = {**os.environ, "BLUESKY_PDS": address}
        command = [sys.executable, "-m", "pytest", "tests/bluesky", "-q"]
        verdict = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    print(f"A real Bluesky server ({PACKAGE} {VERSION}): {time.monotonic() - began:.1f} s")
    return verdict


if __name__ == "__main__":
    sys.exit(main())
