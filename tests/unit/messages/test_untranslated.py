from __future__ import annotations

import pytest

from social_publisher.messages.untranslated import is_untranslated, mark_untranslated, without_mark


def test_a_copied_text_says_so_until_its_mark_is_gone() -> None:
    marked = mark_untranslated("Ask where it comes from.", "en", "sr-latn")
    assert marked == "[en→sr-latn] Ask where it comes from."
    assert is_untranslated(marked)
    assert is_untranslated(f"⚠️ {marked}")
    assert not is_untranslated(without_mark(marked))


@pytest.mark.parametrize("text", ["[EN] News", "[a] b", "A → B", "", "[link]", "en→ro"])
def test_what_people_write_is_no_mark(text: str) -> None:
    assert not is_untranslated(text)


def test_nothing_stays_nothing() -> None:
    assert mark_untranslated(" ", "en", "ro") == ""
