from __future__ import annotations

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
