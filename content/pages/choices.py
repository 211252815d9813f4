"""Filters of a list: what a reader chose, what is left, and how many each further choice would leave. Plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Item:
    """Something in the list: its key, and its values by filter."""

    key: int
    values: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Option:
    """One choice, and how many items it would leave beside the other filters' choices."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter as the form shows it. `without` is the query of the list without it."""

    name: str
    label: str
    everything: str
    options: Sequence[Option]
    without: str

    @property
    def chosen(self) -> Option | None:
        return next((option for option in self.options if option.chosen), None)


def chosen_of(query: Mapping[str, str], items: Sequence[Item], names: Sequence[str]) -> dict[str, str]:
    """Return the reader's choices. A value that no item has is no choice: an old or mistyped address still works."""
    known = {name: frozenset().union(*(item.values[name] for item in items)) for name in names}
    return {name: value for name in names if (value := query.get(name, "").strip()) in known[name]}


def left(items: Sequence[Item], chosen: Mapping[str, str]) -> list[int]:
    """Return the keys of the items that have every chosen value, in their order."""
    return [item.key for item in items if _has(item, chosen)]


def filters(
    items: Sequence[Item],
    chosen: Mapping[str, str],
    labels: Mapping[str, tuple[str, str]],
    names: Mapping[str, Mapping[str, str]],
) -> list[Filter]:
    """Return the filters that let anybody choose: those with at least one value.

    `labels` gives each filter's name and its words for "all of them"; `names` the values' words, in their order.
    """
    made = []
    for name, (label, everything) in labels.items():
        others = {key: value for key, value in chosen.items() if key != name}
        among = [item for item in items if _has(item, others)]
        options = [
            Option(value, words, sum(value in item.values[name] for item in among), chosen.get(name) == value)
            for value, words in names[name].items()
        ]
        if options:
            made.append(Filter(name, label, everything, options, urlencode(others)))
    return made


def _has(item: Item, chosen: Mapping[str, str]) -> bool:
    return all(value in item.values[name] for name, value in chosen.items())
