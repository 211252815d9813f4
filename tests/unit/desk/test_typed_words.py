"""A word typed to confirm: in the language of the desk, in any case, with or without accents."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from social_publisher.desk.pauses import PauseEverythingForm


@pytest.mark.parametrize(("language", "typed"), [("en", "pause"), ("el", "Παύση"), ("el", "παυση"), ("sq", "pauze")])
def test_a_confirmation_needs_no_accents(language: str, typed: str) -> None:
    with override(language):
        assert PauseEverythingForm({"reason": "Incident", "confirmation": typed}).is_valid()


@pytest.mark.parametrize(("language", "typed"), [("en", "yes"), ("el", "pause"), ("el", "παύ")])
def test_another_word_confirms_nothing(language: str, typed: str) -> None:
    with override(language):
        assert "confirmation" in PauseEverythingForm({"reason": "Incident", "confirmation": typed}).errors
