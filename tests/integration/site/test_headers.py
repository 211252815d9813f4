"""Every address answers with every header that protects who reads the answer. Addresses are found, not listed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

import pytest
from defusedxml import ElementTree
from django.contrib.staticfiles.finders import get_finders
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize

from social_publisher.models import AuditEvent
from tests.factories import make_user

pytestmark = pytest.mark.django_db
SAMPLES = {"int": "1", "uuid": "8f2f3d4c-5c0e-4f0d-9f0e-6f5c2c1e7a10", "slug": "x", "str": "x", "path": "x"}
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# Where nothing is allowed inline. Elsewhere stands what Wagtail makes, date pickers for one.
STRICT = re.compile(r"^/(?!admin/|documents/)|^/admin/(login|sign-in|people|social)/")
# Pictures and what programs of other sites may read.
SHARED = re.compile(r"^/(api/|oembed|feeds/|[a-z]{2,3}/feeds/|cards/)")
# Addresses that answer a form as they answer a link, and do nothing.
READ_BY_POST = re.compile(r"^/admin/(jsi18n|failwhale)/")
# Wagtail's own addresses that take nothing but numbers where they say text, or break on purpose.
WAGTAIL = re.compile(r"/chosen/x/$|^/admin/failwhale/|/set_position/$|^/admin/localize/")
# What is read by its letters. JSON is UTF-8 by its own standard and names none (RFC 8259, 11).
LETTERS = re.compile(r"text/|.+[/+]xml$")
# Wagtail's icons, put into its screens by script as they are: drawings within HTML.
HTML_INSIDE = re.compile(r"^/admin/sprite/")


def addresses(resolver: URLResolver, before: str = "/") -> Iterator[str]:
    """One address for each pattern below a resolver."""
    for part in resolver.url_patterns:
        route = before + sample(part.pattern)
        if isinstance(part, URLPattern):
            yield route
        else:
            yield from addresses(part, route)


def sample(pattern: Any) -> str:
    """An address that the pattern is made for."""
    text = str(pattern)
    if hasattr(pattern, "_route") or ("<" in text and "(?P" not in text):
        return re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES.get(found[1] or "str", "x"), text)
    made, names = normalize(text)[0]
    return str(made % dict.fromkeys(names, "1")) if made else ""


ALL = sorted(set(addresses(get_resolver())))


def kind_faults(path: str, answer: Any) -> list[str]:
    """What is wrong with the type an answer names: it has a body and none, no charset, or the body of another type."""
    body, named = answer.getvalue(), answer.headers.get("Content-Type", "")
    kind, _, rest = (part.strip() for part in named.lower().partition(";"))
    if body and not re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", kind):
        return [f"no type: {named!r}"]
    if LETTERS.match(kind) and rest.replace('"', "") != "charset=utf-8":
        return [f"no charset: {named}"]
    try:
        if body and kind.endswith(("/json", "+json")):
            json.loads(body)
        elif body and kind.endswith(("/xml", "+xml")) and not HTML_INSIDE.match(path):
            ElementTree.fromstring(body)
        elif body and LETTERS.match(kind):
            body.decode()
    except (ValueError, ElementTree.ParseError) as error:
        return [f"not {kind}: {error}"]
    return []


def faults(path: str, answer: Any) -> list[str]:
    """What is missing from an answer."""
    headers = answer.headers
    found = [f"{name}: {headers.get(name)}" for name, value in FIXED.items() if headers.get(name) != value]
    policy = headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "frame-ancestors" not in policy or "base-uri 'none'" not in policy:
        found.append(f"policy: {policy}")
    if STRICT.match(path) and "unsafe" in policy:
        found.append(f"loose policy: {policy}")
    if headers.get("X-Frame-Options") not in ("DENY", "SAMEORIGIN"):
        found.append("may be framed")
    if "camera=()" not in headers.get("Permissions-Policy", ""):
        found.append("no Permissions-Policy")
    shared = "cross-origin" if SHARED.match(path) else "same-origin"
    if headers.get("Cross-Origin-Resource-Policy") not in ("same-origin", shared):
        found.append(f"resource policy: {headers.get('Cross-Origin-Resource-Policy')}")
    if path.startswith("/admin/") and "no-store" not in headers.get("Cache-Control", ""):
        found.append("browsers may keep it")
    found += kind_faults(path, answer)
    if "max-age=31536000; includeSubDomains" not in headers.get("Strict-Transport-Security", ""):
        found.append("no HSTS")
    return found


@pytest.fixture(autouse=True)
def over_tls(settings: Any) -> None:
    """As the public installation answers."""
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True


def test_the_addresses_are_found() -> None:
    assert len(ALL) > 300
    assert {"/health/ready", "/admin/login/", "/robots.txt", "/go/x", "/metrics"} <= set(ALL)


@pytest.mark.parametrize("who", ["reader", "administrator"])
@pytest.mark.parametrize("part", range(4))
def test_every_answer_has_every_header(part: int, who: str) -> None:
    client = Client(raise_request_exception=False)
    if who == "administrator":
        client.force_login(make_user(superuser=True))
    wrong, recorded = {}, AuditEvent.objects.count()
    for path in ALL[part::4]:
        answer = client.get(path, secure=True)
        broken = ["broke"] if answer.status_code >= 500 and not WAGTAIL.search(path) else []
        if missing := broken + faults(path, answer):
            wrong[path] = [answer.status_code, *missing]
        if AuditEvent.objects.count() != recorded:
            recorded = AuditEvent.objects.count()
            wrong[path] = [f"a link did something: {AuditEvent.objects.order_by('-pk')[0]}"]
    assert not wrong


@pytest.mark.parametrize("path", ["/no/such/page/", "/static/campaign_site/img/mark.svg", "/%00", "/admin/nothing/"])
@pytest.mark.parametrize("method", ["get", "post", "put", "options"])
def test_so_do_refusals_files_and_other_methods(path: str, method: str) -> None:
    answer = getattr(Client(raise_request_exception=False), method)(path, secure=True)
    assert not faults(path, answer)


def test_every_kind_of_static_file_names_its_type() -> None:
    one_of_each = {PurePath(name).suffix: name for finder in get_finders() for name, _storage in finder.list([])}
    wrong = {}
    for path in (f"/static/{name}" for name in sorted(one_of_each.values())):
        answer = Client().get(path, secure=True)
        found = kind_faults(path, answer) if answer.status_code == 200 and answer.getvalue() else ["it has no body"]
        if found:
            wrong[path] = found
    assert len(one_of_each) > 5
    assert wrong == {}


def test_so_does_a_wrong_host(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["campaigns.example.org"]
    answer = Client().get("/", secure=True, headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert not faults("/", answer)


@pytest.mark.parametrize("part", range(4))
def test_nothing_is_done_without_the_forms_own_token(part: int) -> None:
    """A page of another site can send somebody's browser anywhere, with any form."""
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    client.force_login(make_user(superuser=True))
    before, wrong = AuditEvent.objects.count(), {}
    for path in ALL[part::4]:
        status = client.post(path, secure=True).status_code
        if status < 300 and not READ_BY_POST.match(path):
            wrong[path] = status
    assert not wrong
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize("part", range(4))
def test_trace_is_refused_everywhere(part: int) -> None:
    client = Client(raise_request_exception=False)
    wrong = [path for path in ALL[part::4] if client.trace(path, secure=True).status_code < 300]
    assert not wrong
