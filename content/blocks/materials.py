from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock


class MaterialBlock(blocks.StructBlock):
    """A document that an event left behind: slides, minutes, conclusions."""

    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(
        label=_("Title"), required=False, max_length=200, help_text=_("Empty: the document's own title.")
    )

    class Meta:
        icon = "doc-full"
        label = _("Material")


class VersionNoteBlock(blocks.StructBlock):
    """What a version of a publication changed."""

    version = blocks.CharBlock(label=_("Version"), max_length=40, help_text=_("As written beside its files."))
    text = blocks.TextBlock(label=_("What changed"), max_length=600)

    class Meta:
        icon = "history"
        label = _("Version")
