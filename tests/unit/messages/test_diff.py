from __future__ import annotations

import pytest

from social_publisher.messages.diff import Change, Piece, word_diff

SAME, ADDED, REMOVED = Change.SAME, Change.ADDED, Change.REMOVED


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("Ask first.", "Ask first.", [Piece(SAME, "Ask first.")]),
        ("Ask first.", "Ask last.", [Piece(SAME, "Ask "), Piece(REMOVED, "first."), Piece(ADDED, "last.")]),
        (
            "Ask who earns.",
            "Ask how much is lost.",
            [Piece(SAME, "Ask "), Piece(REMOVED, "who earns."), Piece(ADDED, "how much is lost.")],
        ),
        ("", "New.", [Piece(ADDED, "New.")]),
        ("Old.", "", [Piece(REMOVED, "Old.")]),
        ("a\nb", "a b", [Piece(SAME, "a"), Piece(REMOVED, "\n"), Piece(ADDED, " "), Piece(SAME, "b")]),
        ("", "", []),
    ],
)
def test_words_that_stay_come_and_go(before: str, after: str, pieces: list[Piece]) -> None:
    assert word_diff(before, after) == pieces


@pytest.mark.parametrize(("before", "after"), [("One two  three\n", "two three four"), ("Ţigări", "Țigări — nu")])
def test_both_texts_can_be_read_back_to_the_letter(before: str, after: str) -> None:
    pieces = word_diff(before, after)
    assert "".join(piece.text for piece in pieces if piece.change is not ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.change is not REMOVED) == after
