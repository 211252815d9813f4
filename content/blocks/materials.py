from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from content.blocks.checked import CheckedBlock, Findings
from content.quality import link_findings


class MaterialBlock(CheckedBlock):
    """A document that an event left behind: slides, minutes, conclusions."""

    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(
        label=_("Title"), required=False, max_length=200, help_text=_("Empty: the document's own title.")
    )

    def findings(self, value: Any) -> Findings:
        """The title says what the document is."""
        return {"title": link_findings(value["title"] or getattr(value["document"], "title", ""))}

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
