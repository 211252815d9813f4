from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.translation import get_language_info
from wagtail.models import Page, Site

from content.memory import remembered_property

ORDER = [code for code, _name in settings.LANGUAGES]


@dataclass(frozen=True)
class Link:
    """A place in the navigation; `code` is a language's, where the link changes it."""

    title: str
    url: str
    current: bool = False
    code: str = ""


class Navigation:
    """The ways from a page to others. Every part is read at most once, and only when a template asks for it."""

    def __init__(self, page: Page, request: HttpRequest, *, is_page: bool = True) -> None:
        """`is_page` is false for a screen that only borrows this page's navigation, such as an error page."""
        self.page = page
        self.request = request
        self.is_page = is_page
        self.memory_key = (page.pk, is_page)

    @remembered_property
    def root(self) -> Page:
        """The site's root page: the home in the site's first language."""
        site = Site.find_for_request(self.request)
        root: Page = site.root_page if site else Page.objects.get(depth=2)
        return root

    @remembered_property
    def home(self) -> Page:
        """The home page in the page's language, else the site's root page."""
        return self._homes.get(self.page.locale_id, self.root)

    def address(self, url_path: str) -> str:
        """The address of a page below the home page, by its place in the tree alone."""
        return self._home_url + url_path.removeprefix(self.home.url_path)

    @cached_property
    def _home_url(self) -> str:
        return self.home.get_url(self.request) or "/"

    @remembered_property
    def main(self) -> list[Link]:
        """The sections of the site."""
        return [self._link(page) for page in self._around if page.depth == self.home.depth + 1 and page.show_in_menus]

    @remembered_property
    def breadcrumbs(self) -> list[Link]:
        """From home to the page's parent."""
        return [self._link(page) for page in self._around if page.path in self._ancestor_paths]

    @remembered_property
    def footer(self) -> list[Link]:
        """The pages every page links to: about, accessibility, privacy."""
        return [self._link(page) for page in self._around if page.in_footer]

    @remembered_property
    def languages(self) -> list[Link]:
        """The same page in every language it is published in, by the language's own name; empty with only one."""
        found = self._in_order(self._versions)
        return [self._version(version) for version in found] if len(found) > 1 else []

    @remembered_property
    def homes(self) -> list[Link]:
        """The home of every language that the site is published in."""
        return [self._version(home) for home in self._in_order(self._homes.values())]

    @remembered_property
    def other_homes(self) -> list[Link]:
        """The homes of the languages that this page is not published in."""
        here = {version.locale_id for version in self._versions} | {self.page.locale_id}
        return [self._version(home) for home in self._in_order(self._homes.values()) if home.locale_id not in here]

    @cached_property
    def endonym(self) -> str:
        """The name of the page's language, in that language."""
        return str(get_language_info(self.language)["name_local"])

    @cached_property
    def language(self) -> str:
        """The page's own language. Its versions are read with theirs, so that this rarely costs a query of its own."""
        own = self._own
        if own is not None:
            self.page.locale = own.locale
        return str(self.page.locale.language_code)

    @remembered_property
    def is_partly_translated(self) -> bool:
        """Whether parts of the page are still in the original's language."""
        return self._own is not None and hasattr(self._own, "translation_gap")

    @remembered_property
    def untranslated(self) -> tuple[str, list[str]]:
        """The original's language, and what of the page is still in it."""
        gap = self._own.translation_gap if self._own is not None and self.is_partly_translated else None
        return (gap.language, gap.texts) if gap is not None else ("", [])

    @property
    def _own(self) -> Page | None:
        return next((version for version in self._family if version.pk == self.page.pk), None)

    @remembered_property
    def _family(self) -> list[Page]:
        """This page and the home in every language, in one query."""
        keys = {self.root.translation_key, *([self.page.translation_key] if self.is_page else [])}
        live = Page.objects.live().filter(translation_key__in=keys, alias_of=None)
        return list(live.select_related("locale", "translation_gap"))

    @property
    def _versions(self) -> list[Page]:
        if not self.is_page:
            return []
        return [page for page in self._family if page.translation_key == self.page.translation_key]

    @remembered_property
    def _homes(self) -> dict[int, Page]:
        key = self.root.translation_key
        return {page.locale_id: page for page in self._family if page.translation_key == key}

    def _in_order(self, pages: Iterable[Page]) -> list[Page]:
        return sorted(pages, key=lambda page: ORDER.index(page.locale.language_code))

    def _version(self, page: Page) -> Link:
        code = page.locale.language_code
        name = get_language_info(code)["name_local"]
        return Link(name, page.full_url or "", current=page.pk == self.page.pk, code=code)

    @remembered_property
    def _ancestor_paths(self) -> list[str]:
        if not self.is_page:
            return []
        return [self.page.path[: depth * Page.steplen] for depth in range(self.home.depth, self.page.depth)]

    @remembered_property
    def _around(self) -> list[Any]:
        """Sections, footer pages and ancestors, in tree order, read together."""
        below_home = models.Q(depth=self.home.depth + 1, path__startswith=self.home.path)
        named = models.Q(show_in_menus=True) | models.Q(standardpage__in_footer=True)
        wanted = below_home & named | models.Q(path__in=self._ancestor_paths)
        pages = Page.objects.live().filter(wanted, alias_of=None)
        return list(pages.annotate(in_footer=models.F("standardpage__in_footer")).order_by("path"))

    def _link(self, page: Page) -> Link:
        current = self.is_page and self.page.path.startswith(page.path)
        return Link(page.title, page.get_url(self.request) or "", current=current)
