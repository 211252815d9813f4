"""Faults to Sentry and traces by OpenTelemetry, where the installation names a place for them. Off otherwise.

What is sent names addresses without their questions, ids, times and the code's own lines: no cookie, header, body or
variable, and no reader's address. The libraries are in requirements-telemetry.txt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from campaign_site.observability.middleware import HEADER
from social_publisher.approval.request_id import request_id
from social_publisher.delivery import trace

MISSING = "{name} is set, but its library is not installed: pip install --require-hashes -r requirements-telemetry.txt"
# Of a request, what a fault is sent with.
OF_A_REQUEST = ("url", "method")
SECRET_PATHS = re.compile(r"^(/calendar/|/admin/password_reset/confirm/).+")


def begin() -> None:
    """Start what is configured, once a process. Raises ImproperlyConfigured."""
    if settings.SENTRY_DSN:
        _faults(settings.SENTRY_DSN)
    if settings.OTEL_EXPORTER_OTLP_ENDPOINT and not trace.around:
        _traces()


def _faults(address: str) -> None:
    try:
        import sentry_sdk
        from sentry_sdk.integrations.django import DjangoIntegration
    except ImportError as error:
        raise ImproperlyConfigured(MISSING.format(name="SENTRY_DSN")) from error
    sentry_sdk.init(
        dsn=address,
        integrations=[DjangoIntegration(transaction_style="url", middleware_spans=False, signals_spans=False)],
        default_integrations=True,
        auto_enabling_integrations=False,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        traces_sample_rate=0.0,
        send_client_reports=False,
        server_name="",
        before_send=cleaned,
    )


def cleaned(event: Any, _hint: Any = None) -> Any:
    """A fault as it may leave: what the request asked for is cut to its path, and whoever asked is left out."""
    request = event.get("request") or {}
    kept = {name: request[name] for name in OF_A_REQUEST if name in request}
    if "url" in kept:
        parts = urlsplit(kept["url"])
        kept["url"] = parts._replace(path=plain(parts.path), query="", fragment="").geturl()
    event["request"] = kept
    event.pop("user", None)
    event.pop("breadcrumbs", None)
    event.pop("modules", None)
    tags = dict(event.get("tags") or {})
    told = {"request_id": request_id.get(), "delivery_id": trace.delivery.get()}
    event["tags"] = {**tags, **{name: str(value) for name, value in told.items() if value}}
    return event


def plain(path: str) -> str:
    """A path without what opens something: calendars and links for passwords hold it in their addresses."""
    return SECRET_PATHS.sub(r"\1…", path)


def _traces() -> None:
    try:
        from opentelemetry import trace as traces
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.instrumentation.django import DjangoInstrumentor
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise ImproperlyConfigured(MISSING.format(name="OTEL_EXPORTER_OTLP_ENDPOINT")) from error
    provider = TracerProvider(resource=Resource({"service.name": settings.OTEL_SERVICE_NAME}))
    place = settings.OTEL_EXPORTER_OTLP_ENDPOINT.rstrip("/") + "/v1/traces"
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=place)))
    traces.set_tracer_provider(provider)
    DjangoInstrumentor().instrument(tracer_provider=provider, request_hook=_plain, response_hook=_named)
    tracer = provider.get_tracer("campaign_site")

    @contextmanager
    def sent(pk: int) -> Iterator[None]:
        with tracer.start_as_current_span("send a post", attributes={"delivery.id": pk}):
            yield

    trace.around.append(sent)


# What instrumentation notes of a request that may be about a reader, or hold a secret.
TOO_MUCH = (
    "http.target", "http.url", "url.query", "url.full", "net.peer.ip", "net.peer.port", "client.address",
    "client.port", "http.user_agent", "user_agent.original", "network.peer.address", "network.peer.port",
)  # fmt: skip


def _plain(span: Any, request: Any) -> None:
    """Leave out who asked, and what stands behind the question mark."""
    if not span.is_recording():
        return
    for name in TOO_MUCH:
        if name in (span.attributes or {}):
            span.set_attribute(name, "")
    span.set_attribute("url.path", plain(request.path))


def _named(span: Any, _request: Any, response: Any) -> None:
    """The id by which it stands in the log."""
    if span.is_recording():
        span.set_attribute("request.id", response.headers.get(HEADER, ""))
