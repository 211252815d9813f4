from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError


class ActionBlock(blocks.StructBlock):
    """Something a reader can do, with one place to go."""

    title = blocks.CharBlock(label=_("What to do"), max_length=120)
    text = blocks.TextBlock(label=_("Why and how"), max_length=400)
    link_text = blocks.CharBlock(label=_("Link text"), required=False, max_length=80)
    page = blocks.PageChooserBlock(label=_("Page of this site"), required=False)
    url = blocks.URLBlock(label=_("Or an outside address"), required=False)

    def clean(self, value: Any) -> Any:
        """A link has a text and one target."""
        cleaned = super().clean(value)
        if cleaned["page"] and cleaned["url"]:
            raise StructBlockValidationError(
                {"url": ValidationError(_("Choose a page or an outside address, not both."))}
            )
        wants_text = not self.is_deferred_validation
        if wants_text and (cleaned["page"] or cleaned["url"]) and not cleaned["link_text"].strip():
            raise StructBlockValidationError({"link_text": ValidationError(_("Say where the link leads."))})
        return cleaned

    class Meta:
        icon = "pick"
        label = _("Call to act")
        template = "content/blocks/action.html"
        preview_value = {"title": "Report it", "text": "Tell the police or the customs of your country."}
