"""Links of live pages: which there are, and whether they lead anywhere. Outside ones are opened once a week."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import transaction
from django.http import Http404
from django.test import RequestFactory
from django.urls import Resolver404, resolve
from django.utils import translation
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from content.report.models import LinkTarget

WEEK = timedelta(days=7)
# What failed once is looked at again on the next day, before anybody is told.
AGAIN = timedelta(days=1)
TELL_AFTER = 2
# No answer may be the other server's bad day, or ours: weeks of it are told.
TELL_UNTOLD_AFTER = 4
MOST_AT_ONCE = 4
LONGEST_URL = 2000

_HREF = re.compile(r"""href=\\?["'](?P<url>(?:https?:)?/[^"'\\]+)""", re.IGNORECASE)
# Fields that hold no link.
_NOT_READ = frozenset({"path", "url_path", "content_type", "slug", "locale", "id"})


class Seen(Protocol):
    """What was seen at an address."""

    @property
    def outcome(self) -> str: ...

    @property
    def status(self) -> int: ...


def links_of(data: Any) -> set[str]:
    """Return the addresses in a page's data: in links of formatted text, and where a value is an address itself."""
    return {url for url in _links(data) if len(url) <= LONGEST_URL}


def collect(now: datetime, since: datetime | None = None) -> int:
    """Write down the links of live pages, of those published since then or of all. Returns the number of pages read."""
    pages = Page.objects.live().filter(alias_of=None)
    if since is not None:
        pages = pages.filter(last_published_at__gte=since)
    count = 0
    for page in pages.specific().iterator(chunk_size=200):
        _note(page, links_of(_data(page)) | _shown(page), now)
        count += 1
    LinkTarget.objects.filter(pages=None).delete()
    return count


def look_at_due(now: datetime, look: Callable[[str], Seen]) -> int:
    """Open what is due, each server once at most. Returns how many were looked at. Never in a transaction."""
    due = LinkTarget.objects.filter(next_look_at__lte=now).order_by("next_look_at", "pk")[: MOST_AT_ONCE * 10]
    by_host = {target.host: target for target in reversed(list(due))}
    chosen = list(by_host.values())[:MOST_AT_ONCE]
    for target in chosen:
        if target.host == _own_host():
            _settle(
                target, LinkTarget.Outcome.OPENS if leads_somewhere(target.url) else LinkTarget.Outcome.GONE, 0, now
            )
        elif settings.LOOK_AT_LINKS:
            seen = look(target.url)
            _settle(target, str(seen.outcome), seen.status, now)
        else:
            LinkTarget.objects.filter(pk=target.pk).update(next_look_at=now + WEEK)
    return len(chosen)


def leads_somewhere(url: str) -> bool:
    """Whether an address of this site has a live page, another view, or a redirect."""
    path = unquote(urlsplit(url).path)
    language = translation.get_language_from_path(path) or settings.LANGUAGE_CODE
    with translation.override(language):
        request = RequestFactory().get(path, headers={"host": urlsplit(settings.PUBLIC_BASE_URL).netloc})
        try:
            found = resolve(path)
        except Resolver404:
            return _redirects(path)
        if found.url_name != "wagtail_serve":
            return True
        inner = found.kwargs.get("path", found.args[0] if found.args else "")
        try:
            page = Page.route_for_request(request, inner)
        except Http404:
            page = None
        return page is not None or _redirects(path)


def _redirects(path: str) -> bool:
    return bool(Redirect.objects.filter(old_path=Redirect.normalise_path(path)).exists())


def _own_host() -> str:
    return urlsplit(settings.PUBLIC_BASE_URL).netloc


def _settle(target: LinkTarget, outcome: str, status: int, now: datetime) -> None:
    opens = outcome == LinkTarget.Outcome.OPENS
    failures = 0 if opens else target.failures + 1
    soon = not opens and failures < TELL_AFTER
    LinkTarget.objects.filter(pk=target.pk).update(
        outcome=outcome,
        status=status,
        failures=failures,
        looked_at=now,
        next_look_at=now + (AGAIN if soon else WEEK),
    )


def _note(page: Page, urls: set[str], now: datetime) -> None:
    own = settings.PUBLIC_BASE_URL
    whole = {own + url if url.startswith("/") and not url.startswith("//") else url for url in urls}
    with transaction.atomic():
        known = {target.url: target for target in LinkTarget.objects.filter(url__in=whole)}
        new = [
            LinkTarget(url=url, host=urlsplit(url).netloc[:255], next_look_at=now)
            for url in sorted(whole - known.keys())
        ]
        LinkTarget.objects.bulk_create(new, ignore_conflicts=True)
        keys = set(LinkTarget.objects.filter(url__in=whole).values_list("pk", flat=True))
        places = LinkTarget.pages.through.objects
        places.filter(page_id=page.pk).exclude(linktarget_id__in=keys).delete()
        places.bulk_create(
            [LinkTarget.pages.through(linktarget_id=key, page_id=page.pk) for key in keys], ignore_conflicts=True
        )


def _shown(page: Page) -> set[str]:
    """What a page shows of records; page types that show none say nothing."""
    found = page.shown_addresses() if hasattr(page, "shown_addresses") else set()
    return {url for url in found if url and _is_address(url) and len(url) <= LONGEST_URL}


def _data(page: Page) -> dict[str, Any]:
    data: dict[str, Any] = page.serializable_data()
    return {name: value for name, value in data.items() if name not in _NOT_READ}


def _links(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for value in data.values():
            yield from _links(value)
    elif isinstance(data, list):
        for value in data:
            yield from _links(value)
    elif isinstance(data, str):
        yield from _in_text(data)


def _in_text(text: str) -> Iterator[str]:
    """An address by itself, links of formatted text, or a stream of blocks as JSON."""
    stripped = text.strip()
    if _is_address(stripped):
        yield stripped
    for match in _HREF.finditer(text):
        yield match["url"].replace("&amp;", "&")
    if stripped.startswith(("[", "{")):
        yield from (value for value in _quoted(stripped) if _is_address(value))


def _quoted(text: str) -> list[str]:
    return re.findall(r'"((?:https?:)?//?[^"\\\s]+)"', text)


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://")) and " " not in text and urlsplit(text).netloc != ""
