from __future__ import annotations

import csv
import zipfile
from io import BytesIO, StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from social_publisher.desk.importing import reader
from social_publisher.desk.importing.columns import Column, Place, place_of
from social_publisher.desk.importing.reader import Sheet, UnreadableFileError, read_file
from social_publisher.messages import cells
from social_publisher.reports.spreadsheet import csv_lines, xlsx_file


def read(data: bytes, name: str = "posts.csv", size: int | None = None) -> Sheet:
    return read_file(name, BytesIO(data), len(data) if size is None else size)


def workbook(rows: list[list[Any]]) -> bytes:
    book, stream = Workbook(), BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(stream)
    return stream.getvalue()


EXPECTED = Sheet(["campaign", "text"], [(2, ["one", "Hello, you\nthere; yes"]), (3, ["two", ""])])


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_shape_of_csv_is_the_same_table(mark: str, end: str, delimiter: str) -> None:
    lines = ["campaign|text", 'one|"Hello, you' + end + 'there; yes"', "two|", ""]
    text = mark + end.join(lines).replace("|", delimiter)
    assert read(text.encode()) == EXPECTED


def test_a_table_of_xlsx_is_the_same() -> None:
    rows = [["campaign", "text", None], ["one", "Hello, you\nthere; yes"], ["two", None]]
    assert read(workbook(rows), "Posts.XLSX") == EXPECTED


def test_comments_and_empty_rows_are_left_out_and_numbers_stay() -> None:
    sheet = read(b"# a note;with a cell\n\ncampaign;text\n;\n# another\none;Hi\n")
    assert sheet == Sheet(["campaign", "text"], [(6, ["one", "Hi"])])


def test_a_separator_inside_a_quoted_heading_separates_nothing() -> None:
    assert read(b'"text: A, B, C";text\nx;y\n').heading == ["text: A, B, C", "text"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"campaign,text\n", "no row"),
        ("campaign,text\none,Ă".encode("cp1250"), "UTF-8"),
        ("campaign,text\none,x".encode("utf-16-le"), "no CSV"),
        (b'campaign,text\none,"never closed', "breaks off"),
        (b"campaign,text\none,a,b", "more cells"),
        (b"campaign,text\n" + b"one,x\n" * 501, "500 rows"),
        (b"a," * 401 + b"a\nx", "400 columns"),
        (b"campaign,text\none," + b"x" * 20_001, "too much text"),
        (b"campaign,text\n" + b"\n" * 10_000 + b"one,x", "below row"),
    ],
)
def test_a_csv_file_that_cannot_be_taken_says_why(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableFileError, match=words):
        read(data)


def test_as_many_rows_as_may_be_are_taken() -> None:
    assert len(read(b"campaign,text\n" + b"one,x\n" * reader.MOST_ROWS).rows) == reader.MOST_ROWS


def test_a_file_that_is_too_large_or_of_another_kind_is_not_opened() -> None:
    with pytest.raises(UnreadableFileError, match="5 MB"):
        read(b"", size=reader.MOST_BYTES + 1)
    with pytest.raises(UnreadableFileError, match="ends in"):
        read(b"x", "posts.xls")


def bomb(parts: int, size: int) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(parts):
            archive.writestr(f"part{number}.xml", b"0" * size)
    return stream.getvalue()


@pytest.mark.parametrize("data", [bomb(1, reader.MOST_UNPACKED + 1), bomb(reader.MOST_MEMBERS + 1, 1)])
def test_a_bomb_is_not_unpacked(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "load_workbook", lambda *args, **kwargs: pytest.fail("opened"))
    assert len(data) < reader.MOST_BYTES
    with pytest.raises(UnreadableFileError, match="unpacked"):
        read(data, "posts.xlsx")


@pytest.mark.parametrize("data", [b"", b"PK no archive", bomb(2, 10), workbook([["a"], ["b"]])[:-40]])
def test_a_broken_xlsx_file_says_so(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match="XLSX"):
        read(data, "posts.xlsx")


def test_a_row_far_below_is_not_searched_for() -> None:
    book, stream = Workbook(), BytesIO()
    book.worksheets[0]["A1"] = "campaign"
    book.worksheets[0]["A900000"] = "one"
    book.save(stream)
    with pytest.raises(UnreadableFileError, match="below row"):
        read(stream.getvalue(), "posts.xlsx")


