from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.translation import get_language_info
from wagtail.models import Page, Site

from content.memory import remembered_property


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
    def home(self) -> Page:
        """The home page in the page's language, else the site's root page."""
        site = Site.find_for_request(self.request)
        root: Page = site.root_page if site else Page.objects.get(depth=2)
        if self.page.locale_id != root.locale_id:
            return root.get_translation_or_none(self.page.locale) or root
        return root

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
        versions = self._versions
        order = [code for code, _name in settings.LANGUAGES]
        found = sorted(versions, key=lambda version: order.index(version.locale.language_code))
        if len(found) < 2:
            return []
        return [
            Link(
                get_language_info(version.locale.language_code)["name_local"],
                version.full_url or "",
                current=version.pk == self.page.pk,
                code=version.locale.language_code,
            )
            for version in found
        ]

    @remembered_property
    def language(self) -> str:
        """The page's own language. Its versions are read with theirs, so that this rarely costs a query of its own."""
        own = next((version for version in self._versions if version.pk == self.page.pk), self.page)
        return str(own.locale.language_code)

    @remembered_property
    def _versions(self) -> list[Page]:
        if not self.is_page:
            return []
        live = self.page.get_translations(inclusive=True).live()
        return list(live.filter(alias_of=None).select_related("locale"))

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
        pages = Page.objects.live().filter(below_home & named | models.Q(path__in=self._ancestor_paths))
        return list(pages.annotate(in_footer=models.F("standardpage__in_footer")).order_by("path"))

    def _link(self, page: Page) -> Link:
        current = self.is_page and self.page.path.startswith(page.path)
        return Link(page.title, page.get_url(self.request) or "", current=current)
