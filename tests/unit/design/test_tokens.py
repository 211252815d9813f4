from __future__ import annotations

import re

import pytest

from campaign_site.design.finders import sources, stylesheet

PAIRS = [
    ("ink", "paper"),
    ("ink", "surface"),
    ("ink", "sunken"),
    ("ink-soft", "paper"),
    ("ink-soft", "surface"),
    ("ink-soft", "sunken"),
    ("link", "paper"),
    ("link", "surface"),
    ("link", "sunken"),
    ("link-hover", "surface"),
    ("on-brand", "brand"),
    ("on-brand-soft", "brand"),
    ("signal", "brand"),
    ("on-signal", "signal"),
    ("alarm", "alarm-soft"),
    ("rehearsal", "rehearsal-soft"),
    ("rehearsal", "surface"),
    ("good", "sunken"),
    ("warn", "sunken"),
    ("warn", "paper"),
]


def tokens(scheme: str) -> dict[str, str]:
    """The colour tokens of a scheme; the dark one changes some of the light ones."""
    css = sources()[0].read_text()
    light, dark = css.split("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    if scheme == "dark":
        found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark))
    return found


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(color[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), PAIRS)
def test_text_contrast_is_at_least_four_and_a_half(front: str, back: str, scheme: str) -> None:
    colors = tokens(scheme)
    high, low = sorted((luminance(colors[front]), luminance(colors[back])), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= 4.5


def test_the_stylesheet_asks_for_nothing_elsewhere() -> None:
    addresses = re.findall(r"url\(([^)]*)\)", stylesheet())
    assert addresses
    assert all(address.startswith('"fonts/') for address in addresses)


def test_tokens_come_first_and_print_last() -> None:
    names = [path.name for path in sources()]
    assert names[0] == "00-tokens.css"
    assert names[-1] == "90-print.css"
