"""The feeds' addresses. A reader that has the newest gets 304 and no body."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import http_date
from django.utils.translation import get_language
from django.views.decorators.http import conditional_page, require_safe

from campaign_site.machine.addresses import for_everybody
from campaign_site.machine.feeds.collect import campaign_feed, section_feed, whole_feed
from campaign_site.machine.feeds.document import Feed, as_atom, as_json
from campaign_site.machine.sections import SECTIONS
from content.memory import same_for_everybody

WRITERS = {
    "atom": (as_atom, "application/atom+xml; charset=utf-8"),
    "json": (as_json, "application/feed+json; charset=utf-8"),
}
SECONDS = 300


@require_safe
@conditional_page
def feed(request: HttpRequest, section: str, kind: str) -> HttpResponse:
    """A section's feed, or with `all` everything that is new."""
    same_for_everybody(request)
    language = get_language() or "en"
    if section == "all":
        return _answer(whole_feed(language), kind)
    if section not in SECTIONS:
        raise Http404
    return _answer(section_feed(SECTIONS[section], language), kind)


@require_safe
@conditional_page
def campaign(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """A campaign's feed, by the code in its tracked links, which never changes."""
    same_for_everybody(request)
    return _answer(campaign_feed(code, get_language() or "en"), kind)


def _answer(made: Feed, kind: str) -> HttpResponse:
    write, content_type = WRITERS[kind]
    response = HttpResponse(write(made), content_type=content_type)
    response["Last-Modified"] = http_date(made.updated.timestamp())
    return for_everybody(response, SECONDS)
