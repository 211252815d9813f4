"""Wiring: the records in the admin's menu, links in formatted text, and the checks of the page editor."""

from __future__ import annotations

from typing import Any

from wagtail import hooks
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet

from content.admin import RecordsGroup
from content.blocks.links import PageLinks
from content.checker import SiteContentChecker

register_snippet(RecordsGroup)


@hooks.register("register_rich_text_features", order=10)
def page_links(features: FeatureRegistry) -> None:
    """After Wagtail's own, whose place it takes: all links of a text are found in one query."""
    features.register_link_type(PageLinks)


@hooks.register("construct_wagtail_userbar")
def content_checker(request: Any, items: list[Any], page: Any) -> None:
    """The editor's checks panel looks at everything that the tests look at."""
    for number, item in enumerate(items):
        if isinstance(item, ContentCheckerItem):
            items[number] = SiteContentChecker(in_editor=item.in_editor)
