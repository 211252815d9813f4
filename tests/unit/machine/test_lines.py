from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from campaign_site.machine.cards.lines import broken, cut


def width(text: str) -> float:
    return float(len(text))


def test_lines_are_as_few_as_can_be_and_alike() -> None:
    assert broken("Smuggling takes from all of us", 20, width, 3) == ["Smuggling takes", "from all of us"]


def test_a_title_that_does_not_fit_is_none() -> None:
    assert broken("one two three four", 5, width, 2) is None


def test_a_line_never_breaks_at_a_no_break_space() -> None:
    assert broken("ab cd\u00a0ef", 6, width, 2) == ["ab", "cd\u00a0ef"]


def test_a_line_breaks_after_a_hyphen_inside_a_word() -> None:
    assert broken("law-enforcement", 12, width, 2) == ["law-", "enforcement"]


def test_a_dash_stays_with_the_word_before_it() -> None:
    assert broken("Οι λαθραίοι – τελική", 14, width, 3) == ["Οι λαθραίοι –", "τελική"]


@given(st.text(alphabet="abcж ω-", max_size=60), st.integers(8, 30))
def test_no_word_is_lost_and_no_line_too_wide(text: str, limit: int) -> None:
    lines = broken(text, limit, width, 30)
    if lines is None:
        return
    assert all(len(line) <= limit for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_what_cannot_fit_is_cut_at_a_word_with_an_ellipsis() -> None:
    assert cut("one two three four", 8, width, 1) == ["one two…"]
    assert cut("Donaudampfschiff", 8, width, 1) == ["Donauda…"]
