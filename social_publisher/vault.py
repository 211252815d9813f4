"""Secrets at rest: what is in the database is of no use without the keys, which are not in it."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.translation import gettext as _


class LockedError(Exception):
    """A secret cannot be read: its key is not among this installation's."""


def lock(plain: Mapping[str, str]) -> str:
    """Encrypt with the newest key."""
    return _keys().encrypt(json.dumps(dict(plain)).encode()).decode()


def unlock(kept: str) -> dict[str, str]:
    """Decrypt with whichever key fits. Raises LockedError."""
    try:
        plain: dict[str, str] = json.loads(_keys().decrypt(kept.encode()))
    except InvalidToken:
        raise LockedError(
            _("What opens this account cannot be read with this installation's keys. Connect the account again.")
        ) from None
    return plain


def relock(kept: str) -> str:
    """Encrypt anew with the newest key. Raises LockedError."""
    try:
        return _keys().rotate(kept.encode()).decode()
    except InvalidToken:
        raise LockedError(_("It was encrypted with a key that CREDENTIAL_KEYS no longer holds.")) from None


def own_keys(path: Path) -> list[str]:
    """The keys in a file, one a line, newest first; a new file, readable by its owner alone, where there is none."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(Fernet.generate_key().decode() + "\n")
        with contextlib.suppress(FileExistsError):  # another process was first: its key is the key
            os.link(draft, path)
        draft.unlink()
    return path.read_text().split()


def _keys() -> MultiFernet:
    keys = settings.CREDENTIAL_KEYS or own_keys(settings.CREDENTIAL_KEYS_FILE)
    return MultiFernet([Fernet(key) for key in keys])
