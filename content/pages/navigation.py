from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language_info
from wagtail.models import Page, Site


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

    @cached_property
    def home(self) -> Page:
        """The home page in the page's language, else the site's root page."""
        site = Site.find_for_request(self.request)
        root: Page = site.root_page if site else Page.objects.get(depth=2)
        if self.page.locale_id != root.locale_id:
            return root.get_translation_or_none(self.page.locale) or root
        return root

    @cached_property
    def main(self) -> list[Link]:
        """The sections of the site."""
        sections = self.home.get_children().live().in_menu()
        return [self._link(section) for section in sections]

    @cached_property
    def breadcrumbs(self) -> list[Link]:
        """From home to the page's parent."""
        if not self.is_page or self.page.depth <= self.home.depth:
            return []
        return [self._link(page) for page in self.page.get_ancestors().filter(depth__gte=self.home.depth)]

    @cached_property
    def languages(self) -> list[Link]:
        """The same page in every language it is published in, by the language's own name; empty with only one."""
        if not self.is_page:
            return []
        versions = self.page.get_translations(inclusive=True).live().filter(alias_of=None).select_related("locale")
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

    @cached_property
    def footer(self) -> list[Link]:
        """The pages every page links to: about, accessibility, privacy."""
        pages = Page.objects.child_of(self.home).live().filter(standardpage__in_footer=True)
        return [self._link(page) for page in pages]

    def _link(self, page: Page) -> Link:
        current = self.is_page and self.page.path.startswith(page.path)
        return Link(page.title, page.get_url(self.request) or "", current=current)
