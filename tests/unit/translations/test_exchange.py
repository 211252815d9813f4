"""Texts go out to translators and come back; what would break a page is refused."""

from __future__ import annotations

import gettext
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from babel.messages.mofile import write_mo

from campaign_site.translations import catalogues, compiled, exchange, extract
from campaign_site.translations.extract import Message
from campaign_site.translations.tongues import TONGUES

TEMPLATE = """{% load i18n %}
  <p title="{% trans "Reader's page" %}">{# no text #}
{% if x %}
 {% blocktrans trimmed with name=x.name %}
   Written by <b>{{ name }}</b>, 100% sure.
 {% endblocktrans %}{% endif %}
      {% blocktrans count days=n %}{{ days }} day{% plural %}{{ days }} days{% endblocktrans %}
  {% translate "May" context "month" %} don't {{ _("Loose") }}
"""
PYTHON = """
from django.db import models
class Status(models.TextChoices):
    PAST = "past", _("Past campaign")
help_text = _("For staff "
    "alone.")
"""


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Message]:
    """A site of one room with one template and one module."""
    folder = tmp_path / "content" / "templates" / "content" / "pages"
    folder.mkdir(parents=True)
    (folder / "page.html").write_text(TEMPLATE)
    (tmp_path / "content" / "records.py").write_text(PYTHON)
    for module in (extract, catalogues):
        monkeypatch.setattr(module, "ROOT", tmp_path)
    for module in (catalogues, compiled, exchange):
        monkeypatch.setattr(module, "ROOMS", ("content",))
    return extract.messages("content")


def test_every_text_is_found_with_its_plural_its_context_and_its_readers(room: list[Message]) -> None:
    found = {message.text: message for message in room}
    assert set(found) == {
        "Reader's page",
        "Written by <b>%(name)s</b>, 100%% sure.",
        "%(days)s day",
        "May",
        "Loose",
        "Past campaign",
        "For staff alone.",
    }
    assert found["%(days)s day"].plural == "%(days)s days"
    assert found["May"].context == "month"
    assert found["Past campaign"].scope == found["Loose"].scope == "public"
    assert found["For staff alone."].scope == "editing"


def test_a_file_goes_out_comes_back_filled_and_is_spoken(room: list[Message], tmp_path: Path) -> None:
    given: dict[str, Any] = exchange.export("sr", exchange.missing("sr", room, "public"))
    assert given["%(days)s day"] == ["", "", ""]
    assert "For staff alone." not in given
    given["%(days)s day"] = ["%(days)s дан", "%(days)s дана", "%(days)s дана"]
    given["month\u0004May"] = "мај"
    assert exchange.take("sr", given, room) == 2
    assert {message.text for message in exchange.missing("sr", room)} == {
        message.text for message in room if message.text not in {"%(days)s day", "May"}
    }
    compiled.compile_stale(tmp_path / "build")
    with (tmp_path / "build/content/sr/LC_MESSAGES/django.mo").open("rb") as file:
        spoken = gettext.GNUTranslations(file)
    assert [spoken.ngettext("%(days)s day", "%(days)s days", n) for n in (1, 3, 5, 21)] == [
        "%(days)s дан",
        "%(days)s дана",
        "%(days)s дана",
        "%(days)s дан",
    ]
    assert spoken.pgettext("month", "May") == "мај"


def test_an_update_keeps_translations_and_compiling_again_writes_nothing(room: list[Message], tmp_path: Path) -> None:
    exchange.take("ro", {"Loose": "Liber"}, room)
    before = catalogues.path_of("content", "ro").read_bytes()
    catalogues.update_all()
    assert catalogues.path_of("content", "ro").read_bytes() == before
    assert compiled.compile_stale(tmp_path / "build") > 0
    assert compiled.compile_stale(tmp_path / "build") == 0


MESSAGE = Message("content", "", "See <a href='%(url)s'>it</a>", "", (), "public")
COUNTED = Message("content", "", "%(n)s post", "%(n)s posts", (), "public")
REFUSED: list[tuple[str, Message, Any, str]] = [
    ("ro", MESSAGE, "Vezi <a href='%(adresa)s'>aici</a>", "placeholders"),
    ("ro", MESSAGE, "Vezi %(url)s", "tags"),
    ("ro", MESSAGE, " Vezi <a href='%(url)s'>aici</a>", "space"),
    ("ro", MESSAGE, ["Vezi <a href='%(url)s'>aici</a>"], "not counted"),
    ("ro", COUNTED, ["%(n)s postare", "%(n)s postări"], "needs 3 forms"),
    ("ro", COUNTED, ["%(n)s postare", "", "%(n)s de postări"], "empty"),
    ("bg", MESSAGE, "Vizhte <a href='%(url)s'>tuk</a>", "Cyrillic"),
    ("cnr", MESSAGE, "Види <a href='%(url)s'>ово</a>", "Latin"),
    ("el", MESSAGE, "See <a href='%(url)s'>this</a>", "Greek"),
]


@pytest.mark.parametrize(("code", "message", "value", "reason"), REFUSED)
def test_what_would_break_a_page_is_refused(code: str, message: Message, value: Any, reason: str) -> None:
    assert reason in " ".join(exchange.troubles(message, value, TONGUES[code]))


def test_one_wrong_text_leaves_everything_as_it_was(room: list[Message]) -> None:
    with pytest.raises(exchange.RefusedError, match="no text of the site"):
        exchange.take("ro", {"Loose": "Liber", "Unknown": "Necunoscut"}, room)
    assert not catalogues.path_of("content", "ro").exists()


def test_words_counted_in_another_place_are_taken_where_they_are_not(room: list[Message]) -> None:
    counted = Message("media", "", "Loose", "Loose ones", (), "public")
    assert exchange.take("ro", {"Loose": "Liber"}, [counted, *room]) == 1
    entry = catalogues.entry_of(catalogues.read("content", "ro"), "", "Loose")
    assert entry is not None
    assert entry.string == "Liber"


def test_every_languages_plural_rule_fits_its_examples() -> None:
    for tongue in TONGUES.values():
        file = BytesIO()
        catalogue = catalogues._empty(tongue)
        catalogue.add(("one", "many"), tuple(str(form) for form in range(tongue.forms)))
        write_mo(file, catalogue)
        file.seek(0)
        spoken = gettext.GNUTranslations(file)
        for form, numbers in enumerate(tongue.examples):
            for number in numbers.split(", "):
                assert spoken.ngettext("one", "many", int(number)) == str(form), (tongue.code, number)
