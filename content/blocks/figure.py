from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.blocks.checked import CheckedBlock, Findings
from content.blocks.choosers import PictureBlock
from content.blocks.groups import MEDIA
from content.blocks.samples import LANDSCAPE, ROUTE
from content.quality import alt_findings


class FigureBlock(CheckedBlock):
    """A picture with what it shows in words; a decorative one says so and has none."""

    image = PictureBlock(label=_("Image"))
    alt_text = blocks.CharBlock(
        label=_("Description"),
        required=False,
        max_length=300,
        help_text=_("What a person who cannot see the picture should know. Not its file name, and not its caption."),
    )
    decorative = blocks.BooleanBlock(
        label=_("Only decoration"), required=False, help_text=_("The page says everything without the picture.")
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, help_text=_("Shown under the picture to everybody."))

    def findings(self, value: Any) -> Findings:
        """A picture is described, or marked as decoration."""
        return {"alt_text": alt_findings(value["alt_text"], decorative=value["decorative"], caption=value["caption"])}

    class Meta:
        icon = "image"
        label = _("Figure")
        group = MEDIA
        description = _("A picture with its description and caption.")
        template = "content/blocks/figure.html"
        label_format = "{caption} {alt_text}"
        preview_value = {
            "image": LANDSCAPE,
            "alt_text": "A drawn landscape with a road.",
            "decorative": False,
            "caption": "What the picture shows, and when it was taken.",
        }


class GalleryBlock(blocks.StructBlock):
    """Pictures that belong together."""

    pictures = blocks.ListBlock(FigureBlock(), label=_("Pictures"), min_num=2, max_num=12)

    class Meta:
        icon = "grid"
        label = _("Gallery")
        group = MEDIA
        description = _("Two to twelve pictures side by side, each with its own description.")
        template = "content/blocks/gallery.html"
        preview_value = {
            "pictures": [
                {"image": LANDSCAPE, "alt_text": "A drawn landscape.", "decorative": False, "caption": "First picture"},
                {"image": ROUTE, "alt_text": "A drawn route.", "decorative": False, "caption": "Second picture"},
            ]
        }
