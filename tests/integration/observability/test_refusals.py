"""What is refused and what breaks leaves one line of the log, with the request's number."""

from __future__ import annotations

import json
import logging
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from campaign_site.observability.logs import IdsFilter, Lines
from campaign_site.observability.middleware import RequestIdMiddleware
from media.cleaning import clean_image
from social_publisher.models import AuditEvent
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/admin/social/record/", "/admin/users/"])
def test_a_screen_that_is_refused_stands_in_the_log_and_names_nobody(path: str, caplog: Any) -> None:
    person = make_user("Analysts")
    client = Client()
    client.force_login(person)
    with caplog.at_level(logging.WARNING, logger="campaign_site.observability.refusals"):
        assert client.get(path).status_code in (302, 403)
    (line,) = [one.getMessage() for one in caplog.records if one.name.endswith("refusals")]
    assert line == f"refused: GET {path}, asked for by the person {person.pk}: not of their role"


def test_what_is_allowed_does_not(caplog: Any) -> None:
    client = Client()
    client.force_login(make_user("Auditors"))
    client.get("/admin/social/record/")
    client.get("/admin/")
    Client().get("/admin/")
    assert not [one for one in caplog.records if one.name.endswith("refusals")]


def test_a_fault_is_one_line_with_the_requests_number() -> None:
    def broken(_request: HttpRequest) -> HttpResponse:
        record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "broken", None, None)
        IdsFilter().filter(record)
        return HttpResponse(Lines().format(record))

    answer = RequestIdMiddleware(broken)(RequestFactory().get("/", headers={"X-Request-ID": "a1b2c3d4e5"}))
    assert isinstance(answer, HttpResponse)
    line = answer.content.decode()
    assert "\n" not in line
    assert json.loads(line)["request_id"] == "a1b2c3d4e5"


def test_what_is_recorded_carries_the_requests_number() -> None:
    client = Client(headers={"X-Request-ID": "a1b2c3d4e5"})
    client.force_login(make_user("Auditors"))
    answer = client.post(reverse("social_audit:csv"))
    assert answer.headers["X-Request-ID"] == "a1b2c3d4e5"
    assert AuditEvent.objects.get(action="audit.exported").data["request"] == "a1b2c3d4e5"


def test_a_file_that_was_refused_is_noted_without_its_name(caplog: Any) -> None:
    with pytest.raises(ValidationError):
        clean_image(BytesIO(b"no picture"), "private.png")
    (line,) = [record.getMessage() for record in caplog.records if record.name == "media.refused"]
    assert "not a readable picture" in line
    assert "private" not in line
