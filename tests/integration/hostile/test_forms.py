"""Every address that takes a form, with anything in it: it answers, and nothing is half stored."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import partial
from itertools import cycle
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.integration.hostile.addresses import screens
from tests.integration.hostile.asking import (
    LISTS,
    THEIRS,
    Staff,
    Writes,
    asked,
    fields_of,
    has_errors,
    names_read,
    stored,
    told,
    undone,
    whoever,
)
from tests.integration.hostile.conftest import World
from tests.integration.hostile.test_queries import ANY_TEXT, FEW, POOL, is_dull

pytestmark = pytest.mark.xdist_group("starting_content")
SIGN_IN = re.compile(r"^/admin/(?:login|sign-in)/|^/_util/login/")
BOUNDARY = "hx9"
PART = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
NAMES = names_read("POST")
VALUE = st.one_of(ANY_TEXT, st.lists(ANY_TEXT, min_size=1, max_size=3))
Change = tuple[list[tuple[int, Any]], dict[str, Any], bool]
CHANGE = st.tuples(
    st.lists(st.tuples(st.integers(0, 100), VALUE), min_size=1, max_size=4),
    st.dictionaries(st.one_of(st.sampled_from(NAMES), st.text(min_size=1, max_size=9)), VALUE, max_size=2),
    st.booleans(),
)


def odd_bodies() -> dict[str, Callable[[Client, str], Any]]:
    """Bodies that no browser sends."""
    parts = "".join(PART % (f"field{number}", "x") for number in range(20))
    raw: dict[str, tuple[bytes | str, str]] = {
        "no UTF-8": (b"text=\xff\xfe%ff%fe&\xc3\x28=1&name=\xed\xa0\x80", "application/x-www-form-urlencoded"),
        "NUL": (b"text=%00&name=a%00b&next=%00", "application/x-www-form-urlencoded"),
        "a thousand fields": (
            urlencode({f"f{number}": "x" for number in range(1_001)}),
            "application/x-www-form-urlencoded",
        ),
        "one long field": (b"text=" + b"x" * 3_000_000, "application/x-www-form-urlencoded"),
        "a truncated multipart": (parts[:-9], f"multipart/form-data; boundary={BOUNDARY}"),
        "a multipart without a boundary": (parts, "multipart/form-data"),
        "a multipart of nothing": (b"", f"multipart/form-data; boundary={BOUNDARY}"),
        "base64 that is none": (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="text"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
            f"!!!\r\n--{BOUNDARY}--\r\n",
            f"multipart/form-data; boundary={BOUNDARY}",
        ),
        "JSON": (json.dumps({"text": ["<x-hx9>"], "id": {"$gt": 0}}), "application/json"),
        "broken JSON": (b'{"text": ' + b"[" * 5_000, "application/json"),
        "XML": (b'<!DOCTYPE x [<!ENTITY h SYSTEM "file:///etc/passwd">]><x>&h;</x>', "text/xml"),
        "an unknown encoding": (b"text=x", "application/x-www-form-urlencoded; charset=hx9"),
        "no kind": (b"text=x", ""),
    }

    def send(client: Client, path: str, body: bytes | str, kind: str) -> Any:
        return client.generic("POST", path, body, content_type=kind)

    return {name: partial(send, body=body, kind=kind) for name, (body, kind) in raw.items()}


def of_answer(path: str, before: dict[str, Any], answer: Any, broken: str, sent: object, writes: Writes) -> list[str]:
    """What is wrong with what came of a form."""
    if broken or answer.status_code >= 500 or THEIRS.search(path):
        return [f"{broken} {sent!r:.600}"] if broken and not THEIRS.search(path) else []
    if (answer.status_code < 400 and not has_errors(answer)) or not writes.tables & set(before):
        return []
    now = stored()
    # A sign-in that failed is written down.
    noted = {"social_publisher_auditevent"} if SIGN_IN.match(path) else set()
    changed = [name for name, rest in now.items() if rest != before.get(name) and name not in noted]
    return [f"{answer.status_code}, and yet it stored something in {changed}: {sent!r:.300}"] if changed else []


@pytest.mark.parametrize("who", ["reader", "administrator"])
@FEW
@given(kinds=st.permutations(sorted(odd_bodies())))
def test_with_bodies_that_no_browser_sends(desk: World, who: str, kinds: list[str]) -> None:
    if kinds == sorted(kinds):
        return
    client = whoever(who)
    bodies, wrong, before = odd_bodies(), {}, stored()
    for path, kind in zip(screens(desk.things).values(), cycle(kinds), strict=False):
        with undone(), connection.execute_wrapper(writes := Writes()):
            answer, broken = asked(partial(bodies[kind], client, path))
            if found := of_answer(path, before, answer, broken, kind, writes):
                wrong[path] = found
    assert not wrong, told(wrong)


@FEW
@given(changes=st.lists(CHANGE, min_size=POOL, max_size=POOL))
def test_its_own_fields_with_anything_in_them(desk: World, changes: list[Change]) -> None:
    if is_dull(changes):
        return
    client, wrong, forms, before = Staff(), {}, 0, stored()
    for path, change in zip(screens(desk.things).values(), cycle(changes), strict=False):
        with undone():
            fields = {} if LISTS.search(path) else shown(client.get(path))
        forms += len(fields) > 1
        sent = changed(fields, change)
        with undone(), connection.execute_wrapper(writes := Writes()):
            answer, broken = asked(partial(client.post, path, sent))
            if found := of_answer(path, before, answer, broken, sent, writes):
                wrong[path] = found
    assert forms > 60
    assert not wrong, told(wrong)


def shown(page: Any) -> dict[str, Any]:
    """The fields of a page with forms."""
    is_page = not page.streaming and page.status_code == 200 and page["Content-Type"].startswith("text/html")
    fields = fields_of(page.content.decode()) if is_page else {}
    return {name: value for name, value in fields.items() if name not in {"q", "csrfmiddlewaretoken"}}


def changed(fields: dict[str, Any], change: Change) -> dict[str, Any]:
    """The form as it is shown, with some of its fields hostile, some twice, a file where none belongs, and more."""
    places, more, file = change
    names = sorted(fields) or list(NAMES)
    sent = fields | {names[place % len(names)]: value for place, value in places} | (more if file or not fields else {})
    if file:
        sent[names[places[0][0] % len(names)]] = SimpleUploadedFile('hx9"><x>.php', b"<?php hx9", "text/html")
    return {name: value for name, value in sent.items() if name}
