"""What a public installation is set to: cookies bound to its host, TLS everywhere, sessions that end."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.conf import settings as running

PROGRAM = """
import django, json
django.setup()
from django.test import Client
from django.conf import settings
print(json.dumps({name: getattr(settings, name) for name in (
    "SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE",
    "SESSION_COOKIE_PATH", "SESSION_COOKIE_DOMAIN", "CSRF_COOKIE_NAME", "CSRF_COOKIE_SECURE", "CSRF_COOKIE_SAMESITE",
    "CSRF_COOKIE_PATH", "CSRF_COOKIE_DOMAIN", "MESSAGE_STORAGE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SESSION_IDLE_MINUTES", "SESSION_HOURS", "SECOND_FACTOR_REQUIRED",
    "EMAIL_HOST", "EMAIL_PORT", "EMAIL_USE_TLS", "EMAIL_USE_SSL", "SECRET_KEY_FALLBACKS", "INSTALLED_APPS",
)}))
print(Client().get("/about/", headers={"host": "campaigns.example.org"}).status_code)
redirect = Client().get("/about/?x=1", headers={"host": "campaigns.example.org"})
print(redirect.status_code, redirect.headers.get("Location"))
"""


@pytest.fixture(scope="module")
def production() -> dict[str, Any]:
    """The settings as a public installation has them, and how it answers plain HTTP."""
    import json

    environment = {
        **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
        "DJANGO_SETTINGS_MODULE": "campaign_site.settings.production",
        "SECRET_KEY": "x7" * 30,
        "SECRET_KEY_FALLBACKS": "y7" * 30,
        "DATABASE_URL": "postgresql://somebody@127.0.0.1:1/nowhere",
        "ALLOWED_HOSTS": "campaigns.example.org",
        "PUBLIC_BASE_URL": "https://campaigns.example.org",
        "CREDENTIAL_KEYS": Fernet.generate_key().decode(),
        "EMAIL_HOST": "mail.example.org",
        "VAR": str(running.VAR),
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, timeout=120, check=True
    )
    told, *answers = done.stdout.strip().splitlines()
    return {**json.loads(told), "answers": answers}


def test_cookies_are_bound_to_the_host_and_sent_over_tls_alone(production: dict[str, Any]) -> None:
    for cookie in ("SESSION", "CSRF"):
        assert production[f"{cookie}_COOKIE_NAME"].startswith("__Host-")
        assert production[f"{cookie}_COOKIE_SECURE"] is True
        assert production[f"{cookie}_COOKIE_SAMESITE"] == "Lax"
        assert production[f"{cookie}_COOKIE_PATH"] == "/"
        assert production[f"{cookie}_COOKIE_DOMAIN"] is None
    assert production["SESSION_COOKIE_HTTPONLY"] is True


def test_what_is_said_to_somebody_stays_on_the_server(production: dict[str, Any]) -> None:
    assert production["MESSAGE_STORAGE"].endswith(".SessionStorage")


def test_plain_http_is_sent_to_https_and_kept_there_for_a_year(production: dict[str, Any]) -> None:
    assert production["answers"] == ["301", "301 https://campaigns.example.org/about/?x=1"]
    assert production["SECURE_HSTS_SECONDS"] >= 31536000
    assert production["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is True


def test_sessions_end_and_second_factors_are_asked_for(production: dict[str, Any]) -> None:
    assert (production["SESSION_IDLE_MINUTES"], production["SESSION_HOURS"]) == (60, 12)
    assert production["SECOND_FACTOR_REQUIRED"] is True


def test_mail_to_another_machine_goes_encrypted(production: dict[str, Any]) -> None:
    assert (production["EMAIL_HOST"], production["EMAIL_PORT"]) == ("mail.example.org", 587)
    assert production["EMAIL_USE_TLS"] is True
    assert production["EMAIL_USE_SSL"] is False


def test_a_key_of_before_is_still_believed(production: dict[str, Any]) -> None:
    assert production["SECRET_KEY_FALLBACKS"] == ["y7" * 30]
