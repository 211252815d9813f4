"""Every address of the site with objects that are there, found by the resolver and not listed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.urls import URLPattern, get_resolver
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Collection, Page, TaskState, WorkflowState

from campaign_site.machine.api.definitions import ENDPOINTS
from content.records import Author, Campaign, Topic
from media.models import CampaignDocument, CampaignImage, CampaignVideo
from social_publisher.models import Post, RehearsalPost, ShortLink
from tests.integration.desk import test_permissions
from tests.integration.site.test_headers import SAMPLES, sample
from tests.support.hostile import MARK
from tests.support.public import pages

SNIPPET = re.compile(r"^wagtailsnippet(?:s|choosers)_(\w+?)_(\w+):")
TEXT = {"text": "x", "app_label": "content", "model_name": "author", "content_type_app_name": "content"}


def screens(things: dict[str, Any]) -> dict[str, str]:
    """One address for each pattern, by its full name; those without a name, and further ones of a name, by number."""
    found: dict[str, str] = {}
    for number, (name, path) in enumerate(_walk(things)):
        found[name if name and name not in found else f"{name} {number}"] = path
    return found


def public() -> list[str]:
    """The public pages, what stands below them, and what programs read of them."""
    shown = pages()
    sections = ("news", "events", "projects", "campaigns", "publications", "all")
    codes = Campaign.objects.values_list("code", flat=True)
    feeds = [f"/feeds/{name}.{kind}" for name in sections for kind in ("atom", "json")]
    feeds += [f"/feeds/campaigns/{code}.{kind}" for code in codes for kind in ("atom", "json")]
    embeds = [f"/oembed?format={kind}&url={page.full_url}" for page in shown for kind in ("json", "xml")]
    api = [f"/api/v1/{endpoint.name}/" for endpoint in ENDPOINTS]
    for page in shown:
        api += [f"/api/v1/{endpoint.name}/{page.pk}/" for endpoint in ENDPOINTS if isinstance(page, endpoint.model)]
    own = [address for page in shown for address in (page.url, *_below(page))]
    return [*dict.fromkeys([*own, *feeds, *embeds, *api, "/sitemap-1.xml", f"/search/?q={MARK}"])]


def _below(page: Any) -> list[str]:
    """The addresses below a page's own, by its routes."""
    routes = [part.pattern for part in page.get_resolver().url_patterns] if isinstance(page, RoutablePageMixin) else []
    slugs = {"topics": Topic.objects.first(), "authors": Author.objects.first()}
    found = [re.sub(r"^(\w+)/<slug:slug>", lambda it: f"{it[1]}/{slugs[it[1]].slug}", str(route)) for route in routes]
    return [page.url + route for route in found if route and "^" not in route]


def _walk(things: dict[str, Any]) -> Iterator[tuple[str, str]]:
    known = _objects(things)

    def below(resolver: Any, before: str, namespace: str) -> Iterator[tuple[str, str]]:
        for part in resolver.url_patterns:
            if not isinstance(part, URLPattern):
                inner = f"{namespace}{part.namespace}:" if part.namespace else namespace
                yield from below(part, before + sample(part.pattern), inner)
                continue
            name = f"{namespace}{part.name or ''}"
            if name in test_permissions.VIEWS:
                yield name, test_permissions.address(name, things)
            else:
                yield name, before + _filled(part.pattern, _here(namespace, known))

    yield from below(get_resolver(), "/", "")


def _filled(pattern: Any, known: dict[str, str]) -> str:
    """The pattern's address, with what is known by the names of its parts."""
    text = str(pattern)
    if hasattr(pattern, "_route") or ("<" in text and "(?P" not in text):
        return re.sub(
            r"<(?:(\w+):)?(\w+)>", lambda found: known.get(found[2]) or SAMPLES.get(found[1] or "str", "x"), text
        )
    made = str(sample(pattern))
    whole = known.get("pk", "1")
    return re.sub(r"(?<=/)1(?=/|$)", whole, made)


def _here(namespace: str, known: dict[str, str]) -> dict[str, str]:
    """A snippet's own screens are about a snippet."""
    named = SNIPPET.match(namespace)
    if not named:
        return known
    row = apps.get_model(named[1], named[2])._base_manager.order_by("pk").first()
    return (
        known if row is None else known | dict.fromkeys(("pk", "object_id", "instance_pk", "snippet_pk"), str(row.pk))
    )


def _objects(things: dict[str, Any]) -> dict[str, str]:
    page = Page.objects.filter(depth__gt=2).order_by("-pk").first()
    some = {
        "page_id": page,
        "parent_page_id": page.get_parent(),
        "user_id": get_user_model().objects.first(),
        "image_id": CampaignImage.objects.first(),
        "document_id": CampaignDocument.objects.first(),
        "collection_id": Collection.objects.first(),
        "revision_id": page.latest_revision,
        "task_state_id": TaskState.objects.first(),
        "workflow_state_id": WorkflowState.objects.first(),
    }
    known = {name: str(row.pk) for name, row in some.items() if row is not None}
    link, wall, video = ShortLink.objects.first(), RehearsalPost.objects.first(), CampaignVideo.objects.first()
    more = {
        "code": link.code if link else "x",
        "public_id": str(wall.public_id) if wall else SAMPLES["uuid"],
        "pk": str(video.pk) if video else "1",
        "post": str(Post.objects.first().pk),
        "content_type_model_name": "news",
    }
    return TEXT | known | more
