"""Checks an evidence archive by itself: no database is asked."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import IO, Any

from social_publisher.approval import chain

MANIFEST, AUDIT, MEDIA = "manifest.json", "audit.jsonl", "media/"
CHUNK = 1024 * 1024
# What a damaged file makes `zipfile` raise, at its own places and at those of zlib below it.
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


@dataclass(slots=True)
class Verdict:
    """What was found: files that hold, faults in words, and media that were gone when it was packed."""

    files: int = 0
    entries: int = 0
    manifest: str = ""
    faults: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def verify(stream: IO[bytes]) -> Verdict:
    """Compare every file with the manifest, and every sealed entry of the audit with its hash."""
    verdict = Verdict()
    try:
        with zipfile.ZipFile(stream) as packed:
            _check(packed, verdict)
    except (*BROKEN, KeyError, ValueError, TypeError, OSError) as error:
        verdict.faults.append(f"It cannot be read as an evidence archive: {error}")
    return verdict


def _check(packed: zipfile.ZipFile, verdict: Verdict) -> None:
    names = packed.namelist()
    if len(names) != len(set(names)):
        verdict.faults.append("A name stands in it twice.")
    text = packed.read(MANIFEST)
    verdict.manifest = hashlib.sha256(text).hexdigest()
    manifest = json.loads(text)
    listed = {row["path"]: row for row in manifest["files"]}
    verdict.missing = list(manifest["missing"])
    verdict.faults += [f"{name}: it is not in the manifest." for name in names if name not in {*listed, MANIFEST}]
    for name, row in listed.items():
        if name not in names:
            verdict.faults.append(f"{name}: it is missing.")
            continue
        if _digest(packed, name) != (row["bytes"], row["sha256"]):
            verdict.faults.append(f"{name}: it was changed.")
        elif name.startswith(MEDIA) and PurePosixPath(name).stem != row["sha256"]:
            verdict.faults.append(f"{name}: it is not what its name says.")
        verdict.files += 1
    if AUDIT in names:
        _check_audit(packed, verdict)


def _digest(packed: zipfile.ZipFile, name: str) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    try:
        with packed.open(name) as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
    except BROKEN:
        return 0, ""
    return size, digest.hexdigest()


def _check_audit(packed: zipfile.ZipFile, verdict: Verdict) -> None:
    with packed.open(AUDIT) as file:
        lines: Iterator[Any] = io.TextIOWrapper(file, encoding="utf-8")
        for answer in chain.check(chain.read_lines(lines), may_have_gaps=True):
            verdict.entries = answer.sealed + answer.unsealed
            if answer.broken is not None:
                verdict.faults.append(f"{AUDIT}: {answer.broken}.")
