"""People who sign in as staff do: through the form, with a second factor."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client

from tests.factories import make_user

PASSWORD = "a-long-secret-of-one"
SECRET = base64.b32encode(b"twenty bytes, secret").decode().rstrip("=")


def code(secret: str = SECRET) -> str:
    """What an authenticator app shows now (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


@pytest.fixture(autouse=True)
def as_in_production(settings: Any) -> None:
    """What tests of other things turn off."""
    settings.SECOND_FACTOR_REQUIRED = True
    settings.CONFIRM_AGAIN = True
    settings.AXES_ENABLED = True
    cache.clear()


@pytest.fixture
def person(db: None) -> Any:
    """An editor with a password, without a second factor."""
    user = make_user("Editors of posts")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def with_app(person: Any) -> Any:
    """The same, with an authenticator app and recovery codes."""
    TOTP.activate(person, SECRET)
    RecoveryCodes.activate(person)
    return person


@pytest.fixture
def signs_in() -> Callable[..., Client]:
    """Sign in through the form: by password, and with the app's code where there is one."""

    def sign_in(user: Any, **headers: str) -> Client:
        client = Client(headers={"user-agent": "Firefox", **headers})
        client.post("/admin/login/", {"login": user.get_username(), "password": PASSWORD})
        if Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
            client.post("/admin/sign-in/factors/authenticate/", {"code": code()})
        return client

    return sign_in
