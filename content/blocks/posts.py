"""A campaign's posts inside a text. This room has the place; the room that publishes posts fills it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from content.blocks.groups import LINKS
from content.slots import outlet


class PostsBlock(blocks.StructBlock):
    """A campaign's newest published posts, kept on this site: nothing is loaded from a network."""

    campaign = SnippetChooserBlock("content.Campaign", label=_("Campaign"))
    number = blocks.IntegerBlock(label=_("At most so many"), default=3, min_value=1, max_value=12)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Ask for the posts."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["posts"] = outlet().newest_posts(value["campaign"], value["number"] or 3) if value["campaign"] else []
        return context

    class Meta:
        icon = "comment"
        label = _("Posts of a campaign")
        group = LINKS
        description = _("The newest published posts of a campaign, without anything from a network.")
        template = "content/blocks/posts.html"
        preview_template = "content/blocks/previews/posts.html"
        preview_value = {"campaign": None, "number": 3}
