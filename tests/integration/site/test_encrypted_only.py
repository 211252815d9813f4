"""Pages lead from http to https; what carries a key is refused there."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from campaign_site.encrypted_only import EXEMPT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def as_in_production(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = EXEMPT
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


@pytest.mark.parametrize("address", ["/api/results/", "/api/results/x/", "/api/v1/projects/", "/calendar/secret.ics"])
def test_a_program_is_told_to_mend_its_address(address: str) -> None:
    answer = Client(headers={"authorization": "Bearer key"}).get(address)
    assert answer.status_code == 403
    assert "Location" not in answer.headers
    assert b"https" in answer.content
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("address", ["/", "/news/", "/api/", "/admin/login/"])
def test_a_reader_is_led_on(address: str) -> None:
    answer = Client().get(address)
    assert (answer.status_code, answer.headers["Location"]) == (301, f"https://testserver{address}")


def test_by_https_it_is_answered() -> None:
    assert Client(headers={"x-forwarded-proto": "https"}).get("/api/v1/projects/").status_code == 200


def test_the_address_where_wagtail_breaks_on_purpose_is_no_address(settings: Any, admin_client: Client) -> None:
    settings.SECURE_SSL_REDIRECT = False
    assert admin_client.get("/admin/failwhale/").status_code == 404
