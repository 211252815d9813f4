"""What leaves where faults and traces are sent elsewhere: what broke and where, and nothing of who was there."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import threading
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import brotli
import pytest
from django.conf import settings as running
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from campaign_site.observability.telemetry import cleaned

# A view that breaks with a secret in its variables, asked for by a reader with a cookie, and a sending that is traced.
PROGRAM = """
import django, sys
django.setup()
from django.test import Client
from django.urls import path
from django.conf import settings
from campaign_site import urls
from social_publisher.delivery.trace import sending

def broken(request):
    password = "variable-secret"
    with sending(4711):
        raise ValueError("It broke here.")

urls.urlpatterns.insert(0, path("broken/", broken))
client = Client(raise_request_exception=False, headers={"user-agent": "header-secret"})
client.cookies["taste"] = "cookie-secret"
response = client.post("/broken/?token=query-secret", {"text": "body-secret"}, REMOTE_ADDR="203.0.113.77")
print(response.status_code)
if settings.SENTRY_DSN:
    import sentry_sdk
    sentry_sdk.flush(10)
if settings.OTEL_EXPORTER_OTLP_ENDPOINT:
    from opentelemetry import trace
    trace.get_tracer_provider().force_flush(10000)
"""
SECRETS = ("variable-secret", "header-secret", "cookie-secret", "query-secret", "body-secret", "203.0.113.77")


class Place(HTTPServer):
    """Takes whatever is sent to it."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Taking)
        self.taken: list[tuple[str, bytes]] = []


class Taking(BaseHTTPRequestHandler):
    server: Place

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        opens = {"gzip": gzip.decompress, "deflate": zlib.decompress, "br": brotli.decompress}
        if kind := self.headers.get("Content-Encoding"):
            body = opens[kind](body)
        self.server.taken.append((self.path, body))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_words: Any) -> None:
        """Say nothing."""


@pytest.fixture
def place() -> Iterator[Place]:
    server = Place()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def run(**environment: str) -> str:
    """A process of its own: instrumentation stays in the one it was begun in."""
    clean = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    known = {"DJANGO_SETTINGS_MODULE": "campaign_site.settings.test", "VAR": str(running.VAR)}
    database = {"DATABASE_URL": "postgresql://somebody@127.0.0.1:1/nowhere"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**clean, **known, **database, **environment},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_fault_is_sent_with_its_place_and_ids_and_without_anything_of_who_was_there(place: Place) -> None:
    assert run(SENTRY_DSN=f"http://public@127.0.0.1:{place.server_port}/1") == "500"
    ((path, body),) = [(path, body) for path, body in place.taken if b'"event"' in body]
    assert path == "/api/1/envelope/"
    event = next(json.loads(line) for line in body.splitlines() if b"exception" in line)
    assert event["exception"]["values"][-1]["value"] == "It broke here."
    assert "broken" in event["transaction"]
    assert set(event["request"]) <= {"url", "method"}
    assert event["tags"]["request_id"]
    assert not [secret for secret in SECRETS if secret.encode() in body]


def test_requests_and_sendings_are_traced_without_anything_of_who_was_there(place: Place) -> None:
    assert run(OTEL_EXPORTER_OTLP_ENDPOINT=f"http://127.0.0.1:{place.server_port}") == "500"
    sent = [ExportTraceServiceRequest.FromString(body) for path, body in place.taken if path == "/v1/traces"]
    spans = [
        span
        for one in sent
        for resource in one.resource_spans
        for scope in resource.scope_spans
        for span in scope.spans
    ]
    names = {span.name: {attribute.key: attribute.value for attribute in span.attributes} for span in spans}
    assert names["send a post"]["delivery.id"].int_value == 4711
    (request,) = [told for told in names.values() if "url.path" in told]
    assert request["url.path"].string_value == "/broken/"
    assert request["request.id"].string_value
    told = b"".join(body for _path, body in place.taken)
    assert not [secret for secret in SECRETS if secret.encode() in told]


def test_nothing_is_sent_where_no_place_is_named(place: Place) -> None:
    assert run() == "500"
    assert place.taken == []


@pytest.mark.parametrize("path", ["/calendar/secret.ics", "/admin/password_reset/confirm/MQ/secret/"])
def test_addresses_that_open_something_are_cut(path: str) -> None:
    sent = cleaned({"request": {"url": f"https://a.example{path}"}})
    assert "secret" not in str(sent)


def test_what_a_library_adds_about_people_is_taken_out() -> None:
    event = {
        "request": {"url": "https://a.example/b?c=d#e", "cookies": {}, "headers": {}, "env": {}},
        "user": {"id": 1},
    }
    assert cleaned(event) == {"request": {"url": "https://a.example/b"}, "tags": {}}
