from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.blocks.checked import CheckedBlock, Findings
from content.quality import heading_findings


class KeyMessageBlock(CheckedBlock):
    """One thing the campaign wants its readers to remember."""

    title = blocks.CharBlock(label=_("Message"), max_length=120)
    text = blocks.TextBlock(label=_("Explanation"), max_length=400)

    def findings(self, value: Any) -> Findings:
        """The title can be read."""
        return {"title": heading_findings(value["title"])}

    class Meta:
        icon = "comment"
        label = _("Key message")
        label_format = "{title}"
        preview_value = {"title": "Smuggled goods have a price", "text": "It is paid by everyone who lives here."}
        template = "content/blocks/key_message.html"


class ObjectiveBlock(blocks.TextBlock):
    """One objective of a project."""

    class Meta:
        icon = "check"
        label = _("Objective")
        preview_value = "Train specialists in special investigative methods."


class ActivityBlock(CheckedBlock):
    """One activity or work package of a project."""

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    text = blocks.TextBlock(label=_("Description"), required=False)

    def findings(self, value: Any) -> Findings:
        """The title can be read."""
        return {"title": heading_findings(value["title"])}

    class Meta:
        icon = "list-ul"
        label = _("Activity")
        preview_value = {"title": "Year 1", "text": "Conference on financial and computer crime."}
