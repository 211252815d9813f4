"""The chain by itself: what it finds, and that an export holds it too."""

from __future__ import annotations

import pytest

from social_publisher.approval.chain import START, Check, Entry, Head, check, link, read_head, read_lines, write_line


def chained(count: int = 5) -> list[Entry]:
    entries, previous = [], START
    for number in range(1, count + 1):
        at = f"2027-01-0{number}T10:00:00.000000+00:00"
        entry = Entry(number * 10, at, None, "system", "tested", f"Ελένη {number}", {"b": 1, "a": [number]})
        after = link(previous, number, entry)
        entries.append(entry._replace(place=number, hash=after, previous=previous))
        previous = after
    return entries


def checked(entries: list[Entry], expected: Head | None = None, *, may_have_gaps: bool = False) -> Check:
    return list(check(entries, expected, may_have_gaps=may_have_gaps))[-1]


def test_an_untouched_chain_holds_and_counts_what_is_not_sealed_yet() -> None:
    answer = checked([*chained(), Entry(99, "2027-01-09", None, "system", "tested", "new", {})])
    assert answer.broken is None
    assert (answer.sealed, answer.unsealed, answer.head) == (5, 1, Head(5, chained()[-1].hash))


@pytest.mark.parametrize("field", ["id", "at", "actor", "actor_name", "action", "subject", "data"])
def test_a_changed_field_breaks_at_its_own_entry(field: str) -> None:
    entries = chained()
    entries[2] = entries[2]._replace(**{field: 7})
    broken = checked(entries).broken
    assert broken is not None
    assert (broken.place, broken.why[:14]) == (3, "it was changed")


def test_a_removed_entry_is_a_gap_that_is_named() -> None:
    entries = chained()
    del entries[1]
    assert "1 before it are missing, from place 2 on" in str(checked(entries).broken)


def test_two_that_changed_places_break_at_the_first() -> None:
    entries = chained()
    second, third = entries[1], entries[2]
    entries[1] = third._replace(place=2, hash=second.hash, previous=second.previous)
    entries[2] = second._replace(place=3, hash=third.hash, previous=third.previous)
    assert checked(entries).broken.place == 2
    assert "it stands after place" in str(checked([chained()[0], chained()[0]]).broken)


def test_a_replaced_entry_with_a_hash_of_its_own_breaks_at_the_next() -> None:
    entries = chained()
    forged = entries[1]._replace(subject="forged")
    entries[1] = forged._replace(hash=link(entries[0].hash, 2, forged))
    assert checked(entries).broken.place == 3


def test_a_cut_off_end_and_a_chain_written_anew_are_found_by_an_expected_head() -> None:
    entries = chained()
    kept = Head(5, entries[-1].hash)
    assert checked(entries, kept).broken is None
    assert checked(entries[:3]).broken is None
    assert "the last one is 3" in str(checked(entries[:3], kept).broken)
    assert checked(entries, Head(5, "0" * 64)).broken.place == 5


def test_an_export_is_checked_line_by_line_and_with_gaps_where_they_are_allowed() -> None:
    lines = [write_line(entry) for entry in chained()]
    assert checked(list(read_lines(lines))).sealed == 5
    some = list(read_lines([lines[1], lines[2], lines[4]]))
    answer = checked(some, may_have_gaps=True)
    assert (answer.broken, answer.sealed, answer.gaps) == (None, 3, 2)
    assert checked(some).broken.place == 2
    changed = [*some[:2], some[2]._replace(subject="changed")]
    assert checked(changed, may_have_gaps=True).broken.place == 5
    with pytest.raises(ValueError, match="Line 2"):
        list(read_lines([lines[0], '{"id": 1}']))


def test_no_text_ends_a_line_of_an_export() -> None:
    words = "".join(map(chr, range(0x100))) + "\u2028\u2029Ж"
    entry = chained()[0]._replace(subject=words, data={words: words})
    text = write_line(entry)
    assert text.splitlines() == [text.removesuffix("\n")]
    assert list(read_lines([text])) == [entry]
    assert "Ж" in text


def test_a_head_is_read_as_it_is_printed() -> None:
    head = Head(12, "ab" * 32)
    assert read_head(f" {head}\n") == head
    for wrong in ("", "12", "12:ab", "x:" + "ab" * 32):
        with pytest.raises(ValueError):
            read_head(wrong)
