from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.blocks.checked import CheckedBlock, Findings
from content.blocks.groups import TEXT
from content.blocks.text import ParagraphBlock
from content.quality import heading_findings


class AccordionItemBlock(CheckedBlock):
    """A title that opens a text."""

    title = blocks.CharBlock(label=_("Title"), max_length=160, help_text=_("Often a question. It is always seen."))
    text = ParagraphBlock(label=_("Text"), help_text=_("Seen when the title is opened."))

    def findings(self, value: Any) -> Findings:
        """The title can be read."""
        return {"title": heading_findings(value["title"])}

    class Meta:
        icon = "collapse-down"
        label = _("Part")
        label_format = "{title}"


class AccordionBlock(blocks.StructBlock):
    """Texts that open one by one. It needs no script."""

    parts = blocks.ListBlock(AccordionItemBlock(), label=_("Parts"), min_num=2)

    class Meta:
        icon = "collapse-down"
        label = _("Accordion")
        group = TEXT
        description = _("Questions and answers that open one by one. Do not hide in it what everybody needs.")
        template = "content/blocks/accordion.html"
        preview_value = {
            "parts": [
                {"title": "A question that readers ask", "text": "<p>Its answer.</p>"},
                {"title": "Another question", "text": "<p>Its answer.</p>"},
            ]
        }
