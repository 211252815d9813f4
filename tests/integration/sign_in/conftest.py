"""People who sign in as staff do: through the form, with a second factor."""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
import struct
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client

from tests.factories import make_user
from tests.fakes.http import serving
from tests.fakes.openid import CLIENT_SECRET, PERSON, OpenIdProvider
from tests.integration.sign_in.way_there_and_back import LOGGER, configure

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


@pytest.fixture
def provider(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenIdProvider]:
    """The fake, configured as an operator does."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving(OpenIdProvider()) as fake:
        assert isinstance(fake, OpenIdProvider)
        configure(fake.base, settings, monkeypatch)
        yield fake


@pytest.fixture
def known(person: Any) -> Any:
    """Somebody with an account here whom the provider knows by the address."""
    person.email = PERSON["email"]
    person.save()
    return person


@pytest.fixture
def keeps_secrets(caplog: pytest.LogCaptureFixture) -> Callable[[Any, str], str]:
    """That a page and the log tell nothing of what was sent; the one line of the log."""
    caplog.set_level(logging.INFO)

    def look(answer: Any, back: str) -> str:
        query = {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}
        shown = answer.content.decode()
        for secret in (query["code"], query["state"], CLIENT_SECRET, "eyJ", "Traceback"):
            assert secret not in shown
            assert secret not in caplog.text
        (line,) = [record.getMessage() for record in caplog.records if record.name == LOGGER]
        return line

    return look
