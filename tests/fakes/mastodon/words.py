"""How Mastodon and GoToSocial count and show a text, by their descriptions and apart from our own counting."""

from __future__ import annotations

import html
import re

import regex

LABEL = r"[^\W_](?:[\w-]*[^\W_])?"
URL = re.compile(rf"(?<![\w@#$/.])https?://(?:{LABEL}\.)+[^\W\d_]{{2,}}(?::\d+)?(?:[/?#][^\s<>\"]*)?")
MENTION = re.compile(r"(?<![\w/=@])@(?P<name>[a-zA-Z0-9_]+(?:[a-zA-Z0-9_.-]*[a-zA-Z0-9_])?)(?:@(?P<server>[\w.-]+\w))?")
HASHTAG = re.compile(r"(?<![\w/&)])#(?P<tag>\w*[^\W\d_]\w*)")
ENTITY = re.compile(f"(?P<url>{URL.pattern})|{HASHTAG.pattern}|{MENTION.pattern}")


def count(text: str, warning: str, *, plainly: bool) -> int:
    """Mastodon: graphemes, 23 for a link, a mention without its server. GoToSocial (`plainly`): code points."""
    if plainly:
        return len(text) + len(warning)
    text = URL.sub(lambda found: "x" * 23 + found[0][len(_address(found[0])) :], text)
    text = MENTION.sub(lambda found: f"@{found['name']}", text)
    return len(regex.findall(r"\X", warning + text))


def as_html(text: str, base: str, *, plainly: bool) -> str:
    """A Status's `content`: paragraphs and line breaks, links in three pieces, hashtags and mentions as links."""
    pieces, end = [], 0
    for found in ENTITY.finditer(text):
        pieces += [html.escape(text[end : found.start()]), _entity(found, base, plainly)]
        end = found.end()
    escaped = "".join([*pieces, html.escape(text[end:])])
    if plainly:
        return f"<p>{escaped.replace(chr(10), '<br>')}</p>"
    paragraphs = [part.replace("\n", "<br />") for part in re.split(r"\n\n+", escaped)]
    return "".join(f"<p>{part}</p>" for part in paragraphs)


def _entity(found: re.Match[str], base: str, plainly: bool) -> str:
    if found["url"]:
        address = _address(found["url"])
        return _link(address, plainly) + html.escape(found["url"][len(address) :])
    if found["tag"]:
        tag = html.escape(found["tag"])
        return f'<a href="{base}/tags/{tag.lower()}" class="mention hashtag" rel="tag">#<span>{tag}</span></a>'
    server = f"https://{found['server']}" if found["server"] else base
    inner = f'<a href="{server}/@{found["name"]}" class="u-url mention">@<span>{found["name"]}</span></a>'
    return f'<span class="h-card" translate="no">{inner}</span>'


def _link(address: str, plainly: bool) -> str:
    rel = 'target="_blank" rel="nofollow noopener"'
    if plainly:
        return f'<a href="{html.escape(address)}" {rel}>{html.escape(address)}</a>'
    start = re.match(r"https?://(?:www\.)?", address)
    assert start is not None
    head, shown, tail = start[0], address[start.end() :][:30], address[start.end() :][30:]
    kind = "ellipsis" if tail else ""
    inner = f'<span class="invisible">{head}</span><span class="{kind}">{html.escape(shown)}</span>'
    return f'<a href="{html.escape(address)}" {rel}>{inner}<span class="invisible">{html.escape(tail)}</span></a>'


def _address(written: str) -> str:
    """Without what belongs to the sentence: punctuation at the end, and a bracket that was not opened in it."""
    while written and (written[-1] in ".,:;!?'\"" or (written[-1] in ")]" and written[-1:] not in _closed(written))):
        written = written[:-1]
    return written


def _closed(written: str) -> str:
    return "".join(closing for opening, closing in ("()", "[]") if written.count(opening) >= written.count(closing))
