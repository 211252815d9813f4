from __future__ import annotations

from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from content.blocks.groups import NUMBERS


class MapBlock(blocks.StructBlock):
    """Countries on a map, with their names as a list."""

    countries = blocks.ListBlock(
        SnippetChooserBlock("content.Country", label=_("Country")), label=_("Countries"), min_num=1
    )
    caption = blocks.CharBlock(label=_("Caption"), max_length=200, help_text=_("What these countries have in common."))

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the countries by name, each once."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        found = {country.code: country for country in value["countries"] if country}
        context["countries"] = sorted(found.values(), key=lambda country: country.name)
        return context

    def get_preview_value(self) -> Any:
        """Two countries, named by their codes alone: no record is read."""
        country = apps.get_model("content", "Country")
        return self.normalize({"countries": [country(code="RO"), country(code="BG")], "caption": "What they share"})

    class Meta:
        icon = "globe"
        label = _("Map of countries")
        group = NUMBERS
        description = _("Countries on a map, and as a list.")
        template = "content/blocks/map.html"
        label_format = "{caption}"
