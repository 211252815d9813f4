from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from social_publisher.engagement.charts import Series, bar_chart, nice_ceiling

SVG = "{http://www.w3.org/2000/svg}"


def rects(svg: str) -> list[ElementTree.Element]:
    return ElementTree.fromstring(svg).findall("rect")


def test_a_bar_for_every_value_above_zero() -> None:
    svg = bar_chart("Clicks", ["10", "11"], [Series("Clicks", [3, 0], "a"), Series("Likes", [1, 2], "b")])
    assert [bar.get("class") for bar in rects(svg)] == ["a", "b", "b"]


def test_the_chart_says_what_it_is_and_escapes_it() -> None:
    root = ElementTree.fromstring(bar_chart('<b>"x"</b>', ["1"], [Series("s", [1], "a")]))
    assert root.get("role") == "img"
    assert root.get("aria-label") == '<b>"x"</b>'


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=48))
def test_bars_stay_inside(values: list[int]) -> None:
    for bar in rects(bar_chart("t", [str(index) for index in range(len(values))], [Series("s", values, "a")])):
        assert float(bar.get("y", "")) >= 11.9
        assert float(bar.get("height", "")) <= 181


@given(st.integers(0, 10**12))
def test_the_axis_ends_at_a_round_even_number(value: int) -> None:
    top = nice_ceiling(value)
    assert top >= max(value, 4)
    assert top % 2 == 0


@given(st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=24))
def test_labels_of_the_axis_do_not_touch_and_zero_is_among_them(values: list[int]) -> None:
    root = ElementTree.fromstring(bar_chart("t", [str(index) for index in values], [Series("s", values, "a")]))
    grid = root.find("g")
    assert grid is not None
    heights = sorted(float(text.get("y", "")) for text in grid.findall("text"))
    assert all(lower - upper >= 13.9 for upper, lower in pairwise(heights))
    assert "0" in {text.text for text in grid.findall("text")}
