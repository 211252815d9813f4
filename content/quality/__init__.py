"""What makes a page hard to read for some people: plain functions on plain data, each finding with reason and fix.

Blocks and pages ask them when something is to be published, never while a draft is saved. There is no check of colour
contrast: nowhere can an editor choose a colour, and the tests hold the design's own pairs to it.
"""

from __future__ import annotations

from content.quality.alt import alt_findings
from content.quality.finding import Finding, refuse
from content.quality.headings import Part, heading_findings, outline_findings
from content.quality.links import link_findings, rich_text_findings
from content.quality.tables import table_findings

__all__ = [
    "Finding",
    "Part",
    "alt_findings",
    "heading_findings",
    "link_findings",
    "outline_findings",
    "refuse",
    "rich_text_findings",
    "table_findings",
]
