from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText, expand_db_html

from content.blocks.checked import CheckedBlock
from content.blocks.groups import TEXT
from content.blocks.languages import language_choices
from content.blocks.shelf import read_once
from content.quality import heading_findings, refuse, rich_text_findings

FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]
# Nothing an editor can type or paste: control characters are no part of HTML.
_BETWEEN = "\x1e"


class HeadingBlock(blocks.CharBlock):
    """A section's heading; always one level below the page's title."""

    def clean(self, value: Any) -> Any:
        """Refuse a heading that cannot be read."""
        cleaned = super().clean(value)
        if not self.is_deferred_validation and (error := refuse(heading_findings(cleaned))):
            raise error
        return cleaned

    class Meta:
        icon = "h2"
        label = _("Heading")
        group = TEXT
        description = _("The title of a section. Readers and screen readers jump from one to the next.")
        template = "content/blocks/heading.html"
        preview_value = "What changes at the border"


class SubheadingBlock(HeadingBlock):
    """A heading inside a section."""

    class Meta:
        icon = "h3"
        label = _("Subheading")
        group = TEXT
        description = _("A title inside a section; it needs a heading above it.")
        template = "content/blocks/subheading.html"
        preview_value = "At the green border"


class Texts:
    """The formatted texts of a page. Their links are looked up together, when the first text is shown."""

    def __init__(self, sources: Iterable[str]) -> None:
        self.sources = list(dict.fromkeys(source.replace(_BETWEEN, "") for source in sources))

    @cached_property
    def expanded(self) -> dict[str, str]:
        """Each text as the reader gets it, by its source."""
        return dict(zip(self.sources, str(expand_db_html(_BETWEEN.join(self.sources))).split(_BETWEEN), strict=True))


class OneOfTexts(RichText):
    """A formatted text that is shown together with others."""

    def __init__(self, source: str, texts: Texts) -> None:
        super().__init__(source)
        self._texts = texts

    def __html__(self) -> SafeString:
        """The text with its links."""
        # Wagtail's editor cleaned it as it came in.
        return mark_safe(self._texts.expanded[self.source]) if self.source else SafeString()  # noqa: S308

    def __str__(self) -> str:
        return self.__html__()


class ParagraphBlock(blocks.RichTextBlock):
    """Running text without headings, so that the outline stays in order."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"features": FEATURES, **kwargs})

    def bulk_to_python(self, values: Iterable[str | None]) -> list[RichText]:
        """Return the texts, so that all of them ask for their links' targets once."""
        sources = [(value or "").replace(_BETWEEN, "") for value in values]
        texts = read_once(ParagraphBlock, sources, Texts)
        return [OneOfTexts(source, texts) for source in sources]

    def clean(self, value: Any) -> Any:
        """Refuse links that do not say where they lead, and lines that pass for headings."""
        cleaned = super().clean(value)
        if not self.is_deferred_validation and (error := refuse(rich_text_findings(cleaned.source))):
            raise error
        return cleaned

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        group = TEXT
        description = _("Paragraphs, lists and links.")
        template = "content/blocks/paragraph.html"
        preview_value = (
            "<p>A paragraph of the page's own text, with <b>stress</b> where it is needed.</p>"
            "<ul><li>A list for what comes one by one.</li><li>Short lines are read first.</li></ul>"
        )


class QuoteBlock(CheckedBlock):
    """Words of a person or a document, with their source."""

    text = blocks.TextBlock(
        label=_("Words"), help_text=_("Exactly as they were said or written, without quotation marks.")
    )
    source = blocks.CharBlock(label=_("Source"), help_text=_("Who said it, or where it is written."))
    source_url = blocks.URLBlock(label=_("Address of the source"), required=False)
    language = blocks.ChoiceBlock(
        choices=language_choices,
        required=False,
        label=_("Language of the words"),
        help_text=_("Only if they are not in the page's language: screen readers then say them right."),
    )

    class Meta:
        icon = "openquote"
        label = _("Quote")
        group = TEXT
        description = _("Somebody's words, with their source.")
        template = "content/blocks/quote.html"
        label_format = "{text}"
        preview_value = {"text": "Words worth repeating, as they were said.", "source": "Who said them, and where"}


class FactBlock(CheckedBlock):
    """One thing to remember, set apart from the text."""

    text = blocks.TextBlock(label=_("Fact"), max_length=300, help_text=_("One or two sentences that can stand alone."))
    source = blocks.CharBlock(label=_("Source"), max_length=200, help_text=_("Where this is known from."))
    source_url = blocks.URLBlock(label=_("Address of the source"), required=False)

    class Meta:
        icon = "info-circle"
        label = _("Key fact")
        group = TEXT
        description = _("One thing to remember, with its source.")
        template = "content/blocks/fact.html"
        label_format = "{text}"
        preview_value = {
            "text": "One or two sentences that a reader should take along, even if the rest is not read.",
            "source": "Title of a report",
        }
