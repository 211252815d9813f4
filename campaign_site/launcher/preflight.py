"""Everything that can be known to be wrong before anything is started."""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import socket
import time
from pathlib import Path
from typing import IO

from campaign_site.launcher.errors import StartError

HOST = "127.0.0.1"
NEEDED_BYTES = 300 * 1024 * 1024


def read_port(value: str) -> int:
    """Return the port as a number. Raises StartError when it is none."""
    if not value.isdigit() or not 1 <= int(value) <= 65535:
        raise StartError(f"PORT must be a number from 1 to 65535, not '{value}'; for example: make run PORT=8001.")
    return int(value)


def check_port(port: int) -> None:
    """Raise StartError when another program already listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError as error:
            raise StartError(
                f"Port {port} needs administrator rights. Choose one above 1023: make run PORT=8000."
            ) from error
        except OSError as error:
            raise StartError(
                f"Port {port} is taken by another program. Choose another: make run PORT={port + 1}."
            ) from error


def wait_for_port(port: int, seconds: float = 8.0) -> None:
    """Like check_port, but give the processes of a run that was just killed the time to let go."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return check_port(port)
        except StartError:
            if time.monotonic() >= deadline:
                raise
            time.sleep(0.2)


def check_folder(var: Path) -> None:
    """Create the data folder; raise StartError when it is somebody else's, not writable, or its disk is full."""
    if any(character.isspace() for character in str(var)):
        raise StartError(
            f"The data folder {var} has a space in its path, which the database cannot take; choose another with VAR=."
        )
    try:
        var.mkdir(parents=True, exist_ok=True)
        owner = var.stat().st_uid
        if owner != os.geteuid():
            raise StartError(
                f"The data folder {var} belongs to {_name(owner)}. Choose one of your own: make run VAR=~/campaigns."
            )
        probe = var / ".write-probe"
        probe.write_bytes(b"probe")
        probe.unlink()
        free = shutil.disk_usage(var).free
    except FileExistsError as error:
        raise StartError(f"The data folder {var} is a file. Choose a folder: make run VAR=~/campaigns.") from error
    except OSError as error:
        raise StartError(
            f"The data folder {var} cannot be written ({error.strerror}). Choose another: make run VAR=~/campaigns."
        ) from error
    if free < NEEDED_BYTES:
        raise StartError(
            f"The disk of {var} has {free // 2**20} MB left; {NEEDED_BYTES // 2**20} MB are needed. "
            "Free some, or choose another disk with VAR=."
        )


def hold_folder(var: Path) -> IO[str]:
    """Take the data folder for this process until it ends. Raises StartError when another run holds it."""
    lock = (var / "run.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise StartError(
            f"The data folder {var} is in use by another run. Stop that one with Ctrl-C, or choose another with VAR=."
        ) from error
    return lock


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def free_port() -> int:
    """Return a port of loopback that is free now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
