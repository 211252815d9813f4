"""The public pages of a site, found and not listed: each live page, and one of each kind for slow looks."""

from __future__ import annotations

from typing import Any

from tests.support.samples import pdf


def pages() -> list[Any]:
    """Every live page that has an address, with its own class, in tree order."""
    from wagtail.models import Page

    found = Page.objects.live().filter(depth__gt=1).order_by("path").specific()
    return [page for page in found if page.get_url()]


def one_of_each(found: list[Any]) -> dict[str, Any]:
    """Of each kind of page and language the one with the most to show."""
    chosen: dict[str, Any] = {}
    for page in found:
        name = f"{type(page).__name__} {page.locale.language_code}"
        if name not in chosen or _weight(page) > _weight(chosen[name]):
            chosen[name] = page
    return chosen


def add_resource() -> None:
    """A publication in two languages and two versions: the starting content has none."""
    from datetime import date

    from django.core.files.base import ContentFile

    from content.pages import ResourceFile, ResourceIndexPage, ResourcePage
    from media.models import CampaignDocument

    index = ResourceIndexPage.objects.filter(locale__language_code="en").first()
    if index is None or ResourcePage.objects.exists():
        return
    files = []
    for version, language in (("2.0", "en"), ("2.0", "ro"), ("1.0", "en")):
        name = f"{language}-{version}.pdf"
        document = CampaignDocument(title=f"A guide, {language} {version}", file=ContentFile(pdf(), name=name))
        document.file_size = 2048
        document.save()
        day = date(2026, 1, 1) if version == "2.0" else date(2024, 1, 1)
        files.append(ResourceFile(document=document, language=language, version=version, published_on=day, pages=12))
    fields: dict[str, Any] = {"title": "A guide", "slug": "a-guide", "files": files}
    page = ResourcePage(summary="What to ask before you buy.", **fields)
    page.changes = [("version", {"version": "2.0", "text": "New figures."})]
    index.add_child(instance=page)
    page.save_revision().publish()


# Addresses below a page's own, by the name they are told under.
BELOW = {
    "campaign posts": "/campaigns/against-smuggling/posts/",
    "press kit": "/campaigns/against-smuggling/press-kit/",
    "results": "/campaigns/against-smuggling/results/",
}


def _weight(page: Any) -> int:
    body = getattr(page, "body", None) or ()
    return len(body) + (10 if page.image_id else 0) + page.numchild
