from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from social_publisher.messages.id_numbers import (
    IBAN_LENGTHS,
    is_amka,
    is_cnp,
    is_egn,
    is_hungarian,
    is_iban,
    is_idnp,
    is_jmbg,
    is_tckn,
)
from social_publisher.messages.personal_data import Kind, personal_data, suspects


def kinds(text: str, *public: str) -> list[tuple[str, str]]:
    return [(suspect.kind.value, suspect.text) for suspect in suspects(text, public)]


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        # International writing
        ("Sunați la +40 721 123 456.", "phone", "+40 721 123 456"),
        ("+40 (0)21 303 60 09", "phone", "+40 (0)21 303 60 09"),
        ("0040721123456", "phone", "0040721123456"),
        ("+359 2 987 65 43", "phone", "+359 2 987 65 43"),
        ("+90 (532) 123 45 67", "phone", "+90 (532) 123 45 67"),
        ("tel:+30-210-123-4567", "phone", "+30-210-123-4567"),
        ("+49 30 901820", "phone", "+49 30 901820"),
        # As people write them at home
        ("tel.0721123456", "phone", "0721123456"),
        ("0721.123.456", "phone", "0721.123.456"),
        ("24/7: 021 303 60 09", "phone", "021 303 60 09"),
        ("тел. 0888 123 456", "phone", "0888 123 456"),
        ("02/987 65 43", "phone", "02/987 65 43"),
        ("070 123 456", "phone", "070 123 456"),
        ("069 212 3456", "phone", "069 212 3456"),
        ("011/123-4567", "phone", "011/123-4567"),
        ("067/123-456", "phone", "067/123-456"),
        ("061 123 456", "phone", "061 123 456"),
        ("06 30 123 4567", "phone", "06 30 123 4567"),
        ("210 123 4567", "phone", "210 123 4567"),
        ("6912345678", "phone", "6912345678"),
        ("022 12 34 56", "phone", "022 12 34 56"),
        ("0532 123 45 67", "phone", "0532 123 45 67"),
        ("0 (532) 123 45 67", "phone", "0 (532) 123 45 67"),
        # E-mail
        ("Write to ion.popescu+x@example.ro!", "email", "ion.popescu+x@example.ro"),
        ("иван@пример.бг", "email", "иван@пример.бг"),
        # Plates
        ("B 123 ABC", "plate", "B 123 ABC"),
        ("a fugit cu CJ-07-XYZ.", "plate", "CJ-07-XYZ"),
        ("CB 1234 AB", "plate", "CB 1234 AB"),
        ("СВ 1234 АВ", "plate", "СВ 1234 АВ"),
        ("SK 1234 AB", "plate", "SK 1234 AB"),
        ("AA 123 BB", "plate", "AA 123 BB"),
        ("BG 123-ČĆ", "plate", "BG 123-ČĆ"),
        ("PG AB123", "plate", "PG AB123"),
        ("A12-K-345", "plate", "A12-K-345"),
        ("AA BC-123", "plate", "AA BC-123"),
        ("34 ABC 123", "plate", "34 ABC 123"),
        ("06 A 1234", "plate", "06 A 1234"),
        ("rendszáma ABC-123", "plate", "ABC-123"),
        ("το αυτοκίνητο ΙΚΑ-1234", "plate", "ΙΚΑ-1234"),
        ("mașina ABC 123", "plate", "ABC 123"),
        # Numbers of persons and accounts
        ("CNP 1800101221144", "id_number", "1800101221144"),
        ("ЕГН 7523169263", "id_number", "7523169263"),
        ("JMBG 0101006500006", "id_number", "0101006500006"),
        ("T.C. 10000000146", "id_number", "10000000146"),
        ("NID J50715123A", "id_number", "J50715123A"),
        ("IBAN RO49AAAA1B31007593840000 NOW", "iban", "RO49AAAA1B31007593840000"),
        ("GR16 0110 1250 0000 0001 2300 695", "iban", "GR16 0110 1250 0000 0001 2300 695"),
        ("TR330006100519786457841326", "iban", "TR330006100519786457841326"),
    ],
)
def test_it_looks_like_personal_data(text: str, kind: str, found: str) -> None:
    assert kinds(text) == [(kind, found)]


@pytest.mark.parametrize(
    "text",
    [
        # Dates, years, times
        "On 01.02.2025, 10:30-12:00", "01.02.2025 - 03.04.2025", "2025-01-02 10:30", "1/2/2025", "2019-2023",
        "ISF 2021-2027",
        "15 MAY 2024", "15 MAR 25", "01. 02. 2025. 10:00",
        # Amounts
        "5 021 345 678 lei", "2 300 000 000 EUR", "2.300.000.000", "€ 6 900 000 000", "10 000 000 cigarettes",
        "2345678901 €",
        "120,000 packets", "0.123456789", "3,14159265358979", "1,2 млн. лв", "25 26 27 28 29", "100%",
        # Short numbers, freephone numbers, links, accounts, hashtags
        "Call 112 or 116 111", "0800 123 456", "+359 800 12 345", "0800.123.456", "06 80 123 456", "080 123 456",
        "https://example.org/tel/0721123456?mail=a@b.example", "example.org/0721123456", "@selec@mastodon.social",
        "@selec.org", "#0721123456", "https://example.org/B123ABC",
        # Standards, models, projects, cases, references
        "ISO 900, FAIT 100, KFOR-123", "AK-47, MIG-29", "ISFP-2018-AG-OC-FIRE", "EU 27", "27 EU 2027", "ATHENA 2",
        "Regulation (EU) 2016/679", "No. 1234567890123", "1234567890", "case 2024/123456", "12345678901",
        "G20", "A4", "COVID-19", "TEN 2024", "ART 123",
        "RO49AAAA1B31007593840001", "GR16 0110 1250 0000 0001 2300 696", "1800101221145", "",
    ],
)  # fmt: skip
def test_it_does_not(text: str) -> None:
    assert kinds(text) == []


