"""StreamField blocks, one family a file."""

from __future__ import annotations

from content.blocks.action import ActionBlock
from content.blocks.body import BodyBlock
from content.blocks.figure import FigureBlock
from content.blocks.listing import ActivityBlock, KeyMessageBlock, ObjectiveBlock
from content.blocks.posts import PostsWall, register_posts_wall
from content.blocks.text import HeadingBlock, ParagraphBlock, QuoteBlock

__all__ = [
    "ActionBlock",
    "ActivityBlock",
    "BodyBlock",
    "FigureBlock",
    "HeadingBlock",
    "KeyMessageBlock",
    "ObjectiveBlock",
    "ParagraphBlock",
    "PostsWall",
    "QuoteBlock",
    "register_posts_wall",
]
