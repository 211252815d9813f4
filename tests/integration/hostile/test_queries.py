"""Every address that is read, with anything behind its question mark and anything in its parts: it answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from itertools import cycle
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.integration.hostile.addresses import screens
from tests.integration.hostile.asking import THEIRS, asked, names_read, told, undone, whoever
from tests.integration.hostile.conftest import World
from tests.support.hostile import ANYTHING

pytestmark = pytest.mark.xdist_group("starting_content")
# What Wagtail's screens and the API read behind the question mark, beside what our own sources name.
WAGTAILS = (
    *("q", "p", "page", "ordering", "export", "id", "next", "filter", "locale", "collection_id", "tag", "usage_count"),
    *("campaign", "channel", "status", "date", "view", "order", "limit", "offset", "fields", "search", "type"),
    *("results_only", "_w_filter_fragment", "show_locale_labels", "multiple", "allow_external_link", "link_text"),
    *("page_type", "user_perms", "lang", "translation_of", "child_of", "descendant_of", "parent", "can_choose_root"),
)  # fmt: skip
NAMES = tuple(dict.fromkeys((*names_read("GET"), *WAGTAILS)))
ANY_TEXT = st.one_of(st.sampled_from(ANYTHING), st.text(max_size=20))
QUERY = st.dictionaries(
    st.sampled_from(NAMES), st.one_of(ANY_TEXT, st.lists(ANY_TEXT, max_size=3)), min_size=4, max_size=10
)
POOL = 40
# The first example of Hypothesis is the dullest there is: it is passed over, and the second is the one that asks.
FEW = settings(
    max_examples=2, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


def is_dull(pool: Sequence[object]) -> bool:
    """Whether all of them are the same."""
    return len({repr(one) for one in pool}) == 1


def test_what_is_read_is_found() -> None:
    assert {"next", "campaign", "url"} <= set(NAMES)
    assert len(names_read("GET")) > 15


@pytest.mark.parametrize("who", ["reader", "administrator"])
@FEW
@given(queries=st.lists(QUERY, min_size=POOL, max_size=POOL))
def test_with_anything_behind_the_question_mark(desk: World, who: str, queries: list[dict[str, Any]]) -> None:
    if is_dull(queries):
        return
    client = whoever(who)
    wrong = {}
    for path, query in zip(screens(desk.things).values(), cycle(queries), strict=False):
        with undone():
            _answer, broken = asked(partial(client.get, path, query))
        if broken and not THEIRS.search(path):
            wrong[path] = f"{broken} {query!r:.600}"
    assert not wrong, told(wrong)


PARTS = (
    *("0", "9" * 19, "9" * 400, "-1", "1e9", "١", "a" * 3_000, "..", "%2e%2e%2f", "x%0d%0aX-Hx9:1", "%ff%fe"),
    *("%00", "<x-hx9>", "'\"", ";", "%25", "{{7*7}}", "null", "a.b", "https:%2F%2Fhx9.example", "\u202e", "😀", "*"),
)  # fmt: skip
REGEX_PART = re.compile(r"(?<=/)(?:1|x)(?=/|$)")


def with_parts(path: str, parts: list[str]) -> str:
    """The address with other words where it has a number or a name."""
    left = iter(parts)
    return REGEX_PART.sub(lambda found: next(left, found[0]), re.sub(r"(?<=/)\d+(?=/|$)", "1", path))


@pytest.mark.parametrize("who", ["reader", "administrator"])
@FEW
@given(parts=st.lists(st.sampled_from(PARTS), min_size=POOL, max_size=POOL))
def test_with_anything_in_its_parts(desk: World, who: str, parts: list[str]) -> None:
    if is_dull(parts):
        return
    client = whoever(who)
    wrong = {}
    varied = [path for path in screens(desk.things).values() if with_parts(path, ["y"]) != path]
    assert len(varied) > 150
    for number, path in enumerate(varied):
        address = with_parts(path, (parts + parts)[number % POOL :])
        with undone():
            _answer, broken = asked(partial(client.get, quote(address, safe="/%?&=")))
        if broken and not THEIRS.search(path):
            wrong[address[:100]] = broken
    assert not wrong, told(wrong)


OF_ALL = ("0", "9" * 19, "9" * 400, "%00", "..", "%ff%fe", "<x-hx9>", "x%0d%0aX-Hx9:1", "١")


def test_everything_in_the_parts_of_what_anybody_opens(desk: World) -> None:
    client, wrong = Client(raise_request_exception=False), {}
    shown = [path for path in screens(desk.things).values() if not path.startswith("/admin/")]
    shown += ["/go/nothing", "/calendar/nothing.ics", "/media/videos/nothing.mp4", "/documents/1/nothing.pdf"]
    for path in dict.fromkeys(re.sub(r"nothing|calendar-secret", "x", path) for path in shown):
        for part in OF_ALL:
            address = re.sub(r"(?<=/)(?:1|x)(?=[/.]|$)", part, path)
            with undone():
                _answer, broken = asked(partial(client.get, address if "%" in address else quote(address)))
            if broken:
                wrong[address[:100]] = broken
    assert not wrong, told(wrong)
