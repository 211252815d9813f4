"""Dates, numbers and names of months in every language, Montenegrin included."""

from __future__ import annotations

from datetime import date

import pytest
from babel.dates import format_date
from django.utils.formats import date_format
from django.utils.translation import check_for_language, get_language_from_path, override

from campaign_site.translations.compiled import date_words
from campaign_site.translations.tongues import TONGUES
from content.templatetags.content_language import grouped, lang_of

DAYS = [date(2026, 1, 1), date(2026, 5, 23), date(2026, 11, 3)]


def test_a_date_is_written_as_the_unicode_cldr_writes_it() -> None:
    for code, tongue in TONGUES.items():
        with override(code):
            for day in DAYS:
                assert date_format(day) == format_date(day, "long", tongue.cldr), code


@pytest.mark.parametrize(
    ("code", "number"), [("en", "1,234.5"), ("sr", "1.234,5"), ("bg", "1\u00a0234,5"), ("cnr", "1.234,5")]
)
def test_a_number_has_the_separators_of_its_language(code: str, number: str) -> None:
    with override(code):
        assert grouped(1234.5) == number


def test_montenegrin_has_addresses_of_its_own() -> None:
    assert check_for_language("cnr")
    assert get_language_from_path("/cnr/projects/") == "cnr"


def test_serbian_is_cyrillic_and_montenegrin_says_srijeda() -> None:
    assert date_words(TONGUES["sr"]).get("Wednesday").string == "среда"
    assert date_words(TONGUES["cnr"]).get("Wednesday").string == "srijeda"


def test_a_passage_says_its_language_only_where_it_is_not_the_pages() -> None:
    with override("ro"):
        assert lang_of("en") == ' lang="en"'
        assert lang_of("ro") == ""
