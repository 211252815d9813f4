"""What comes one after another: steps to take, and what happened when."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.blocks.checked import CheckedBlock, Findings
from content.blocks.dated import MONTH, YEAR, Dated, date_block, precision_block
from content.blocks.groups import NUMBERS, TEXT
from content.blocks.text import ParagraphBlock
from content.quality import heading_findings


class TimelineEntryBlock(CheckedBlock):
    """Something that happened, or is planned."""

    date = date_block()
    precision = precision_block()
    title = blocks.CharBlock(label=_("What happened"), max_length=160)
    text = blocks.TextBlock(label=_("More about it"), required=False, max_length=500)

    def findings(self, value: Any) -> Findings:
        """The title can be read."""
        return {"title": heading_findings(value["title"])}

    class Meta:
        icon = "date"
        label = _("Entry")
        value_class = Dated
        label_format = "{date} {title}"


class TimelineBlock(blocks.StructBlock):
    """What happened when, in the order of time."""

    entries = blocks.ListBlock(TimelineEntryBlock(), label=_("Entries"), min_num=2)

    class Meta:
        icon = "history"
        label = _("Timeline")
        group = NUMBERS
        description = _("What happened when, shown in the order of time.")
        template = "content/blocks/timeline.html"
        preview_value = {
            "entries": [
                {
                    "date": date(2025, 1, 1),
                    "precision": YEAR,
                    "title": "What came first",
                    "text": "A sentence about it.",
                },
                {"date": date(2026, 3, 1), "precision": MONTH, "title": "What came next", "text": ""},
            ]
        }

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Put the entries in order; those without a date, in an unfinished draft, last."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["entries"] = sorted(value["entries"], key=lambda entry: (entry["date"] is None, str(entry["date"])))
        return context


class StepBlock(CheckedBlock):
    """One thing to do."""

    title = blocks.CharBlock(label=_("What to do"), max_length=160)
    text = ParagraphBlock(label=_("How"), required=False)

    def findings(self, value: Any) -> Findings:
        """The title can be read."""
        return {"title": heading_findings(value["title"])}

    class Meta:
        icon = "list-ol"
        label = _("Step")
        label_format = "{title}"


class StepsBlock(blocks.StructBlock):
    """Things to do, one after another."""

    steps = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=2)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        group = TEXT
        description = _("Things to do, one after another, with numbers.")
        template = "content/blocks/steps.html"
        preview_value = {
            "steps": [
                {"title": "Do this first", "text": "<p>How it is done, in a sentence.</p>"},
                {"title": "Then do this", "text": ""},
            ]
        }
