"""Links to pages of this site, found in one query however many there are, each in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from django.utils.translation import get_language
from wagtail.blocks import PageChooserBlock
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from content.blocks.shelf import read_once
from content.numbers import number


@dataclass(frozen=True, slots=True)
class PageLink:
    """Where a page is for this reader, and in which language."""

    title: str
    url: str
    language: str


class Batch:
    """Pages that are linked from one text. Their versions in the reader's language are read together, when the first
    is asked for."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self.pages = list(pages)
        self._links: dict[str, dict[int, PageLink]] = {}

    def link(self, page: Page) -> PageLink | None:
        """The page in the reader's language, else in its own; nothing for a page that is not published."""
        language = get_language() or ""
        if language not in self._links:
            self._links[language] = self._read(language)
        return self._links[language].get(page.pk)

    def _read(self, language: str) -> dict[int, PageLink]:
        foreign = [page.translation_key for page in self.pages if page.locale.language_code != language]
        versions = {}
        if foreign:
            found = Page.objects.live().filter(
                translation_key__in=foreign, locale__language_code=language, alias_of=None
            )
            versions = {page.translation_key: page for page in found.select_related("locale")}
        links = {}
        for page in self.pages:
            shown = versions.get(page.translation_key) or page
            if shown.live and (url := shown.get_url()):
                links[page.pk] = PageLink(shown.title, url, shown.locale.language_code)
        return links


class PageLinkBlock(PageChooserBlock):
    """A page of this site that is linked to. A text with many of them reads them in one query."""

    def bulk_to_python(self, values: Iterable[int | None]) -> list[Page | None]:
        """Return the pages in order, each with its language and its batch."""
        wanted = list(values)
        found = read_once(PageLinkBlock, wanted, self._read)
        return [found.get(pk) for pk in wanted]

    def _read(self, keys: list[int]) -> dict[int, Page]:
        found: dict[int, Page] = self.model_class.objects.select_related("locale").in_bulk(set(keys)) if keys else {}
        batch = Batch(found.values())
        for page in found.values():
            page.link_batch = batch
        return found


def link_to(page: Any) -> Any:
    """Return where the page is for this reader; nothing for none, and for one that is not published."""
    if not page:
        return None
    if getattr(page, "is_sample", False):
        return page
    batch = getattr(page, "link_batch", None) or Batch([page])
    return batch.link(page)


class PageLinks(PageLinkHandler):
    """Links to pages in formatted text. Wagtail's own handler asks the database several times for each of them."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, Any]]) -> list[Page | None]:
        """Return the pages in order."""
        numbers = [number(str(attrs.get("id") or "")) for attrs in attrs_list]
        pages = Page.objects.select_related("locale").in_bulk([one for one in numbers if one])
        return [pages.get(one) for one in numbers]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        """Return the opening tags in order. A link to a page that is not published is no link."""
        pages = cls.get_many(attrs_list)
        batch = Batch({page.pk: page for page in pages if page}.values())
        links = [batch.link(page) if page else None for page in pages]
        return [f'<a href="{escape(link.url)}">' if link else "<a>" for link in links]


class DocumentLinks(DocumentLinkHandler):
    """Links to documents in formatted text. A text may come with anything where a document's number stands."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, Any]]) -> list[Any]:
        """Return the documents in order; nothing for what is no number, or nobody's."""
        numbers = [number(str(attrs.get("id") or "")) for attrs in attrs_list]
        found = cls.get_model().objects.in_bulk([one for one in numbers if one])
        return [found.get(one) for one in numbers]
