from __future__ import annotations

from typing import Any

from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError

from content.blocks.accordion import AccordionBlock
from content.blocks.action import ActionInTextBlock
from content.blocks.chart import ChartBlock
from content.blocks.downloads import DownloadsBlock
from content.blocks.figure import FigureBlock, GalleryBlock
from content.blocks.numbers import StatisticsBlock
from content.blocks.people import PartnersBlock, PeopleBlock
from content.blocks.places import MapBlock
from content.blocks.posts import PostsBlock
from content.blocks.related import RelatedBlock
from content.blocks.sequence import StepsBlock, TimelineBlock
from content.blocks.shelf import ShelvedStream
from content.blocks.table import TableBlock
from content.blocks.text import FactBlock, HeadingBlock, ParagraphBlock, QuoteBlock, SubheadingBlock
from content.blocks.video import OutsideVideoBlock, VideoBlock
from content.quality import Finding, Part, outline_findings, refuse

LEVELS = {"heading": 2, "subheading": 3}


class BodyBlock(blocks.StreamBlock):
    """The running text of any page. Nowhere in it can an editor choose a colour or a heading's level by looks."""

    heading = HeadingBlock()
    subheading = SubheadingBlock()
    paragraph = ParagraphBlock()
    quote = QuoteBlock()
    fact = FactBlock()
    steps = StepsBlock()
    accordion = AccordionBlock()
    figure = FigureBlock()
    gallery = GalleryBlock()
    video = VideoBlock()
    outside_video = OutsideVideoBlock()
    statistics = StatisticsBlock()
    chart = ChartBlock()
    table = TableBlock()
    timeline = TimelineBlock()
    map = MapBlock()
    action = ActionInTextBlock()
    downloads = DownloadsBlock()
    people = PeopleBlock()
    partners = PartnersBlock()
    related = RelatedBlock()
    posts = PostsBlock()

    def to_python(self, value: Any) -> Any:
        """Return the stream; one that was stored shares among its blocks what they need of the database."""
        stream = super().to_python(value)
        if stream is value or not stream.is_lazy:
            return stream
        return ShelvedStream(self, list(stream.raw_data), is_lazy=True)

    def clean(self, value: Any) -> Any:
        """Refuse an outline that skips a level or leads to nothing, at the heading it begins with."""
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        parts = [Part(LEVELS.get(child.block_type, 0)) for child in cleaned]
        found: dict[int, list[Finding]] = {}
        for index, finding in outline_findings(parts):
            found.setdefault(index, []).append(finding)
        if found:
            raise StreamBlockValidationError({index: refuse(findings) for index, findings in found.items()})
        return cleaned

    class Meta:
        block_counts = {"posts": {"max_num": 1}}
