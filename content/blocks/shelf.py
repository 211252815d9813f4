"""What a text needs of the database, each kind read once for the whole text.

Wagtail reads once a block's type; a text with pictures in a figure, a gallery and a portrait would ask three times.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from wagtail.blocks import Block, ListBlock, StreamBlock, StructBlock
from wagtail.blocks.stream_block import StreamValue

Read = Callable[[list[Any]], Any]

_open: ContextVar[Shelf | None] = ContextVar("shelf", default=None)


class Shelf:
    """What was read for one text, by the kind of block that needs it."""

    def __init__(self, block: Block, raw: Any) -> None:
        self._leaves = list(_leaves(block, raw))
        self._kept: dict[type[Block], Any] = {}

    def take(self, kind: type[Block], read: Read) -> Any:
        """Return what `read` makes of the stored values of all blocks of a kind."""
        if kind not in self._kept:
            self._kept[kind] = read([value for block, value in self._leaves if isinstance(block, kind) and value])
        return self._kept[kind]

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Let blocks take from here what they would read themselves."""
        token = _open.set(self)
        try:
            yield
        finally:
            _open.reset(token)


class ShelvedStream(StreamValue):
    """A stream whose blocks share what is read."""

    _shelf: Shelf | None = None

    def _prefetch_blocks(self, type_name: str) -> None:
        if self._shelf is None:
            self._shelf = Shelf(self.stream_block, [item for item in self._raw_data if item is not None])
        with self._shelf.opened():
            super()._prefetch_blocks(type_name)


def read_once(kind: type[Block], values: Iterable[Any], read: Read) -> Any:
    """Return what `read` makes of the values, or of those of the whole text where one is being shown."""
    shelf = _open.get()
    return shelf.take(kind, read) if shelf else read([value for value in values if value])


def _leaves(block: Block, raw: Any) -> Iterator[tuple[Block, Any]]:
    """Every block that holds no others, with what is stored of it."""
    if isinstance(block, StreamBlock):
        for item in raw or []:
            if item["type"] in block.child_blocks:
                yield from _leaves(block.child_blocks[item["type"]], item["value"])
    elif isinstance(block, ListBlock):
        for item in raw or []:
            yield from _leaves(block.child_block, item["value"] if block._item_is_in_block_format(item) else item)
    elif isinstance(block, StructBlock):
        for name, child in block.child_blocks.items():
            if raw and name in raw:
                yield from _leaves(child, raw[name])
    else:
        yield block, raw
