"""Filters of a list: a form that needs no script, and whose result has an address that can be shared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """One value to choose; `language` is set where the label is not in the page's language."""

    value: str
    label: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """One question with its answers. `chosen` is None while every answer is wanted."""

    name: str
    label: str
    every: str
    options: tuple[Option, ...]
    chosen: Option | None = None

    @property
    def helps(self) -> bool:
        """Whether there is anything to choose between."""
        return len(self.options) > 1 or self.chosen is not None


def filter_of(
    name: str,
    label: str,
    every: str,
    options: Iterable[Option],
    asked: Mapping[str, str],
    *,
    newest_first: bool = False,
) -> Filter:
    """Return the filter with each option once, sorted. What was asked for and is none of them counts as not asked."""
    by_value = {option.value: option for option in options}
    if newest_first:
        ordered = sorted(by_value.values(), key=lambda option: option.value, reverse=True)
    else:
        ordered = sorted(by_value.values(), key=lambda option: option.label.casefold())
    return Filter(name, label, every, tuple(ordered), by_value.get(asked.get(name, "")))
