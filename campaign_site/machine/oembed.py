"""oEmbed 1.0 of our own pages: other sites show a card with a link; no script, no frame."""

from __future__ import annotations

from collections.abc import Mapping
from io import StringIO
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.html import format_html
from django.utils.translation import get_language_from_path, override
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import conditional_page, require_safe
from wagtail.models import Page, Site

from campaign_site.machine.addresses import absolute, for_everybody
from campaign_site.machine.cards.address import card_address
from campaign_site.machine.feeds.document import clean as without_control
from campaign_site.machine.reading import language_of, readable, summary_of

SECONDS = 3600
WIDTH = 600
# The card's own shape, and the room the title and the summary take below it.
SHAPE = 630 / 1200
WORDS = 160
LEAST = 200


def page_at(url: str) -> Page | None:
    """The live, public page at one of our own addresses; None for any other address."""
    parts = urlsplit(url)
    here = urlsplit(settings.PUBLIC_BASE_URL)
    if parts.scheme not in ("http", "https") or (parts.hostname, parts.port) != (here.hostname, here.port):
        return None
    path = unquote(parts.path)
    site = Site.objects.select_related("root_page__locale").filter(is_default_site=True).first()
    if site is None or "\0" in path:
        return None
    language = get_language_from_path(path)
    homes = site.root_page.get_translations(inclusive=True).live()
    home = homes.filter(locale__language_code=language or settings.LANGUAGE_CODE).first()
    if home is None:
        return None
    rest = path.split("/", 2)[2] if language else path.lstrip("/")
    found: Page | None = (
        readable(Page).filter(url_path=home.url_path + (rest.rstrip("/") + "/" if rest else "")).first()
    )
    return found.specific if found else None


def embed(page: Page, most_width: int | None, most_height: int | None) -> dict[str, Any]:
    """The answer for a page, no larger than the asker has room for; without the picture where it does not fit."""
    width = max(LEAST, min(WIDTH, most_width or WIDTH))
    picture = round(width * SHAPE)
    room = most_height or picture + WORDS
    has_picture = picture + WORDS <= room
    language = language_of(page)
    with override(language):
        html = format_html(
            '<blockquote lang="{}"><p><a href="{}">{}<strong>{}</strong></a></p>{}</blockquote>',
            language,
            page.full_url,
            format_html('<img src="{}" alt="" width="{}" height="{}"><br>', card_address(page), width, picture)
            if has_picture
            else "",
            page.title,
            format_html("<p>{}</p>", summary_of(page)) if summary_of(page) else "",
        )
        return {
            "version": "1.0",
            "type": "rich",
            "title": page.title,
            "provider_name": str(settings.SITE_OWNER),
            "provider_url": absolute("/"),
            "cache_age": SECONDS,
            "thumbnail_url": card_address(page),
            "thumbnail_width": 1200,
            "thumbnail_height": 630,
            "html": str(html),
            "width": width,
            "height": picture + WORDS if has_picture else min(WORDS, room),
        }


def as_xml(answer: Mapping[str, Any]) -> str:
    """The answer as XML."""
    target = StringIO()
    handler = SimplerXMLGenerator(target, "utf-8")
    handler.startDocument()
    handler.startElement("oembed", AttributesImpl({}))
    for name, value in answer.items():
        handler.addQuickElement(name, without_control(str(value)))
    handler.endElement("oembed")
    return target.getvalue()


@require_safe
@conditional_page
def oembed(request: HttpRequest) -> HttpResponse:
    """400 without an address or with a size that is no number, 404 for what is not ours, 501 for another format."""
    kind = request.GET.get("format", "json")
    if kind not in ("json", "xml"):
        return _refused(501, "Only format=json and format=xml are offered.")
    url = request.GET.get("url", "")
    if not url:
        return _refused(400, "Give the address of a page of this site as url=.")
    sizes = [request.GET.get(name, "") for name in ("maxwidth", "maxheight")]
    if any(size and not (size.isdecimal() and 0 < len(size) < 6 and int(size)) for size in sizes):
        return _refused(400, "maxwidth and maxheight are whole numbers of pixels.")
    try:
        page = page_at(url)
    except ValueError:
        page = None
    if page is None:
        return _refused(404, "There is no public page of this site at that address.")
    answer = embed(page, *(int(size) if size else None for size in sizes))
    response: HttpResponse
    if kind == "xml":
        response = HttpResponse(as_xml(answer), content_type="text/xml; charset=utf-8")
    else:
        response = JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
    return for_everybody(response, SECONDS)


def _refused(status: int, message: str) -> HttpResponse:
    return for_everybody(JsonResponse({"message": message}, status=status), 60)
