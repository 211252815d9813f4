from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from media.captions import clean_captions, read_captions


def test_only_cues_are_kept() -> None:
    source = (
        "\ufeffWEBVTT - made by a program\r\n\r\nSTYLE\r\n::cue { color: red }\r\n\r\n"
        "NOTE Ana's computer\r\n\r\n1\r\n00:00.000 --> 00:02.500 align:start\r\n"
        "<v Ana>Dobar <c.red>dan</c>.</v>\r\n\r\n"
        "00:01:03.000 --> 00:01:04.000\r\nЗбогом.\r\nΑντίο.\r\n"
    )
    expected = (
        "WEBVTT\n\n00:00.000 --> 00:02.500 align:start\n<v Ana>Dobar dan.</v>\n\n"
        "00:01:03.000 --> 00:01:04.000\nЗбогом.\nΑντίο.\n"
    )
    assert clean_captions(source.encode()).decode() == expected
    assert clean_captions(expected.encode()).decode() == expected
    assert [(cue.start, cue.end) for cue in read_captions(source.encode())] == [(0, 2500), (63000, 64000)]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"1\n00:00:01,000 --> 00:00:02,000\nSubRip\n", "first line must be WEBVTT"),
        (b"\x89PNG\r\n", "UTF-8"),
        (b"WEBVTT\n\nNOTE nothing\n", "no captions"),
        (b"WEBVTT\n\n00:02.000 --> 00:01.000\nBack\n", "ends before it starts"),
        (b"WEBVTT\n\n0:2 --> 0:3\nShort\n", "cannot be read"),
        (b"WEBVTT\n\n" + b"a" * 2_000_001, "heavier than 2 MB"),
    ],
)
def test_what_is_wrong_is_said(content: bytes, says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        read_captions(content)
