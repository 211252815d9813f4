from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from campaign_site.machine.cards.emblem import BLUE, GOLD, emblem
from campaign_site.machine.cards.letters import Lettering, runs
from campaign_site.machine.cards.picture import MARGIN, WORDS_END, Card, draw_card, statement_lines

ALPHABETS = {
    "sq": "çëÇË", "hr": "čćđšžČĆĐŠŽ", "sr": "ђјљњћџЂЈЉЊЋЏ", "bg": "абвъьюяЩ", "el": "άέήίόύώϊΐΏς",
    "hu": "őűŐŰáé", "ro": "ăâîșțȘȚ", "mk": "ѓќѕџЃЌЅ", "tr": "ğışİĞŞ",
}  # fmt: skip


def art(colour: str) -> bytes:
    target = BytesIO()
    Image.new("RGB", (80, 45), colour).save(target, "PNG")
    return target.getvalue()


@pytest.mark.parametrize(("language", "letters"), ALPHABETS.items())
def test_every_letter_of_every_language_has_a_shape(language: str, letters: str) -> None:
    from campaign_site.machine.cards.letters import _font

    for path, part in runs(letters):
        font = _font(path, 40, 700)
        missing = bytes(font.getmask("\ue000"))
        assert all(bytes(font.getmask(letter)) != missing for letter in part), part
    assert "".join(part for _path, part in runs(letters)) == letters


def test_letters_grow_with_size_and_weight() -> None:
    text = "Граница Border Σύνορα"
    assert Lettering(60, 400, "sr").width(text) > Lettering(30, 400, "sr").width(text)
    assert Lettering(60, 800, "sr").width(text) > Lettering(60, 300, "sr").width(text)


def test_a_card_is_a_jpeg_of_the_size_networks_ask_for() -> None:
    card = Card("Smuggling takes from all of us", "en", "Campaign", "Owner", art("#ffffff"))
    with Image.open(BytesIO(draw_card(card))) as picture:
        assert (picture.format, picture.size) == ("JPEG", (1200, 630))
        assert not picture.getexif()
        # White art at the right, the ground behind the words at the left.
        assert min(picture.getpixel((1190, 20))) > 240
        assert max(picture.getpixel((10, 300))) < 70


@pytest.mark.parametrize("title", ["", "x" * 255, "слово " * 40, "Кратко"])
def test_any_title_fits(title: str) -> None:
    card = Card(title.strip(), "sr", "Новости", "Owner", art("#123456"), statement="Paid for by them. " * 12)
    assert draw_card(card)


@pytest.mark.parametrize("sentence", ["Съфинансирано от Европейския съюз. ", "Co-funded by the European Union. "])
def test_the_longest_sentence_of_a_funder_is_never_cut(sentence: str) -> None:
    longest = (sentence * 20)[:500].strip()
    for limit in (WORDS_END - MARGIN, WORDS_END - MARGIN - 132):
        _size, lines = statement_lines(longest, "bg", limit)
        assert " ".join(lines).split() == longest.split()


def test_the_emblem_stands_where_there_is_a_statement_alone() -> None:
    def blue(card: Card) -> bool:
        with Image.open(BytesIO(draw_card(card))) as picture:
            colours = picture.crop((64, 480, 180, 570)).getcolors(20_000) or []
        return any(count > 200 and colour[2] > 130 and colour[0] < 40 for count, colour in colours)

    facts = {"title": "A", "language": "en", "kind": "", "owner": "Owner", "art": art("#000000")}
    assert blue(Card(**facts, statement="Funded by the European Union", has_emblem=True))
    assert not blue(Card(**facts, statement="Funded by a company"))
    assert not blue(Card(**facts, has_emblem=True))


def test_the_emblem_has_its_colours_and_shape() -> None:
    picture = emblem(72)
    assert picture.width > picture.height
    assert picture.getpixel((picture.width // 2, picture.height // 2)) == tuple(bytes.fromhex(BLUE[1:]))
    top_star = picture.getpixel((picture.width // 2, round(picture.height / 2 - 72 / 3)))
    assert all(abs(a - b) < 12 for a, b in zip(top_star, bytes.fromhex(GOLD[1:]), strict=True))
