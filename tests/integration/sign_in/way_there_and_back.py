"""From here to a provider of OpenID Connect and back, over HTTP; the fixtures stand in `conftest.py`."""

from __future__ import annotations

import html
import re
import time
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from environs import Env

from campaign_site.sign_in.settings import providers
from tests.fakes.openid import CLIENT_ID, CLIENT_SECRET, WAY_BACK

START = "/admin/sign-in/single/oidc/organisation/login/"
CALLBACK = f"{START}callback/"
LOGIN = "/admin/login/"
FACTORS = "/admin/sign-in/factors/"
CODE = f"{FACTORS}authenticate/"
CONFIRMS = f"{FACTORS}webauthn/add/"
LOGGER = "campaign_site.sign_in.adapters"
HOUR = 3600
NOW = int(time.time())


def configure(server: str, settings: Any, monkeypatch: pytest.MonkeyPatch, **more: str) -> None:
    """The settings as the environment gives them."""
    named = {"SERVER_URL": server, "CLIENT_ID": CLIENT_ID, "CLIENT_SECRET": CLIENT_SECRET, **more}
    for name, value in named.items():
        monkeypatch.setenv(f"OIDC_{name}", value)
    settings.SOCIALACCOUNT_PROVIDERS = providers(Env())
    settings.NETWORKS_ON_LOOPBACK = True
    settings.ROOT_URLCONF = "tests.integration.sign_in.urls"


def leave(client: Client, query: str = "", **posted: str) -> str:
    """Press the button; where the page that answers leads."""
    answer = client.post(f"{START}?{query}", posted)
    assert answer.status_code == 200, answer.content.decode()
    (address,) = re.findall(r'content="0; url=([^"]+)"', answer.content.decode())
    return html.unescape(address)


def visit(address: str) -> str:
    """Be at the provider; the way back that it names."""
    answer = httpx.get(address, trust_env=False)
    assert answer.status_code == 302, answer.text
    back = answer.headers["location"]
    assert back.startswith(WAY_BACK)
    return back


def come_back(client: Client, back: str) -> Any:
    """Follow the provider's way back."""
    return client.get(f"{CALLBACK}?{urlsplit(back).query}")


def sign_in(client: Client) -> Any:
    """All of it; the last answer."""
    return come_back(client, visit(leave(client)))


def is_signed_in(client: Client) -> bool:
    return SESSION_KEY in client.session


def refused(answer: Any, client: Client, why: str = "cannot be trusted") -> bool:
    """Whether the page says so, in words, and nobody is in."""
    page = answer.content.decode()
    assert answer.status_code == 401
    assert why in page, page
    assert "tell an administrator" in page
    assert f'href="{LOGIN}"' in page
    return not is_signed_in(client)
