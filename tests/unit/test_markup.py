"""The checker of public pages sees what it is there to see."""

from __future__ import annotations

import pytest

from tests.support.markup import faults

PAGE = '<!doctype html><html lang="en"><head><title>A page</title></head><body><h1>A page</h1>{}</body></html>'


def test_a_good_page_has_no_fault() -> None:
    body = (
        '<ul><li><a href="/">Home</a></li></ul><h2 id="x">More</h2><section aria-labelledby="x"><p>Words</p></section>'
    )
    assert faults(PAGE.format(body)) == []


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ("<p><div>block</div></p>", "line"),
        ('<p id="a">1</p><p id="a">2</p>', "'a' stands 2 times"),
        ('<section aria-labelledby="none"><p>1</p></section>', "not there"),
        ('<a href="#none">Go</a>', "not there"),
        ("<h3>Too deep</h3>", "follows h1"),
        ("<h1>Again</h1>", "exactly one h1"),
        ('<img src="/x.webp">', "no alt, width, height"),
        ('<a href="/"></a>', "an empty a"),
        ('<p style="color:red">1</p>', "inline style"),
        ('<p lang="english!">1</p>', "language"),
        ("<ul><p>1</p></ul>", "p stands in ul"),
        ('<a href="/"><button>1</button></a>', "stands in"),
        ("<script>1</script>", "inline script"),
    ],
)
def test_each_fault_is_found(body: str, word: str) -> None:
    assert any(word in fault for fault in faults(PAGE.format(body)))
