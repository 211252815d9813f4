"""Once the words have been translated, none that a reader meets is missing in any language."""

from __future__ import annotations

import re

import pytest

from campaign_site.translations import catalogues, exchange
from campaign_site.translations.extract import KEYWORDS, ROOMS, ROOT
from campaign_site.translations.tongues import TONGUES

FILLED = any(catalogues.path_of(room, code).is_file() for room in ROOMS for code in TONGUES)


def test_every_text_is_marked_with_a_name_that_is_looked_for() -> None:
    imports = re.compile(r"from django.utils.translation import (.+)")
    unknown = []
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            for names in imports.findall(path.read_text(encoding="utf-8")):
                marks = [name.split(" as ")[-1].strip() for name in names.split(",") if "gettext" in name]
                unknown += [(path.name, mark) for mark in marks if mark not in KEYWORDS]
    assert unknown == []


@pytest.mark.skipif(not FILLED, reason="no .po file has been made yet: make messages")
def test_every_word_of_the_public_site_is_translated() -> None:
    found = exchange.all_messages()
    missing = {code: [message.text for message in exchange.missing(code, found, "public")] for code in TONGUES}
    assert {code: texts for code, texts in missing.items() if texts} == {}


@pytest.mark.skipif(not FILLED, reason="no .po file has been made yet: make messages")
def test_what_is_translated_keeps_its_placeholders_its_tags_and_its_script() -> None:
    wrong = []
    kept = {(room, code): catalogues.read(room, code) for room in ROOMS for code in TONGUES}
    for message in exchange.all_messages():
        for code, tongue in TONGUES.items():
            entry = catalogues.entry_of(kept[message.room, code], message.context, message.text)
            if entry is not None and catalogues.is_translated(entry, message.plural, tongue):
                value = list(entry.string) if message.plural else entry.string
                wrong += [(code, message.text, reason) for reason in exchange.troubles(message, value, tongue)]
    assert wrong == []
