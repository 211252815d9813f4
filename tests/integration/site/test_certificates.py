"""Every client of ours looks at the certificate of whoever answers, and tells nothing to one that is not who it was
called: neither one that nobody vouches for, nor a real one of another name."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from smtplib import SMTPNotSupportedError
from typing import Any, NamedTuple

import certifi
import psycopg
import pytest
import requests
import sentry_sdk
from allauth.socialaccount.providers.oauth2.client import OAuth2Client
from celery import Celery
from django.core.mail.backends.smtp import EmailBackend
from django.utils import timezone
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor

from campaign_site.settings import broker_tls
from campaign_site.sign_in import openid
from social_publisher.connections import picture
from social_publisher.delivery.launching import fetch_page
from social_publisher.networks import reader
from social_publisher.networks.connect import App
from social_publisher.networks.x.api import XApi
from social_publisher.notices import webhooks
from tests.fakes.install import fake_of
from tests.integration.notices.test_webhooks import make_webhook
from tests.support import tls
from tests.unit.settings.test_production import GOOD, ROOT

# The networks, each with the id of a post as it names them.
NETWORKS = {
    "bluesky": "at://did:plc:aaaaaaaaaaaaaaaaaaaaaaaa/app.bsky.feed.post/1",
    "facebook": "1_1",
    "linkedin": "urn:li:share:1",
    "mastodon": "1",
    "telegram": "1",
    "x": "1",
}
# What a client says that does not believe a certificate, as the server's side names it.
DISTRUST = {"TLSV1_ALERT_UNKNOWN_CA", "SSLV3_ALERT_BAD_CERTIFICATE", "TLSV1_ALERT_BAD_CERTIFICATE"}


class Client(NamedTuple):
    """One of ours: what it does at a port of this machine, and what its server says first, before TLS or by it."""

    call: Callable[[int], object]
    opening: tls.Opening = lambda _link: b""
    greeting: bytes = b""


def network(slug: str, port: int) -> None:
    """Take a post back, with the account's token."""
    base = f"https://localhost:{port}"
    module = fake_of(slug).adapter(base, 3.0)
    try:
        module.recall(fake_of(slug).account(base, "selec"), NETWORKS[slug])
    finally:
        module.close()


def broker(scheme: str, port: int) -> None:
    """Connect as clocks and workers do."""
    address = f"{scheme}://user:password@localhost:{port}/"
    app = Celery("campaign_site", set_as_current=False)
    app.conf.update(broker_url=address, broker_use_ssl=broker_tls.options(address), broker_connection_timeout=2)
    with app.connection_for_write() as link:
        link.ensure_connection(max_retries=1, interval_start=0)


def webhook(port: int) -> None:
    """Make a signed call."""
    hook, _secret = make_webhook(f"https://localhost:{port}/")
    webhooks.send(webhooks.plan_test(hook, timezone.now()), timezone.now())


def mail(port: int, **more: bool) -> None:
    """Sign in at the mail server."""
    backend = EmailBackend("localhost", port, "campaigns", "password", timeout=3, **more)
    try:
        backend.open()
    finally:
        backend.close()


def tokens_of_x(port: int) -> None:
    """Turn the code of an account's permission into tokens."""
    api = XApi(f"https://localhost:{port}", 3)
    api.sign_in(App("id", "secret"), "code", "verifier", "https://here.example/")


def tokens(port: int) -> None:
    """Turn the code of a sign-in into tokens, with the app's secret."""
    address = f"https://localhost:{port}/token"
    OAuth2Client(None, "client", "secret", "POST", address, "https://here.example/").get_access_token("code")


def database(port: int) -> None:
    """Connect as production does to another machine."""
    address = f"postgresql://user:word@localhost:{port}/x?sslmode=verify-full"
    psycopg.connect(address, sslrootcert=os.environ["SSL_CERT_FILE"])


def faults(port: int) -> None:
    """Send a fault to where they are gathered."""
    client = sentry_sdk.Client(f"https://key@localhost:{port}/1", default_integrations=False)
    client.capture_event({"message": "broken"})
    client.close(3)


def traces(port: int) -> None:
    """Send a trace to where they are gathered."""
    provider = TracerProvider()
    exporter = OTLPSpanExporter(endpoint=f"https://localhost:{port}/v1/traces", timeout=1)
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    provider.get_tracer("x").start_span("x").end()


