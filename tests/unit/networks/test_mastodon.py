from __future__ import annotations

import pytest

from social_publisher.networks.errors import RefusedError
from social_publisher.networks.mastodon import plain
from social_publisher.networks.mastodon.connect import server_address

SHOWN = (
    '<p>Ask &amp; see <span class="h-card" translate="no"><a href="https://far.example/@selec" class="u-url mention">@'
    '<span>selec</span></a></span><br />now &lt;b&gt; &#39;x&#39;</p><p><a href="https://www.example.org/go/abc">'
    '<span class="invisible">https://www.</span><span class="ellipsis">example.org/go</span>'
    '<span class="invisible">/abc</span></a> <a href="https://m.example/tags/x" class="mention hashtag">'
    "#<span>X</span></a></p>"
)


@pytest.mark.parametrize(
    "typed",
    [
        "mastodon.social",
        " Mastodon.Social. ",
        "https://mastodon.social/",
        "https://mastodon.social:443/@user",
        "https://mastodon.social/@user@far.example",
        "mastodon.social/@user",
        "@user@mastodon.social",
        "user@mastodon.social",
    ],
)
def test_a_server_is_known_however_it_is_named(typed: str) -> None:
    assert server_address(typed) == "https://mastodon.social"


@pytest.mark.parametrize(
    ("typed", "address"),
    [("m.example:8443", "https://m.example:8443"), ("straße.example", "https://strasse.example")],
)
def test_ports_and_other_alphabets_are_kept(typed: str, address: str) -> None:
    assert server_address(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        *("", "@user", "localhost", "intranet", "mastodon", "ftp://m.example", "http://m.example", "m.example:port"),
        *("https://user:word@m.example", "https://user@m.example", "m..example", "-.example", "https://"),
        *("127.0.0.1", "10.0.0.8", "169.254.169.254", "8.8.8.8", "0x7f.1", "2130706433", "[::1]", "https://[fe80::1]/"),
        *("printer.local", "db.internal", "site.localhost", "a.home.arpa", "https://m.example\\@a"),
    ],
)
def test_what_is_no_public_server_is_refused(typed: str) -> None:
    with pytest.raises(RefusedError):
        server_address(typed)


@pytest.mark.parametrize("typed", ["http://127.0.0.1:4000", "http://localhost:4000/", "http://[::1]:4000"])
def test_this_machine_is_a_server_for_tests_alone(typed: str) -> None:
    assert server_address(typed, allow_loopback=True) == typed.rstrip("/")
    with pytest.raises(RefusedError):
        server_address(typed)


def test_the_words_are_read_out_of_the_page() -> None:
    content = plain.read(SHOWN)
    assert content.text == "Ask & see @selec\nnow <b> 'x'\n\nhttps://www.example.org/go/abc #X"
    assert plain.same(content.text, "Ask & see @Selec@far.example\nnow <b> 'x'\n\n\nhttps://www.example.org/go/abc  #x")
    assert not plain.same(content.text, "Ask & see @other now <b> 'x' https://www.example.org/go/abc #X")


@pytest.mark.parametrize(
    ("shown", "there"),
    [
        (SHOWN, True),
        ("<p>(https://www.example.org/go/abc).</p>", True),
        ("<p>https://www.example.org/go/abcd</p>", False),
        ("<p>https://www.example.org/go/abc/d</p>", False),
        ("<p>https://www.example.org/go/</p>", False),
        ("", False),
    ],
)
def test_a_link_is_there_only_as_a_whole(shown: str, there: bool) -> None:
    assert plain.read(shown).leads_to("https://www.example.org/go/abc") is there
