"""What is let through is drawn, and nothing else is."""

from __future__ import annotations

import unicodedata

import pytest
import typst

from social_publisher.reports.letters import DRAWN, all_drawable, drawable

PAGE = '#set document(title: "Letters")\n#set text(font: "Libertinus Serif")\n= Letters\n'


def drawn(text: str) -> bytes:
    """As a document draws it: letters nobody can see are an error."""
    source = PAGE + "\n".join(f"#str.from-unicode({ord(letter)})" for letter in text)
    made = typst.compile(source.encode(), format="pdf", pdf_standards="ua-1", ignore_system_fonts=True)
    assert isinstance(made, bytes)
    return made


def test_the_font_has_every_letter_that_is_let_through() -> None:
    letters = [chr(point) for first, last in DRAWN for point in range(first, last + 1)]
    assert drawn("".join(letter for letter in letters if unicodedata.category(letter) != "Cn"))


def test_a_letter_the_font_lacks_would_be_refused() -> None:
    with pytest.raises(typst.TypstError):
        drawn("🚨")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Plain words.", "Plain words."),
        ("Људи, Ελένη, știre, ő, ğ, ё", "Људи, Ελένη, știre, ő, ğ, ё"),
        ("Look 🚨!", "Look [police cars revolving light]!"),
        ("👮\u200d♂\ufe0f", "[police officer][male sign]"),
        ("one\ntwo\tthree\x07", "one\ntwo three"),
        ("e\u0301", "é"),
        ("漢", "[cjk unified ideograph-6f22]"),
    ],
)
def test_a_text_is_made_drawable(text: str, shown: str) -> None:
    assert drawable(text) == shown


def test_every_text_in_plain_data_is() -> None:
    assert all_drawable({"a": ["🚨", 1, None, {"b": "x"}]}) == {
        "a": ["[police cars revolving light]", 1, None, {"b": "x"}]
    }
