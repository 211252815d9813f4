"""Our scripts run no text, trust no other window, write to no unknown key and know no other host.

Where a rule names a line, somebody read it; whoever adds one says why it is safe.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
ROOMS = ("campaign_site", "content", "media", "social_publisher")
DESK = "social_publisher/static/social_publisher/desk"
ENDINGS = {".js", ".mjs", ".cjs", ".ts"}


@dataclass(frozen=True)
class Rule:
    """What is not to stand in a script, why, and the lines where it may."""

    why: str
    patterns: tuple[str, ...]
    reviewed: frozenset[tuple[str, str]] = frozenset()


RULES = {
    "HTML from text": Rule(
        "Text becomes HTML only on the server, which escapes it: set textContent, or make elements.",
        (
            r"(?:inner|outer)HTML|insertAdjacentHTML|setHTMLUnsafe|createContextualFragment",
            r"document\.write|srcdoc",
        ),
        frozenset(
            {
                # What a template of ours made, at an address the page was given.
                (f"{DESK}/calendar.js", "this.formTarget.innerHTML = html;"),
                (f"{DESK}/lengths.js", "if (response.ok) this.resultTarget.innerHTML = await response.text();"),
                (f"{DESK}/live.js", "this.element.innerHTML = html;"),
                # Read, to see whether it changed.
                (f"{DESK}/compose.js", 'const html = part?.innerHTML ?? "";'),
            }
        ),
    ),
    "text run as code": Rule(
        "No text is run as code, and no attribute that runs one is set.",
        (
            r"\beval\b|\bFunction\s*\(|\.constructor\s*\(|\bimport\s*\(|javascript:",
            r"\bset(?:Timeout|Interval)\s*\(\s*[\"'`]",
            r"setAttribute\(\s*[\"'`]on",
        ),
    ),
    "other windows": Rule(
        "Messages of other windows are not listened to, and none are sent.",
        (
            r"postMessage|\bonmessage\b|[\"'`]message[\"'`]|BroadcastChannel|MessageChannel",
            r"window\.(?:opener|parent|top)\b",
        ),
    ),
    "unknown keys": Rule(
        "No key that came from outside is written to, so that none can be the prototype.",
        (
            r"__proto__|\.prototype\b|setPrototypeOf|fromEntries",
            # A literal names its keys; a variable or a spread in one does not.
            r"Object\.assign\s*\((?![^,{}]+,\s*\{(?![^}]*\.\.\.)[^}]*\}\s*\))",
            r"\bfor\s*\(\s*(?:const|let|var)?\s*[\w\[\],\s]+\sin\s",
            # A number or a quoted word is a known key.
            r"[\w)\]]\[(?!\d+\]|\"[^\"]*\"\]|'[^']*'\])[^\]]+\]\s*[-+*/|&?]{0,2}=(?![=>])",
        ),
    ),
    "other hosts": Rule(
        "Scripts ask this site alone.",
        (
            r"(?:https?|wss?|ftp|data|blob):|[\"'`]//",
            r"\bWebSocket\b|EventSource|sendBeacon|RTCPeerConnection|importScripts",
        ),
    ),
    "kept in the browser": Rule(
        "Nothing is kept in a browser that others may use after us.",
        (r"\b(?:local|session)Storage\b|indexedDB|document\.cookie|cookieStore|\bcaches\.|serviceWorker",),
    ),
}

WRONG = {
    "HTML from text": [
        "place.innerHTML = text;", "place.outerHTML = text;", "place.insertAdjacentHTML('beforeend', text);",
        "document.write(text);", "place['innerHTML'] = text;", "frame.srcdoc = text;", "place.innerHTML += text;",
    ],
    "text run as code": [
        "eval(text);", "new Function(text)();", "[text].map(eval);", 'setTimeout("go()", 5);',
        "setInterval(`go()`, 5);",
        'window.setTimeout( "go()", 5);', 'link.href = "javascript:go()";', "await import(address);",
        "place.setAttribute('onclick', text);",
    ],
    "other windows": [
        "parent.postMessage(text, '*');", 'window.addEventListener("message", hear);', "window.onmessage = hear;",
        "window.opener.focus();",
    ],
    "unknown keys": [
        "Object.assign(held, answer);", "Object.assign(held, { a: 1 }, answer);", "Object.assign(held, { ...answer });",
        "for (const key in answer) {", "for (key in answer) {", "held[key] = value;", "held.one[key.name] = value;",
        "held.__proto__ = value;", "Object.fromEntries(pairs);", "held[`${key}`] = value;", "held[key] ??= value;",
    ],
    "other hosts": [
        'fetch("https://example.org/x");', "fetch('//example.org/x');", "new WebSocket(address);",
        "navigator.sendBeacon(address);", "new EventSource(address);",
    ],
    "kept in the browser": [
        "localStorage.setItem('a', text);", "window.sessionStorage.a = text;", "document.cookie = text;",
        "indexedDB.open('a');",
    ],
}  # fmt: skip

FINE = [
    "place.textContent = text;",
    "place.replaceChildren(...fresh.childNodes);",
    "this.timer = window.setTimeout(() => this.ask(), REST);",
    'this.form.addEventListener("input", this.later);',
    'Object.assign(button, { type: "button", textContent: this.undoValue });',
    "for (const box of this.boxTargets) {",
    'rows[0].querySelector("input").value = "";',
    "const [text, campaign] = this.fields;",
    "if (held[key] === value) go();",
    "held[0] = value;",
    'held["name"] = value;',
    "const query = { [NAME]: value };",
    "fetch(this.urlValue, { method: 'POST', body });  // asks this site",
    "window.location.reload();",
]


@lru_cache(maxsize=1)
def lines() -> list[tuple[str, int, str]]:
    """Every line of every script of ours: its file, its number and what it says."""
    paths = [path for room in ROOMS for path in sorted((ROOT / room).glob("static/**/*")) if path.suffix in ENDINGS]
    return [
        (path.relative_to(ROOT).as_posix(), number, line.strip())
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    ]


def found_in(name: str, line: str) -> bool:
    """The line has what the rule forbids."""
    return any(re.search(pattern, line) for pattern in RULES[name].patterns)


@pytest.mark.parametrize("name", RULES)
def test_the_scripts_keep_the_rule(name: str) -> None:
    rule = RULES[name]
    found = [
        f"{file}:{number}: {line}"
        for file, number, line in lines()
        if found_in(name, line) and (file, line) not in rule.reviewed
    ]
    assert not found, f"{rule.why} Found: {'; '.join(found)}"


@pytest.mark.parametrize(("file", "line"), sorted({pair for rule in RULES.values() for pair in rule.reviewed}))
def test_a_line_is_named_only_while_it_stands(file: str, line: str) -> None:
    assert (file, line) in {(one, said) for one, _number, said in lines()}, (
        f"{file} has it no more: take it off the list"
    )


@pytest.mark.parametrize(("name", "line"), [(name, line) for name, said in WRONG.items() for line in said])
def test_what_is_wrong_is_found(name: str, line: str) -> None:
    assert found_in(name, line)


@pytest.mark.parametrize("line", FINE)
def test_what_is_fine_is_not(line: str) -> None:
    assert [name for name in RULES if found_in(name, line)] == []


def test_every_rule_is_tried_and_scripts_are_there() -> None:
    assert set(WRONG) == set(RULES)
    assert len({file for file, _number, _line in lines()}) >= 10


def test_scripts_are_files_of_their_own() -> None:
    """Templates hold no script but JSON, and no attribute that runs one."""
    inline = re.compile(
        r"<script(?![^>]*(?:\bsrc=|type=\"(?:application|text)/(?:ld\+)?json\"))[^>]*>|\son\w+=[\"']", re.I
    )
    found = [
        f"{path.relative_to(ROOT)}: {hit[0]}"
        for room in ROOMS
        for path in (ROOT / room).rglob("*.html")
        for hit in inline.finditer(path.read_text(encoding="utf-8"))
    ]
    assert not found, found
