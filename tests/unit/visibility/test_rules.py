from __future__ import annotations

import pytest

from content.visibility import EMBLEM, Funding, Logo, Statement, fitted, notice_for

ENGLISH = Statement("en", "Co-funded by the European Union.", "Views are those of the author only.")
ROMANIAN = Statement("ro", "Cofinanțat de Uniunea Europeană.")
EU = Funding("eu", [ENGLISH, ROMANIAN], wants_emblem=True)
LOGO = Logo("/media/logo.png", "A programme", 400, 100)


def test_the_words_are_those_of_the_pages_language() -> None:
    notice = notice_for(EU, "ro", "en")
    assert (notice.statement, notice.language) == (ROMANIAN.statement, "ro")


def test_words_in_the_main_language_stand_in_and_say_which_language_they_are() -> None:
    notice = notice_for(EU, "el", "en")
    assert (notice.statement, notice.language, notice.emblem) == (ENGLISH.statement, "en", True)


@pytest.mark.parametrize("statements", [[], [ROMANIAN], [Statement("en", "  ")]])
def test_without_words_there_is_no_emblem_either(statements: list[Statement]) -> None:
    assert notice_for(Funding("eu", statements, wants_emblem=True), "el", "en") is None


@pytest.mark.parametrize("kind", ["public", "private"])
def test_only_the_union_has_its_emblem_whatever_the_record_says(kind: str) -> None:
    assert not notice_for(Funding(kind, [ENGLISH], wants_emblem=True), "en", "en").emblem


def test_a_private_funder_is_named_in_words_alone() -> None:
    notice = notice_for(Funding("private", [ENGLISH], wants_emblem=True, logo=LOGO), "en", "en")
    assert (notice.emblem, notice.logo) == (False, None)


@pytest.mark.parametrize("size", [(400, 100), (50, 900), (5000, 5000), (96, 64), (10, 10), (1, 4000)])
def test_no_logo_is_wider_or_higher_than_the_emblem(size: tuple[int, int]) -> None:
    shown = fitted(Logo("/l.png", "l", *size))
    assert 1 <= shown.width <= EMBLEM[0]
    assert 1 <= shown.height <= EMBLEM[1]


def test_a_small_logo_is_not_blown_up_and_keeps_its_proportions() -> None:
    assert (fitted(Logo("/l.png", "l", 40, 20)).width, fitted(Logo("/l.png", "l", 40, 20)).height) == (40, 20)
    wide = fitted(LOGO)
    assert (wide.width, wide.height) == (96, 24)
