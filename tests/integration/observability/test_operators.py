"""Requests have ids; an operator asks what is wrong and is told what to do."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from campaign_site.errors import server_error
from campaign_site.observability import checks
from campaign_site.observability.middleware import RequestIdMiddleware
from tests.factories import make_channel, make_delivery

pytestmark = pytest.mark.django_db
KEY = "a long random text"


@pytest.mark.parametrize("given", ["f8a3b2c4d5e6f708", "8f2f3d4c-5c0e-4f0d-9f0e-6f5c2c1e7a10"])
def test_a_proxys_id_is_taken(given: str) -> None:
    assert Client(headers={"x-request-id": given}).get("/health/live")["X-Request-ID"] == given


@pytest.mark.parametrize("given", ["", "short", "a" * 65, "a\nb" * 5, '","level":"INFO'])
def test_anything_else_is_replaced(given: str) -> None:
    assert re.fullmatch(r"[0-9a-f]{32}", Client(headers={"x-request-id": given}).get("/health/live")["X-Request-ID"])


def test_a_page_that_broke_names_its_reference_and_nothing_else_of_the_fault() -> None:
    def broken(request: HttpRequest) -> HttpResponse:
        raise ValueError("the secret cause")

    def shown(request: HttpRequest) -> HttpResponse:
        try:
            return broken(request)
        except ValueError:
            return server_error(request)

    response = RequestIdMiddleware(shown)(RequestFactory().get("/"))
    assert isinstance(response, HttpResponse)
    assert f"<code>{response.headers['X-Request-ID']}</code>" in response.content.decode()
    assert "secret" not in response.content.decode()


def test_the_deep_health_is_for_who_has_the_key(settings: Any) -> None:
    assert Client().get("/health/deep").status_code == 404
    settings.METRICS_KEY = KEY
    assert Client().get("/health/deep").status_code == 404
    answer = Client(headers={"authorization": f"Bearer {KEY}"}).get("/health/deep")
    assert answer.status_code == 503
    told = answer.json()["checks"]
    assert told["database"]["is_well"]
    assert "start python manage.py clock" in told["clock"]["words"]


def test_the_doctor_says_what_to_do(capsys: Any) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("doctor")
    assert ended.value.code == 1
    said = capsys.readouterr().out
    assert "ok    database: PostgreSQL" in said
    assert "LOOK  administrators: There is no administrator: run python manage.py createsuperuser." in said
    assert "LOOK  settings: These are development settings" in said
    with pytest.raises(SystemExit):
        call_command("doctor", quiet=True)
    assert "ok " not in capsys.readouterr().out


def test_a_post_past_its_time_is_found() -> None:
    from datetime import timedelta

    from django.utils import timezone

    assert checks.overdue()[0]
    delivery = make_delivery(make_channel())
    delivery.__class__.objects.filter(pk=delivery.pk).update(next_at=timezone.now() - timedelta(minutes=3))
    assert checks.overdue() == (False, "1 posts wait past their time: look at the clock's log and at Social › Queue.")


def test_a_check_that_cannot_ask_is_not_well() -> None:
    def away() -> tuple[bool, str]:
        raise OperationalError("server closed the connection\nmore")

    (found,) = checks.run({"database": away})
    assert (found.is_well, found.words) == (False, "The database did not answer: server closed the connection")


def test_every_family_of_numbers_is_told(settings: Any) -> None:
    settings.METRICS_KEY = KEY
    told = Client(headers={"authorization": f"Bearer {KEY}"}).get("/metrics").content.decode()
    for name in ("retries_last_day", "services_blocked", "delivery_lateness_seconds", "overdue_seconds"):
        assert f"campaign_{name}" in told