def test_numbers_dates_and_yes_are_read_as_typed() -> None:
    from datetime import UTC, date, datetime

    moment = datetime(2027, 3, 4, 15, 30, tzinfo=UTC).replace(tzinfo=None)
    (_number, row) = read(workbook([list("abcdef"), [1.0, 2.5, moment, date(2027, 3, 4), True, 7]]), "p.xlsx").rows[0]
    assert row == ["1", "2.5", "2027-03-04 15:30:00", "2027-03-04 00:00:00", "yes", "7"]


FORMULAS = tuple("=+-@＝＋－＠﹦﹢﹣﹫−")
# Texts of little else than what makes a formula and what ends a cell.
WRITTEN = st.text(st.sampled_from("=@-＝\"',;\t\n\rax "), max_size=12)


@given(st.text())
def test_no_cell_begins_a_formula_and_the_text_comes_back(text: str) -> None:
    assert not cells.guard(text).startswith((*FORMULAS, "\t", "\r", "\n"))
    assert cells.unguard(cells.guard(text)) == text


@pytest.mark.parametrize("sign", FORMULAS)
def test_every_sign_that_begins_a_formula_is_guarded(sign: str) -> None:
    assert cells.guard(f"{sign}1+1") == f"'{sign}1+1"
    for end in ",;\t\n":
        assert cells.guard_pieces(f"a{end}{sign}1+1") == f"a{end}'{sign}1+1"


@given(st.lists(st.lists(WRITTEN, min_size=2, max_size=4), min_size=1, max_size=4), st.sampled_from(",;\t"))
def test_no_program_finds_a_formula_whatever_it_takes_for_the_end_of_a_cell(rows: list[list[str]], end: str) -> None:
    text = b"".join(csv_lines([[cells.written(cell) for cell in row] for row in rows])).decode("utf-8-sig")
    # Programs differ in what a quote means that does not begin a cell: those that know none at all are here too.
    readings = [*csv.reader(StringIO(text, newline=""), delimiter=end)]
    readings += [line.split(end) for line in text.splitlines()]
    assert not [cell for row in readings for cell in row if cell.startswith(FORMULAS)]


@given(WRITTEN)
def test_pieces_come_back(text: str) -> None:
    assert cells.unguard_pieces(cells.guard_pieces(text)) == text
    assert cells.unguard_pieces(cells.keep_guards(text)) == text


@given(WRITTEN)
def test_a_csv_file_may_come_back_as_a_workbook(text: str) -> None:
    """Opened in a program of the file's own country, and saved as XLSX by it."""
    written = b"".join(csv_lines([["one", cells.written(text)]])).decode("utf-8-sig")
    ((_one, cell),) = csv.reader(StringIO(written, newline=""), delimiter=";")
    assert cells.read(cell) == text.replace("\r\n", "\n").replace("\r", "\n")


def test_a_list_of_lines_stays_as_it_is_in_a_workbook() -> None:
    lines = "Demands:\n- one\n- two"
    sheet = load_workbook(xlsx_file([("Posts", [[cells.written(lines)]])])).worksheets[0]
    assert sheet["A1"].value == lines


@given(st.lists(st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="\\"), min_size=1)))
def test_names_in_one_cell_come_back(names: list[str]) -> None:
    assert cells.split(cells.join(names)) == names


# What a person can type into a field: no control characters, no white space around it.
TYPED = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"], include_characters="\n"), max_size=40).map(
    str.strip
)


@given(st.lists(st.lists(TYPED, min_size=3, max_size=3).map(lambda row: ["one", *row]), min_size=1, max_size=5))
def test_both_formats_give_back_what_was_written(rows: list[list[str]]) -> None:
    heading = ["campaign", "text", "link url", "group"]
    written = [heading, *([cells.written(cell) for cell in row] for row in rows)]
    expected = [row for _number, row in read(b"".join(csv_lines(written))).rows]
    assert expected == [[cell.strip() for cell in row] for row in rows]
    with xlsx_file([("Posts", written)]) as stream:
        assert [row for _number, row in read(stream.read(), "p.xlsx").rows] == expected


@pytest.mark.parametrize(
    ("heading", "place"),
    [
        ("Campaign", Place(column=Column.CAMPAIGN)),
        (" time  zone ", Place(column=Column.ZONE)),
        ("Picture 2", Place(picture=2, part="picture")),
        ("picture 2 description", Place(picture=2, part="description")),
        ("picture 21", None),
        ("picture 0", None),
        ("text: Channel: X", Place(channel="Channel: X", part="text")),
        ("Minutes later: X", Place(channel="X", part="minutes later")),
        ("text:", None),
        ("colour", None),
    ],
)
def test_headings_are_known(heading: str, place: Place | None) -> None:
    assert place_of(heading) == place