def test_public_numbers_and_addresses_are_not_personal() -> None:
    text = "Call +40 21 303 60 09 or 021.303.60.09, write to Press@selec.org; not 0721 123 456, not ion@selec.org."
    assert kinds(text, "(021) 303 60 09", " press@SELEC.org") == [("email", "ion@selec.org"), ("phone", "0721 123 456")]


def test_a_finding_names_what_it_found_and_what_to_do() -> None:
    phone, plate = personal_data("0721 123 456, 0721 123 456, B 12 ABC")
    assert phone.reason == "This looks like a telephone number: “0721 123 456”."
    assert "rules" in phone.fix
    assert plate.fix == "Leave it out."


DATES = st.dates(date(1900, 1, 1), date(2030, 12, 31))


@st.composite
def with_check(draw: st.DrawFn, front: Callable[[date], str], known: Callable[[str], bool], digits: int) -> str:
    """A number with the one ending that its check digits allow."""
    number = front(draw(DATES)) + f"{draw(st.integers(0, 10**6 - 1)):06}"
    number = number[: digits - 1]
    valid = [number + str(check) for check in range(10) if known(number + str(check))]
    return draw(st.sampled_from(valid)) if valid else ""


def cnp(day: date) -> str:
    return f"{1 if day.year < 2000 else 5}{day:%y%m%d}40"


def egn(day: date) -> str:
    return f"{day:%y}{day.month + (40 if day.year >= 2000 else 0):02}{day:%d}"


def jmbg(day: date) -> str:
    return f"{day:%d%m}{day.year % 1000:03}"


def hungarian(day: date) -> str:
    return f"{1 if day.year < 2000 else 3}{day:%y%m%d}"


def amka(day: date) -> str:
    return f"{day:%d%m%y}"


NUMBERS = st.one_of(
    with_check(cnp, is_cnp, 13),
    with_check(egn, is_egn, 10),
    with_check(jmbg, is_jmbg, 13),
    with_check(hungarian, is_hungarian, 11),
    with_check(amka, is_amka, 11),
).filter(bool)


@given(NUMBERS, st.sampled_from(["", "CNP: ", "(", "№ "]), st.sampled_from(["", ".", ")", ", născut"]))
def test_a_persons_number_is_found_in_any_sentence(number: str, before: str, after: str) -> None:
    assert kinds(f"{before}{number}{after}") == [(Kind.ID_NUMBER.value, number)]


@pytest.mark.parametrize(
    ("known", "number"),
    [
        (is_cnp, "1800101221144"),
        (is_egn, "7523169263"),
        (is_jmbg, "0101006500006"),
        (is_tckn, "10000000146"),
        (is_hungarian, "18001010016"),
        (is_amka, "01018000016"),
        (is_idnp, "2000000000004"),
    ],
)
def test_one_wrong_digit_makes_no_number(known: Callable[[str], bool], number: str) -> None:
    assert known(number)
    last = (int(number[-1]) + 1) % 10
    assert not known(f"{number[:-1]}{last}")
    assert not known(number[:-1])
    assert not known("")


@given(st.sampled_from(sorted(IBAN_LENGTHS)), st.data())
def test_an_account_is_known_by_its_check_digits(country: str, data: st.DataObject) -> None:
    length = IBAN_LENGTHS[country] - 4
    rest = data.draw(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=length, max_size=length))
    check = 98 - int("".join(str(int(character, 36)) for character in f"{rest}{country}00")) % 97
    iban = f"{country}{check:02}{rest}"
    assert is_iban(iban)
    spaced = " ".join(iban[place : place + 4] for place in range(0, len(iban), 4))
    assert kinds(f"Pay to {spaced}, please") == [("iban", spaced)]
    assert not is_iban(f"{country}{(check + 1) % 100:02}{rest}")


@given(st.text(max_size=300))
def test_no_text_breaks_it_and_what_is_found_stands_in_the_text(text: str) -> None:
    assert all(suspect.text in text for suspect in suspects(text))


@given(st.text(st.characters(categories=["Ll", "Lu", "Zs", "Po"], exclude_characters="@"), max_size=200))
def test_a_text_without_digits_and_at_signs_has_none(text: str) -> None:
    assert suspects(text) == []


@given(st.dates(), st.times(), st.sampled_from(["%d.%m.%Y %H:%M", "%Y-%m-%d", "%d/%m/%Y", "%d.%m.%y", "%d. %m. %Y"]))
def test_a_date_is_no_number(day: date, time: object, pattern: str) -> None:
    assert suspects(f"From {day.strftime(pattern.replace('%H:%M', '10:30'))} on") == []