CLIENTS: dict[str, Client] = {
    **{slug: Client(partial(network, slug)) for slug in NETWORKS},
    "x, its tokens": Client(tokens_of_x),
    "an account's picture": Client(lambda port: picture._read(f"https://localhost:{port}/a.png", float("inf"))),
    "a webhook": Client(webhook),
    "a link": Client(lambda port: reader.look(f"https://links.example:{port}/", lambda _host, _port: ["127.0.0.1"])),
    "a page that is launched": Client(lambda port: fetch_page(f"https://localhost:{port}/")),
    "the organisation's sign-in": Client(lambda port: openid._get(f"https://localhost:{port}/", "bearer")),
    "its tokens": Client(tokens),
    "mail, by TLS": Client(partial(mail, use_ssl=True), greeting=b"220 mail\r\n"),
    "mail, by STARTTLS": Client(partial(mail, use_tls=True), tls.starttls),
    "a broker, Redis": Client(partial(broker, "rediss")),
    "a broker, RabbitMQ": Client(partial(broker, "amqps")),
    "the database": Client(database, tls.postgres),
    "a place for faults": Client(faults),
    "a place for traces": Client(traces),
}


@pytest.fixture(autouse=True)
def on_this_machine(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.NETWORKS_ON_LOOPBACK = True
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tls.Certificate]:
    """One that nobody vouches for, a real one of another name, and the one that is right."""
    folder = tmp_path_factory.mktemp("certificates")
    return {
        "of nobody": tls.certificate(folder / "nobody", *tls.HERE, self_signed=True),
        "of another": tls.certificate(folder / "another", "elsewhere.example"),
        "its own": tls.certificate(folder / "own", *tls.HERE),
    }


@pytest.fixture
def believed(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Makes an authority one of those that everybody believes."""

    def believe(authority: Path) -> None:
        for name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"):
            monkeypatch.setenv(name, str(authority))
        monkeypatch.setattr(certifi, "where", lambda: str(authority))
        monkeypatch.setattr(requests.adapters, "DEFAULT_CA_BUNDLE_PATH", str(authority))

    return believe


def heard_of(name: str, shown: tls.Certificate) -> tuple[tls.Heard, str]:
    """What a server that shows this certificate hears of a client, and what the client says of it, if it raises."""
    client, said = CLIENTS[name], ""
    with tls.listening(shown, client.opening, client.greeting) as heard:
        try:
            client.call(heard.port)
        except Exception as error:
            said = str(error)
    return heard, said


@pytest.mark.django_db
@pytest.mark.parametrize("whose", ["of nobody", "of another"])
@pytest.mark.parametrize("name", CLIENTS)
def test_nothing_is_told_to_a_stranger(
    name: str, whose: str, certificates: dict[str, tls.Certificate], believed: Callable[[Path], None]
) -> None:
    believed(certificates[whose].authority)
    heard, said = heard_of(name, certificates[whose])
    assert heard.secret == b""
    # It left because of the certificate and said so to the server; PostgreSQL's library looks at names afterwards.
    assert heard.refusals or "does not match host name" in said
    assert set(heard.refusals) <= DISTRUST
    assert b"AUTH" not in heard.plain.upper()


@pytest.mark.django_db
@pytest.mark.parametrize("name", CLIENTS)
def test_to_whom_it_was_called_for_it_speaks(
    name: str, certificates: dict[str, tls.Certificate], believed: Callable[[Path], None]
) -> None:
    """So that what is refused is refused for its certificate."""
    believed(certificates["its own"].authority)
    heard, _said = heard_of(name, certificates["its own"])
    assert heard.refusals == []
    assert heard.secret


CONNECT = """
from campaign_site.celery import app
app.connection_for_write().ensure_connection(max_retries=1, interval_start=0)
"""


@pytest.mark.parametrize(
    ("scheme", "whose", "spoken_to"),
    [
        ("rediss", "of nobody", False),
        ("rediss", "its own", True),
        ("amqps", "of another", False),
        ("amqps", "its own", True),
    ],
)
def test_so_does_the_broker_of_a_production_environment(
    scheme: str, whose: str, spoken_to: bool, certificates: dict[str, tls.Certificate]
) -> None:
    """From the variables to the wire: kombu by itself looks at no Redis's certificate, and at no RabbitMQ's name."""
    with tls.listening(certificates[whose]) as heard:
        environment = {
            **GOOD,
            "PATH": os.environ["PATH"],
            "CELERY_BROKER_URL": f"{scheme}://user:password@localhost:{heard.port}/",
            "BROKER_AUTHORITY": str(certificates[whose].authority),
        }
        command = [sys.executable, "-W", "error", "-c", CONNECT]
        subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, timeout=60)
    assert bool(heard.secret) is spoken_to
    assert bool(heard.refusals) is not spoken_to


def test_mail_is_not_sent_in_the_open_where_tls_was_taken_out_on_the_way(certificates: Any) -> None:
    with tls.listening(certificates["its own"], tls.no_starttls) as heard, pytest.raises(SMTPNotSupportedError):
        mail(heard.port, use_tls=True)
    assert heard.plain.upper().startswith(b"EHLO")
    assert b"AUTH" not in heard.plain.upper()
