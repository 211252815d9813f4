"""What in the site needs somebody's attention. Sources find it; each room may register its own."""

from __future__ import annotations

from content.report.sources import Item, Source, register

__all__ = ["Item", "Source", "register"]
