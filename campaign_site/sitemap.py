"""The sitemap, with every language."""

from __future__ import annotations

from typing import Any

from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page


class AllLanguagesSitemap(Sitemap):
    """Wagtail's own lists the root page's language alone; translated homes stand beside it in the tree."""

    def items(self) -> Any:
        """Every live, public page below any language's home; copies that wait for translation are left out."""
        root = self.get_wagtail_site().root_page
        pages = Page.objects.none()
        for home in root.get_translations(inclusive=True).live():
            pages |= Page.objects.descendant_of(home, inclusive=True)
        return pages.live().public().filter(alias_of=None).order_by("path").defer_streamfields().specific()
