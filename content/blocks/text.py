from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]


class HeadingBlock(blocks.CharBlock):
    """A section's heading; always one level below the page's title."""

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "content/blocks/heading.html"
        preview_value = "What changes at the border"


class ParagraphBlock(blocks.RichTextBlock):
    """Running text without headings, so that the outline stays in order."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"features": FEATURES, **kwargs})

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "content/blocks/paragraph.html"
        preview_value = "<p>A paragraph of the page's own text, with <b>stress</b> where it is needed.</p>"


class QuoteBlock(blocks.StructBlock):
    """Words of a person or a document, with their source."""

    text = blocks.TextBlock(label=_("Words"))
    source = blocks.CharBlock(label=_("Source"))

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "content/blocks/quote.html"
        preview_value = {"text": "Words worth repeating.", "source": "A report"}
