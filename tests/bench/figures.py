"""A measured number beside its bound, on a line of its own that `python -m tests.bench` gathers into a table."""

from __future__ import annotations

import re
from dataclasses import dataclass

MARK = "= "
LINE = re.compile(r"^= (?P<what>.+?) \| (?P<value>\S+) ?(?P<unit>.*?) \| (?P<bound>.*?) \| (?P<verdict>met|MISSED|)$")


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, in which unit, and whether its bound is met; no bound, no verdict."""

    what: str
    value: str
    unit: str
    bound: str
    verdict: str


def figure(
    what: str, value: float, unit: str = "", *, most: float | None = None, least: float | None = None, digits: int = 1
) -> bool:
    """Print one number, and say whether it is within its bound."""
    bound, met = "", True
    if most is not None:
        bound, met = f"at most {most:,g}", value <= most
    elif least is not None:
        bound, met = f"at least {least:,g}", value >= least
    verdict = "" if not bound else "met" if met else "MISSED"
    print(f"{MARK}{what} | {value:,.{digits}f} {unit} | {bound} | {verdict}", flush=True)
    return met


def read(output: str) -> list[Figure]:
    """The numbers in what a benchmark printed."""
    found = (LINE.match(line.lstrip()) for line in output.splitlines())
    return [Figure(**one.groupdict()) for one in found if one]
