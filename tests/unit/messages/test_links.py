from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from social_publisher.messages.links import UnsafeLinkError, check_link, with_campaign


@pytest.mark.parametrize("url", ["https://example.org/", "http://127.0.0.1:8000/go/abc?x=1#y"])
def test_web_addresses_pass_unchanged(url: str) -> None:
    assert check_link(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "java\u200bscript:alert(1)",
        "https://exam\u200bple.org/",
        "https://example.org/\u202e",
        "data:text/html,x",
        "//example.org",
        "https://",
        "https://example.org/a b",
        "https://example.org/\n",
        "",
    ],
)
def test_everything_else_is_refused(url: str) -> None:
    with pytest.raises(UnsafeLinkError):
        check_link(url)


def test_the_campaign_is_named_and_other_parameters_stay() -> None:
    url = with_campaign(
        "https://example.org/p/?q=1&utm_source=old#part", source="x", campaign="fait-awareness", content="post-7"
    )
    parts = urlsplit(url)
    assert parts.fragment == "part"
    assert parse_qs(parts.query) == {
        "q": ["1"],
        "utm_source": ["x"],
        "utm_medium": ["social"],
        "utm_campaign": ["fait-awareness"],
        "utm_content": ["post-7"],
    }


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_any_campaign_code_comes_back_from_the_address(code: str) -> None:
    url = with_campaign("https://example.org/", source="x", campaign=code or "c", content="1")
    assert parse_qs(urlsplit(url).query)["utm_campaign"] == [code or "c"]
