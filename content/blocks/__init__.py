"""StreamField blocks, one family a file."""

from __future__ import annotations

from content.blocks.action import ActionBlock
from content.blocks.body import BodyBlock
from content.blocks.campaign import AdviceBlock, DownloadBlock, KitPictureBlock, SourcedFigureBlock
from content.blocks.figure import FigureBlock
from content.blocks.listing import ActivityBlock, KeyMessageBlock, ObjectiveBlock
from content.blocks.text import HeadingBlock, ParagraphBlock, QuoteBlock

__all__ = [
    "ActionBlock",
    "ActivityBlock",
    "AdviceBlock",
    "BodyBlock",
    "DownloadBlock",
    "FigureBlock",
    "HeadingBlock",
    "KeyMessageBlock",
    "KitPictureBlock",
    "ObjectiveBlock",
    "ParagraphBlock",
    "QuoteBlock",
    "SourcedFigureBlock",
]
