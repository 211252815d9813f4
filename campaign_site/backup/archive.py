"""The file itself: a tar in the `age` format (age-encryption.org), with a manifest of every part's SHA-256."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pyrage

from campaign_site.backup.errors import BackupError

DUMP, KEYS, MANIFEST, MEDIA = "database.dump", "keys.json", "manifest.json", "media/"
FORMAT = 1
BLOCK = 1024 * 1024


def recipients(texts: Sequence[str]) -> list[Any]:
    """Public keys. Raises BackupError where there is none, or one is no key."""
    if not texts:
        raise BackupError(
            "BACKUP_RECIPIENTS names no key to encrypt for. Make one with: python manage.py backup --new-key FILE; "
            "keep the file away from this machine, and set BACKUP_RECIPIENTS to the public key that is printed."
        )
    try:
        return [pyrage.x25519.Recipient.from_str(text.strip()) for text in texts]
    except pyrage.RecipientError as error:
        raise BackupError("BACKUP_RECIPIENTS holds what is no public key of age (age1…).") from error


def identities(path: Path) -> list[Any]:
    """Secret keys in a file, as `age-keygen` writes it. Raises BackupError."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return [pyrage.x25519.Identity.from_str(line.strip()) for line in lines if line.startswith("AGE-SECRET-KEY-")]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError) as error:
        raise BackupError(f"{path} cannot be read as a key file of age.") from error


def new_key(path: Path) -> str:
    """Write a new secret key that its owner alone may read, and return its public key. Raises BackupError."""
    identity = pyrage.x25519.Identity.generate()
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise BackupError(f"{path} cannot be written ({error.strerror}). A key is never overwritten.") from error
    with os.fdopen(descriptor, "w") as file:
        file.write(f"# public key: {identity.to_public()}\n{identity}\n")
    return str(identity.to_public())


class Packer:
    """Adds parts to a tar and remembers their digests."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.parts: dict[str, str] = {}

    def add_file(self, name: str, path: Path) -> None:
        """Add a file as it is now."""
        with path.open("rb") as file:
            entry = tarfile.TarInfo(name)
            entry.size, entry.mtime = os.fstat(file.fileno()).st_size, int(os.fstat(file.fileno()).st_mtime)
            # Pictures are read by the proxy's user too; the folder they are unpacked in is closed to all.
            entry.mode = 0o644
            reader = _Digesting(file)
            self._tar.addfile(entry, reader)
            self.parts[name] = reader.digest.hexdigest()

    def add_json(self, name: str, value: Any) -> None:
        """Add plain data."""
        data = json.dumps(value, indent=1, sort_keys=True).encode()
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = len(data), 0o600
        self._tar.addfile(entry, io.BytesIO(data))
        self.parts[name] = hashlib.sha256(data).hexdigest()


class _Digesting(io.RawIOBase):
    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.digest.update(data)
        return data


@contextmanager
def writing(target: Path, to: Sequence[Any]) -> Iterator[Packer]:
    """Write an encrypted archive beside `target`, and put it in its place when it is whole.

    Raises BackupError where the disk is full or not writable; then nothing of it stays.
    """
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    read_end, write_end = os.pipe()
    trouble: list[BaseException] = []

    def encrypt() -> None:
        try:
            with os.fdopen(read_end, "rb") as plain, open(draft, "wb", opener=_private) as kept:
                pyrage.encrypt_io(plain, kept, list(to))
                kept.flush()
                os.fsync(kept.fileno())
        except BaseException as error:
            trouble.append(error)

    thread = threading.Thread(target=encrypt)
    thread.start()
    try:
        with os.fdopen(write_end, "wb") as sink, tarfile.open(fileobj=sink, mode="w|") as tar:
            yield Packer(tar)
        thread.join()
        if trouble:
            raise trouble[0]
        draft.replace(target)
    except (OSError, pyrage.EncryptError, BrokenPipeError) as error:
        # Whoever writes may meet the broken pipe before the other thread has said why it broke.
        thread.join()
        cause = trouble[0] if trouble else error
        raise BackupError(f"The backup could not be written: {getattr(cause, 'strerror', None) or cause}.") from error
    finally:
        thread.join()
        draft.unlink(missing_ok=True)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def unpack(source: Path, to: Path, keys: Sequence[Any]) -> dict[str, Any]:
    """Decrypt into an empty folder, check every part, and return the manifest. Raises BackupError."""
    plain = to / "plain.tar"
    try:
        with source.open("rb") as kept, open(plain, "wb", opener=_private) as file:
            pyrage.decrypt_io(kept, file, list(keys))
        with tarfile.open(plain) as tar:
            tar.extractall(to, filter="data")
    except OSError as error:
        raise BackupError(f"{error.filename or source} cannot be read or written ({error.strerror}).") from error
    except pyrage.DecryptError as error:
        raise BackupError("The key does not open this backup, or the file is damaged.") from error
    except tarfile.TarError as error:
        raise BackupError("The file is no backup, or it is damaged.") from error
    finally:
        plain.unlink(missing_ok=True)
    return checked(to)


def checked(folder: Path) -> dict[str, Any]:
    """The manifest of an unpacked backup, if every part is there and as it was, and nothing else is."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
        parts: dict[str, str] = manifest["parts"]
    except (OSError, ValueError, KeyError) as error:
        raise BackupError("The file is no backup: its manifest is missing.") from error
    if manifest.get("format") != FORMAT:
        raise BackupError("This backup was made by a newer release. Restore it with that release.")
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} - {MANIFEST}
    if there != set(parts):
        raise BackupError("The backup is not whole: what it holds is not what its manifest says.")
    for name, digest in parts.items():
        if digest_of(folder / name) != digest:
            raise BackupError(f"The backup is damaged: {name} is not what was packed.")
    return manifest


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
