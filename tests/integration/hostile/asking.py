"""Asks addresses for what no person asks, and sees what came of it: the answer, what broke, and what was stored."""

from __future__ import annotations

import re
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.filter import SoupStrainer
from django.apps import apps
from django.core.signals import got_request_exception
from django.db import connection, transaction
from django.test import Client
from psycopg import sql

from tests.factories import make_user
from tests.integration.site.test_headers import WAGTAIL

ROOT = Path(__file__).parents[3]
# What is counted or noted beside an answer, whatever it is.
BESIDE = {
    "social_publisher_clickhour", "social_publisher_pagereadhour", "social_publisher_downloadhour",
    "social_publisher_reviewopening", "social_publisher_notice", "social_publisher_noticeprofile",
    "content_searchtally", "content_contactsender", "content_contactsalt", "campaign_site_sharedvalue",
    "media_campaignrendition",
}  # fmt: skip
WRITE = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
# Wagtail's own screens that take numbers alone where they say text, behind the sign-in: its scripts ask nothing else.
THEIRS = re.compile(
    WAGTAIL.pattern
    + r"|/chosen/|/chosen-multiple/|^/admin/api/main/\w+/find/|/revisions/compare/|/unschedule/|/localize/"
)
# Lists and dialogues, which have no form but that of a search.
LISTS = re.compile(r"/choose|/chosen|/results/|/usage/|/history/|/multiple|/reports/|^/admin/api/")
ROOMS = ("campaign_site", "content", "media", "social_publisher", "wagtailcore", "wagtailredirects", "auth", "taggit")


def signed_in() -> Client:
    """Somebody who may do everything."""
    client = Client(raise_request_exception=False)
    client.force_login(make_user(superuser=True))
    return client


class Staff:
    """Somebody who may do everything, and is signed in again before each request, whatever the last one did."""

    def __init__(self) -> None:
        self._client = signed_in()
        self._cookies = deepcopy(self._client.cookies)

    def __getattr__(self, name: str) -> Any:
        self._client.cookies = deepcopy(self._cookies)
        return getattr(self._client, name)


def whoever(who: str) -> Any:
    """A reader, or somebody who may do everything."""
    return Staff() if who == "administrator" else Client(raise_request_exception=False)


def stored() -> dict[str, Any]:
    """A number for each table, another one as soon as anything in the table is another."""
    models = [model for room in ROOMS for model in apps.get_app_config(room).get_models(include_auto_created=True)]
    tables = sorted({model._meta.db_table for model in models if model._meta.managed} - BESIDE)
    counts = [
        sql.SQL("SELECT {}, count(*), sum(hashtext(t::text)::bigint) FROM {} t").format(
            sql.Literal(name), sql.Identifier(name)
        )
        for name in tables
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(" UNION ALL ").join(counts))
        return {name: rest for name, *rest in cursor.fetchall()}


class Writes:
    """Which tables were written to, also where it was taken back."""

    def __init__(self) -> None:
        self.tables: set[str] = set()

    def __call__(self, execute: Any, statement: str, params: Any, many: bool, context: Any) -> Any:
        self.tables |= {found[1] for found in [WRITE.match(str(statement))] if found} - BESIDE
        return execute(statement, params, many, context)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is stored inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Broken:
    """What a request broke on, with the place in our own files or in the library's."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def __call__(self, request: Any = None, **_signal: Any) -> None:
        error = sys.exc_info()[1]
        frames = traceback.extract_tb(error.__traceback__) if error else []
        ours = [frame for frame in frames if "/.venv/" not in frame.filename and "/tests/" not in frame.filename]
        # Screens of Wagtail that break on what its own pages never send are for Wagtail to mend.
        if not ours and request is not None and request.path.startswith("/admin/"):
            return
        place = [f"{frame.filename.split('/main/')[-1]}:{frame.lineno}" for frame in [*ours[-2:], *frames[-2:]]]
        self.words.append(f"{type(error).__name__}: {str(error)[:160]} at {', '.join(place)}")


@contextmanager
def listening() -> Iterator[Broken]:
    """Hear of every error that became an answer with status 500."""
    broken = Broken()
    got_request_exception.connect(broken)
    try:
        yield broken
    finally:
        got_request_exception.disconnect(broken)


def asked(ask: Callable[[], Any]) -> tuple[Any, str]:
    """The answer to a request, and what it broke on; nothing where it broke on nothing."""
    with listening() as broken:
        answer = ask()
        if answer.streaming:
            b"".join(answer.streaming_content)
    if answer.status_code < 500 or answer.status_code in {501, 503}:
        return answer, ""
    return answer, "; ".join(broken.words)


def fields_of(html: str) -> dict[str, Any]:
    """The fields of all forms in a page, filled as they are shown."""
    found: dict[str, Any] = {}
    kinds = ["input", "textarea", "select"]
    for field in BeautifulSoup(html, "html.parser", parse_only=SoupStrainer(kinds)).find_all(kinds):
        if isinstance(field, Tag) and (name := str(field.get("name") or "")):
            found.setdefault(name, _value(field))
    return found


def _value(field: Tag) -> Any:
    if field.name == "textarea":
        return field.get_text().removeprefix("\n")
    if field.name == "select":
        chosen = field.find("option", selected=True) or field.find("option", value=True)
        return str(chosen.get("value", "")) if isinstance(chosen, Tag) else ""
    return str(field.get("value") or "")


def has_errors(answer: Any) -> bool:
    """Whether the page shows a form that was refused."""
    context = getattr(answer, "context", None)
    form = context.get("form") if context is not None and hasattr(context, "get") else None
    return bool(form is not None and getattr(form, "is_bound", False) and form.errors)


def names_read(where: str) -> list[str]:
    """The names that our own sources read from a request's GET or POST."""
    reads = re.compile(rf'\b{where}(?:\.get(?:list)?\(|\[)\s*"([\w-]+)"|"([\w-]+)" in (?:self\.)?request\.{where}')
    sources = [path.read_text() for room in ROOMS[:4] for path in (ROOT / room).rglob("*.py")]
    return sorted({found[1] or found[2] for text in sources for found in reads.finditer(text)})


def told(wrong: dict[str, Any]) -> str:
    """What is wrong, a line each, so that a report shows all of it."""
    return "\n".join(f"{path}: {words}" for path, words in wrong.items())
