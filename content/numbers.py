"""Rows' numbers, as addresses, forms and formatted texts carry them: from outside, so they may be anything."""

from __future__ import annotations

# Digits of the largest number a row can have, and of none that the database cannot read.
DIGITS = 18


def number(text: str) -> int:
    """A row's number; 0, which no row has, for anything else."""
    return int(text) if text.isdecimal() and len(text) <= DIGITS else 0
