from __future__ import annotations

import pytest

from social_publisher.messages.addresses import same_place


@pytest.mark.parametrize(
    "written",
    [
        "https://x.com/selec/status/1",
        "http://twitter.com/selec/status/1/",
        "mobile.twitter.com/selec/status/1?s=20",
        " https://www.x.com/selec/status/1#m ",
    ],
)
def test_a_post_is_found_however_its_address_is_written(written: str) -> None:
    assert "https://x.com/selec/status/1" in same_place(written)


def test_a_query_that_names_the_post_is_kept() -> None:
    assert "https://www.facebook.com/p?id=1" in same_place("facebook.com/p?id=1")


@pytest.mark.parametrize("written", ["", "selec", "https://x.com/", "ftp://x.com/a", "https://[::1", "x.com"])
def test_what_is_no_address_of_a_page_has_no_places(written: str) -> None:
    assert same_place(written) == []
