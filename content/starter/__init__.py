"""The starting content: the five projects, the first campaign, and the pages around them. Facts only; unknown is empty."""

from __future__ import annotations

from content.starter.load import load_starting_content

__all__ = ["load_starting_content"]
