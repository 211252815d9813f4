from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from content.blocks.checked import CheckedBlock, Findings
from content.quality import alt_findings, heading_findings, link_findings


class SourcedFigureBlock(blocks.StructBlock):
    """A number with where it comes from; without a source it cannot be saved."""

    value = blocks.CharBlock(
        label=_("Number"), max_length=24, help_text=_("As readers see it, for example 120 or 4.2 million.")
    )
    label = blocks.CharBlock(label=_("What it counts"), max_length=160)
    source = blocks.CharBlock(
        label=_("Source"), max_length=160, help_text=_("Who says so: the publisher and the title, or the record.")
    )
    as_of = blocks.DateBlock(label=_("As of"), required=False)
    page = blocks.PageChooserBlock(label=_("Page of this site that shows it"), required=False)
    url = blocks.URLBlock(label=_("Or the source's address"), required=False)

    def clean(self, value: Any) -> Any:
        """A source has one address."""
        cleaned = super().clean(value)
        if cleaned["page"] and cleaned["url"]:
            raise StructBlockValidationError(
                {"url": ValidationError(_("Choose a page or an outside address, not both."))}
            )
        return cleaned

    class Meta:
        icon = "decimal"
        label = _("Number with source")
        preview_value = {"value": "11", "label": "member states", "source": "SELEC"}
        template = "content/blocks/sourced_figure.html"


class DownloadBlock(CheckedBlock):
    """A document to download."""

    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(
        label=_("Title"), required=False, max_length=160, help_text=_("Empty: the document's own title.")
    )
    note = blocks.CharBlock(label=_("What it is for"), required=False, max_length=200)

    def findings(self, value: Any) -> Findings:
        """The title says what the document is."""
        return {"title": link_findings(value["title"] or getattr(value["document"], "title", ""))}

    class Meta:
        icon = "download"
        label = _("Download")
        template = "content/blocks/download.html"


class KitPictureBlock(CheckedBlock):
    """A picture that others may use, with the words that go with it. Credit and licence are the picture's own."""

    image = ImageChooserBlock(label=_("Picture"))
    alt_text = blocks.CharBlock(
        label=_("Description"), max_length=400, help_text=_("What it shows, for people who cannot see it.")
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=255)

    def findings(self, value: Any) -> Findings:
        """The description tells what the picture shows."""
        return {"alt_text": alt_findings(value["alt_text"], caption=value["caption"])}

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "content/blocks/kit_picture.html"


class AdviceBlock(CheckedBlock):
    """One thing to check, or one thing that never happens."""

    title = blocks.CharBlock(label=_("In few words"), max_length=120)
    text = blocks.TextBlock(label=_("Explanation"), required=False, max_length=400)

    def findings(self, value: Any) -> Findings:
        """It stands as a heading."""
        return {"title": heading_findings(value["title"])}

    class Meta:
        icon = "check"
        label = _("Advice")
        preview_value = {"title": "Compare the name", "text": "Letter by letter, with the list on this page."}
        template = "content/blocks/advice.html"
