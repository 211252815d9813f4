"""A kept secret is encrypted and sealed: without its key, or with one bit changed, it opens nothing."""

from __future__ import annotations

import base64
import stat
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet

from social_publisher import vault
from social_publisher.connections.pending import Begun, Opened
from social_publisher.models import AppRegistration, Channel, Credential, Webhook
from social_publisher.networks.base import Account
from social_publisher.networks.connect import App, Challenge, Connection, Grant, Identity

WORD = "s3cret-of-the-account"
PLAIN = {"token": WORD}


@pytest.fixture(autouse=True)
def key(settings: Any) -> str:
    """The one key of this installation."""
    made = Fernet.generate_key().decode()
    settings.CREDENTIAL_KEYS = [made]
    return made


def sealed(raw: bytes) -> str:
    """These bytes as they would be kept."""
    return base64.urlsafe_b64encode(raw).decode()


def test_a_kept_secret_is_a_fernet_token_of_our_key(key: str) -> None:
    kept = vault.lock(PLAIN)
    raw = base64.urlsafe_b64decode(kept)
    assert raw[0] == 0x80
    # Version, time, starting block, whole blocks of 128 bits, HMAC-SHA256.
    assert (len(raw) - 1 - 8 - 16 - 32) % 16 == 0
    assert WORD.encode() in Fernet(key).decrypt(kept)
    assert WORD not in kept
    assert WORD.encode() not in raw
    assert vault.unlock(kept) == PLAIN


def test_the_same_secret_is_never_kept_the_same_way() -> None:
    assert len({vault.lock(PLAIN) for _time in range(20)}) == 20


def test_every_altered_bit_is_refused() -> None:
    raw = base64.urlsafe_b64decode(vault.lock(PLAIN))
    for place in range(len(raw)):
        for bit in range(8):
            altered = bytearray(raw)
            altered[place] ^= 1 << bit
            with pytest.raises(vault.LockedError):
                vault.unlock(sealed(bytes(altered)))


def test_every_cut_and_every_addition_is_refused() -> None:
    raw = base64.urlsafe_b64decode(vault.lock(PLAIN))
    for other in (*(raw[:length] for length in range(len(raw))), raw[1:], raw + b"\0", b"\0" + raw):
        with pytest.raises(vault.LockedError):
            vault.unlock(sealed(other))


@pytest.mark.parametrize("kept", ["", " ", "{}", '{"token": "x"}', "тайна", "gAAAAA==", "gAAAAA"])
def test_what_was_never_locked_does_not_open(kept: str) -> None:
    with pytest.raises(vault.LockedError):
        vault.unlock(kept)
    with pytest.raises(vault.LockedError):
        vault.relock(kept)


def test_another_key_opens_nothing_and_locks_nothing_anew(settings: Any) -> None:
    kept = vault.lock(PLAIN)
    settings.CREDENTIAL_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(vault.LockedError) as told:
        vault.unlock(kept)
    assert WORD not in str(told.value)
    assert kept not in str(told.value)
    with pytest.raises(vault.LockedError):
        vault.relock(kept)


def test_an_older_key_opens_and_the_newest_locks(key: str, settings: Any) -> None:
    kept = vault.lock(PLAIN)
    newest = Fernet.generate_key().decode()
    settings.CREDENTIAL_KEYS = [newest, key]
    anew = vault.relock(kept)
    assert vault.unlock(kept) == vault.unlock(anew) == PLAIN
    settings.CREDENTIAL_KEYS = [newest]
    assert vault.unlock(anew) == vault.unlock(vault.lock(PLAIN)) == PLAIN
    with pytest.raises(vault.LockedError):
        vault.unlock(kept)


def test_keys_of_its_own_have_256_bits_are_made_once_and_are_read_by_their_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "new" / "keys"
    (made,) = vault.own_keys(file)
    assert len(base64.urlsafe_b64decode(made)) == 32
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert vault.own_keys(file) == [made]
    assert [path.name for path in file.parent.iterdir()] == ["keys"]
    assert vault.own_keys(tmp_path / "other") != [made]


OPENED = Connection(Identity("1", "@selec", "SELEC", picture_url=f"https://cdn.example/{WORD}"), Grant(PLAIN))


@pytest.mark.parametrize(
    "holder",
    [
        App("client", WORD),
        Account("1", credentials=PLAIN),
        Grant(PLAIN, ("write",)),
        OPENED,
        Opened("x", None, (OPENED,)),
        Challenge("state", WORD),
        Begun("x", "", None, "state", WORD),
    ],
    ids=lambda holder: type(holder).__name__,
)
def test_what_holds_a_secret_does_not_show_it(holder: object) -> None:
    assert type(holder).__name__ in repr(holder)
    assert WORD not in f"{holder!r} {holder}"


@pytest.mark.parametrize(
    "kept",
    [Credential(channel=Channel(name="X"), secret=WORD), AppRegistration(secret=WORD), Webhook(name="Y", secret=WORD)],
    ids=lambda kept: type(kept).__name__,
)
def test_what_keeps_a_secret_does_not_show_it(kept: Any) -> None:
    assert type(kept).__name__ in repr(kept)
    assert WORD not in f"{kept!r} {kept}"
    assert not kept._meta.get_field("secret").editable
