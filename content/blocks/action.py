from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from content.blocks.checked import CheckedBlock, Findings
from content.blocks.groups import LINKS
from content.blocks.links import PageLinkBlock
from content.quality import heading_findings, link_findings


class ActionBlock(CheckedBlock):
    """Something a reader can do, with one place to go."""

    title = blocks.CharBlock(label=_("What to do"), max_length=120)
    text = blocks.TextBlock(label=_("Why and how"), max_length=400)
    link_text = blocks.CharBlock(
        label=_("Link text"), required=False, max_length=80, help_text=_("Says where the link leads.")
    )
    page = PageLinkBlock(label=_("Page of this site"), required=False)
    url = blocks.URLBlock(label=_("Or an outside address"), required=False)

    def clean(self, value: Any) -> Any:
        """A link has one target."""
        cleaned = super().clean(value)
        if cleaned["page"] and cleaned["url"]:
            raise StructBlockValidationError(
                {"url": ValidationError(_("Choose a page or an outside address, not both."))}
            )
        return cleaned

    def findings(self, value: Any) -> Findings:
        """The title can be read, and a link says where it leads."""
        found = {"title": heading_findings(value["title"])}
        if value["page"] or value["url"]:
            found["link_text"] = link_findings(value["link_text"])
        return found

    class Meta:
        icon = "pick"
        label = _("Call to act")
        group = LINKS
        description = _("Something a reader can do, with one place to go.")
        template = "content/blocks/action.html"
        label_format = "{title}"
        preview_value = {"title": "Report it", "text": "Tell the police or the customs of your country."}


class ActionInTextBlock(ActionBlock):
    """A call to act inside running text, where it is no section of its own."""

    class Meta:
        icon = "pick"
        label = _("Call to act")
        group = LINKS
        description = _("Something a reader can do, with one place to go.")
        template = "content/blocks/action_in_text.html"
        label_format = "{title}"
        preview_value = {
            "title": "Report it",
            "text": "Tell the police or the customs of your country.",
            "link_text": "How to report smuggling",
            "url": "https://campaign.example/report",
        }
