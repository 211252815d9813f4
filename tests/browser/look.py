"""Looking at a screen as everybody sees it: wide and narrow, by eye and by axe."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = (files("axe_playwright_python") / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = [1280, 320]
# Messages fade in, and half faded they have too little contrast.
SETTLE = """
for (const animation of document.getAnimations())
  if (animation.effect.getComputedTiming().endTime !== Infinity) animation.finish();
"""
SETTLED_MS = 1_000
RUN = """
async (only) => (await axe.run(document, {runOnly: only, resultTypes: ['violations']})).violations.map(
  ({id, help, nodes}) => `${id}: ${help} at ${nodes[0].target}`)
"""


def violations(page: Page, rules: list[str] | None = None) -> list[str]:
    """Return what axe finds, one line a violated rule with its first place; with `rules`, of these alone."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    page.evaluate(SETTLE)
    found: list[str] = page.evaluate(
        RUN, {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    )
    return found


def look(page: Page, shots: Path, name: str) -> None:
    """Wide and narrow: keep a picture for people; nothing scrolls sideways, and axe finds nothing."""
    before: Any = page.viewport_size
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(SETTLE)
        page.screenshot(path=shots / f"{name}-{width}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} scrolls sideways at {width}"
        found = violations(page)
        if found:
            # A screen that is still putting itself together is looked at once more; what is wrong stays wrong.
            page.wait_for_timeout(SETTLED_MS)
            found = violations(page)
        assert not found, f"{name} at {width}: {found}"
    page.set_viewport_size(before)
