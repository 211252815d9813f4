"""All component stylesheets are joined into one file: a class that two of them give a look has neither's."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from campaign_site.design.finders import COMMENT, sources


def own_classes(text: str) -> Iterator[str]:
    """The classes that rules outside any at-rule give a look by their name alone."""
    open_blocks, before = [], ""
    for part in re.split(r"([{}])", COMMENT.sub("", text)):
        if part == "{":
            open_blocks.append(before.strip())
            if not any(block.startswith("@") for block in open_blocks):
                names = (selector.strip() for selector in open_blocks[-1].split(","))
                yield from (name for name in names if re.fullmatch(r"\.[\w-]+", name))
        elif part == "}":
            open_blocks.pop()
        before = part


def test_what_counts_as_a_components_own_class() -> None:
    text = (
        ".a { color: red } .b .c, .d { color: red } @media print { .e { display: none } } /* .f { } */ .g::before { }"
    )
    assert list(own_classes(text)) == [".a", ".d"]


def test_a_class_belongs_to_one_component() -> None:
    places: dict[str, set[Path]] = defaultdict(set)
    for path in sources():
        if path.parent.name == "components":
            for name in own_classes(path.read_text(encoding="utf-8")):
                places[name].add(path)
    assert len(places) > 100
    assert {name: sorted(path.name for path in paths) for name, paths in places.items() if len(paths) > 1} == {}
