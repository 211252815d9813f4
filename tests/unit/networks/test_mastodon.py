from __future__ import annotations

import pytest

from social_publisher.networks.mastodon import plain

SHOWN = (
    '<p>Ask &amp; see <span class="h-card" translate="no"><a href="https://far.example/@selec" class="u-url mention">@'
    '<span>selec</span></a></span><br />now &lt;b&gt; &#39;x&#39;</p><p><a href="https://www.example.org/go/abc">'
    '<span class="invisible">https://www.</span><span class="ellipsis">example.org/go</span>'
    '<span class="invisible">/abc</span></a> <a href="https://m.example/tags/x" class="mention hashtag">'
    "#<span>X</span></a></p>"
)


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
