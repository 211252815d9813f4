"""What readers and programs get names its type and charset, and is of it: pages, feeds, JSON, calendars, files."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.integration.hostile.addresses import public
from tests.integration.site.test_headers import kind_faults

pytestmark = pytest.mark.usefixtures("starting_content")
# What is met among them at the least.
KINDS = {
    "text/html", "text/plain", "text/calendar", "application/json", "application/feed+json", "application/atom+xml",
    "application/xml", "application/zip",
}  # fmt: skip


def test_everything_public_is_of_the_type_it_names() -> None:
    client, wrong, met = Client(raise_request_exception=False), {}, set()
    for path in [*public(), "/sitemap.xml", "/robots.txt", "/api/v1/openapi.json"]:
        answer = client.get(path, secure=True)
        if answer.status_code == 200:
            met.add(answer.headers["Content-Type"].partition(";")[0])
        if found := kind_faults(path, answer):
            wrong[path] = found
    assert not wrong
    assert met >= KINDS
