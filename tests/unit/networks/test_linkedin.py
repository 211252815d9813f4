"""LinkedIn's text format, against a reading of its grammar that shares no code with the writing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from social_publisher.networks.linkedin.api import until_midnight, urns
from social_publisher.networks.linkedin.little import from_little, to_little
from tests.fakes.linkedin import read_little


@given(st.text() | st.text(alphabet="\\|{}@[]()<>#*_~ aЖ1\n"))
@example(r"{hashtag|\#|Word} @[Name](urn:li:person:1) \# \\")
def test_readers_see_what_was_written(text: str) -> None:
    assert from_little(to_little(text)) == text
    assert read_little(to_little(text)) == text


@pytest.mark.parametrize(
    ("text", "commentary"),
    [
        ("#StopSmuggling now", r"{hashtag|\#|StopSmuggling} now"),
        ("(#Пиратство)", r"\({hashtag|\#|Пиратство}\)"),
        ("„#Ένα_δύο“", r"„{hashtag|\#|Ένα\_δύο}“"),
        ("#2026year", r"{hashtag|\#|2026year}"),
        ("C# is #1, a##b", r"C\# is \#1, a\#\#b"),
        ("https://example.org/a_b#top", r"https://example.org/a\_b\#top"),
        ("Ask @selec", r"Ask \@selec"),
        ("50% [sure] <b>", r"50% \[sure\] \<b\>"),
    ],
)
def test_a_hashtag_stays_one_and_the_rest_is_escaped(text: str, commentary: str) -> None:
    assert to_little(text) == commentary


@pytest.mark.parametrize(
    ("commentary", "text"),
    [
        (r"{hashtag|\#|one} {hashtag|#|two} {hashtag|＃|three}", "#one #two ＃three"),
        ("Hello @[Acme \\(Ltd\\)](urn:li:organization:1234)!", "Hello Acme (Ltd)!"),
        ("#plain and (open)", "#plain and (open)"),
    ],
)
def test_what_linkedin_tells_is_read_in_all_its_forms(commentary: str, text: str) -> None:
    assert from_little(commentary) == text


def test_the_next_midnight_is_never_now() -> None:
    midnight = datetime(2026, 11, 25, tzinfo=UTC)
    assert until_midnight(midnight) == timedelta(days=1)
    assert until_midnight(midnight - timedelta(seconds=1)) == timedelta(seconds=1)


def test_a_list_of_urns_is_encoded_once() -> None:
    assert urns(["urn:li:share:1", "urn:li:ugcPost:2"]) == "List(urn%3Ali%3Ashare%3A1,urn%3Ali%3AugcPost%3A2)"
