"""A page's context, remembered: the page itself, its records, its lists, all read before they are kept."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page as PaginatorPage
from django.db.models import QuerySet
from django.http import HttpRequest

from content.memory import Memory, remember, this_minute
from content.pages.navigation import Navigation

# A context holds whole rows: fewer are kept than of links and fragments.
_contexts = Memory(most=400)


def recall(request: HttpRequest, page: Any) -> dict[str, Any]:
    """Return the page's context for this request. It is shared between requests: templates read it, nothing writes
    to what is in it."""
    # What ends by the clock, such as an event or a hotline, ends here within a minute.
    kept = remember(request, page.pk, lambda: _settled(page.get_context(request)), memory=_contexts, also=this_minute())
    return {**kept, "request": request, "navigation": Navigation(kept["page"], request)}


def _settled(context: dict[str, Any]) -> dict[str, Any]:
    """The context without the request, and with every list read."""
    kept = {name: value for name, value in context.items() if name not in ("request", "navigation")}
    for value in kept.values():
        if isinstance(value, QuerySet):
            len(value)
        elif isinstance(value, PaginatorPage):
            len(value)
            _ = value.paginator.count
    return kept
