"""Whoever watches over processes asks each by its own address."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
KEY = "a long random text"


@pytest.fixture(autouse=True)
def as_in_production(settings: Any) -> None:
    from campaign_site.observability.asked_directly import EXEMPT

    settings.ALLOWED_HOSTS = ["campaigns.example.org"]
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = EXEMPT
    settings.METRICS_KEY = KEY


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "site:8000", "10.0.0.7"])
@pytest.mark.parametrize("path", ["/health/live", "/health/ready", "/metrics"])
def test_it_is_answered_under_any_name_and_without_tls(host: str, path: str) -> None:
    answer = Client(headers={"host": host, "authorization": f"Bearer {KEY}"}).get(path)
    assert answer.status_code == 200
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize("path", ["/metrics", "/health/deep"])
def test_the_key_is_asked_for_all_the_same(path: str) -> None:
    assert Client(headers={"host": "site:8000"}).get(path).status_code == 404


@pytest.mark.parametrize("path", ["/", "/health/livelier", "/metrics/x"])
def test_nothing_else_is(path: str) -> None:
    assert Client(headers={"host": "site:8000"}).get(path, secure=True).status_code == 400
    assert Client(headers={"host": "campaigns.example.org"}).get(path).status_code == 301
