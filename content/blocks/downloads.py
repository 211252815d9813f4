from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from content.blocks.checked import CheckedBlock, Findings
from content.blocks.groups import LINKS
from content.blocks.languages import endonym, language_choices
from content.blocks.samples import SampleDocument
from content.quality import link_findings


class DownloadValue(blocks.StructValue):
    """A document as its link says it."""

    @property
    def name(self) -> str:
        """The title given here, else the document's own."""
        return str(self["title"] or (self["document"].title if self["document"] else ""))

    @property
    def language_name(self) -> str:
        """The document's language by its own name."""
        return endonym(self["language"] or "")

    @property
    def kind(self) -> str:
        """The kind of file, as people call it."""
        return str(self["document"].file_extension).upper() if self["document"] else ""


class DownloadBlock(CheckedBlock):
    """A document with its language; type and size come from the file."""

    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(
        label=_("Title"), required=False, max_length=200, help_text=_("Empty: the title from the library.")
    )
    language = blocks.ChoiceBlock(
        choices=language_choices, required=False, label=_("Language"), help_text=_("The language the document is in.")
    )
    text = blocks.CharBlock(label=_("What is in it"), required=False, max_length=300)

    def findings(self, value: Any) -> Findings:
        """The title says what the document is."""
        return {"title": link_findings(value.name)}

    class Meta:
        icon = "doc-full"
        label = _("Document")
        value_class = DownloadValue
        label_format = "{title} {document}"


class DownloadsBlock(blocks.StructBlock):
    """Documents to download."""

    documents = blocks.ListBlock(DownloadBlock(), label=_("Documents"), min_num=1)

    class Meta:
        icon = "download"
        label = _("Downloads")
        group = LINKS
        description = _("Documents, each with its type, size and language.")
        template = "content/blocks/downloads.html"
        preview_value = {
            "documents": [
                {
                    "document": SampleDocument(),
                    "title": "Title of a document",
                    "language": "en",
                    "text": "What is in it.",
                },
                {
                    "document": SampleDocument(file_extension="docx", file_size=84_000),
                    "title": "Another document",
                    "language": "sq",
                    "text": "",
                },
            ]
        }
