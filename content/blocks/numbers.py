from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.blocks.checked import CheckedBlock, Findings
from content.blocks.dated import YEAR, Dated, date_block, precision_block, source_block, source_url_block
from content.blocks.groups import NUMBERS
from content.quality import Finding


class StatisticBlock(CheckedBlock):
    """One number with what it counts, where it is from and of when it is."""

    value = blocks.CharBlock(
        label=_("Number"), max_length=24, help_text=_("As it is to be read, with its unit: for example 12 tonnes.")
    )
    label = blocks.CharBlock(label=_("What it counts"), max_length=160)
    source = source_block()
    source_url = source_url_block()
    date = date_block(help_text=_("Of when the number is."))
    precision = precision_block()

    def findings(self, value: Any) -> Findings:
        """A number is a number."""
        if any(letter.isdigit() for letter in value["value"]):
            return {}
        finding = Finding(
            "statistic-number", _("There is no digit in this number."), _("Write the number, or use a key fact.")
        )
        return {"value": [finding]}

    class Meta:
        icon = "decimal"
        label = _("Number")
        value_class = Dated
        label_format = "{value} {label}"


class StatisticsBlock(blocks.StructBlock):
    """Numbers side by side, each with its source and date."""

    numbers = blocks.ListBlock(StatisticBlock(), label=_("Numbers"), min_num=1, max_num=6)

    class Meta:
        icon = "decimal"
        label = _("Numbers")
        group = NUMBERS
        description = _("One to six large numbers, each with its source and date.")
        template = "content/blocks/statistics.html"
        preview_value = {
            "numbers": [
                {
                    "value": "123",
                    "label": "What the first number counts",
                    "source": "Title of a report",
                    "source_url": "",
                    "date": date(2026, 1, 1),
                    "precision": YEAR,
                },
                {
                    "value": "45 %",
                    "label": "What the second one counts",
                    "source": "Title of a report",
                    "source_url": "",
                    "date": date(2026, 1, 1),
                    "precision": YEAR,
                },
            ]
        }
