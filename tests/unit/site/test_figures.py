"""What benchmarks print is what their table says."""

from __future__ import annotations

import pytest

from tests.bench.__main__ import Result, table
from tests.bench.figures import figure, read


def test_a_number_comes_back_from_what_was_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert figure("posts a second", 2415.4, least=2000, digits=0)
    assert not figure("p99 (of a click)", 21.04, "ms", most=20)
    assert figure("a floor", 5, "ms")
    print("= not a number")
    found = read("said before\n" + capsys.readouterr().out)
    assert [(one.what, one.value, one.unit, one.bound, one.verdict) for one in found] == [
        ("posts a second", "2,415", "", "at least 2,000", "met"),
        ("p99 (of a click)", "21.0", "ms", "at most 20", "MISSED"),
        ("a floor", "5.0", "ms", "", ""),
    ]


def test_the_table_names_what_did_not_end_well() -> None:
    said = table({"desk": Result([], 2.0, "RuntimeError: no database")}, quick=True)
    assert "| desk | did not end well | RuntimeError: no database | | MISSED |" in said
    assert "cores" in said
    assert "django" in said
