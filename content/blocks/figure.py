from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock


class FigureBlock(blocks.StructBlock):
    """A picture with what it shows in words; a decorative one says so and has none."""

    image = ImageChooserBlock(label=_("Image"))
    alt_text = blocks.CharBlock(
        label=_("Description"), required=False, help_text=_("What a person who cannot see the picture should know.")
    )
    decorative = blocks.BooleanBlock(label=_("Only decoration"), required=False)
    caption = blocks.CharBlock(label=_("Caption"), required=False)

    def clean(self, value: Any) -> Any:
        """A picture is described, or marked as decoration."""
        cleaned = super().clean(value)
        if not self.is_deferred_validation and not cleaned["decorative"] and not cleaned["alt_text"].strip():
            raise StructBlockValidationError(
                {"alt_text": ValidationError(_("Describe the picture, or mark it as decoration."))}
            )
        return cleaned

    class Meta:
        icon = "image"
        label = _("Figure")
        template = "content/blocks/figure.html"
