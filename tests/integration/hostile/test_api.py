"""What programs ask: the API, the numbers, feeds, short links, calendars, cards of pages; and where answers lead."""

from __future__ import annotations

from functools import partial
from itertools import cycle
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from campaign_site.machine.api.definitions import ENDPOINTS
from social_publisher.models import ShortLink
from social_publisher.reports.keys import make
from tests.factories import make_user
from tests.integration.hostile import looking
from tests.integration.hostile.addresses import screens
from tests.integration.hostile.asking import LISTS, THEIRS, Staff, asked, told, undone
from tests.integration.hostile.conftest import World
from tests.integration.hostile.test_queries import ANY_TEXT, FEW, is_dull
from tests.support.hostile import (
    ADDRESSES,
    ANYTHING,
    INSIDE_HOSTS,
    JAVASCRIPT,
    ODD_URLS,
    REDIRECTS,
    is_alive_address,
    leads_out,
    texts,
)

pytestmark = pytest.mark.xdist_group("starting_content")
HOSTS = ("testserver", "127.0.0.1:8000")
NAMES = [
    *sorted({row.name for endpoint in ENDPOINTS for row in endpoint.filters}),
    *("fields", "order", "limit", "offset", "search", "locale", "translation_of", "updated_since", "format", "type"),
    *("first", "last", "page", "url", "maxwidth", "maxheight", "campaign", "channel", "state", "callback", "version"),
]
QUERY = st.dictionaries(
    st.sampled_from(NAMES), st.one_of(ANY_TEXT, st.lists(ANY_TEXT, max_size=3)), min_size=1, max_size=8
)


def program() -> list[str]:
    """The addresses that only programs read."""
    lists = [f"/api/v1/{endpoint.name}/" for endpoint in ENDPOINTS]
    feeds = [f"/feeds/{name}.{kind}" for name in ("all", "news", "nothing") for kind in ("atom", "json")]
    more = [
        "/api/results/",
        "/api/results/campaign-1/",
        "/calendar/calendar-secret.ics",
        "/oembed",
        "/go/nothing",
        "/search/",
    ]
    more += [
        "/sitemap.xml",
        "/sitemap-1.xml",
        "/robots.txt",
        "/metrics",
        "/api/",
        "/api/v1/openapi.json",
        "/rehearsal/",
    ]
    return [*lists, *(f"{path}1/" for path in lists), *feeds, *more, "/health/deep"]


@FEW
@given(queries=st.lists(QUERY, min_size=40, max_size=40))
def test_with_anything_asked(desk: World, queries: list[dict[str, Any]]) -> None:
    if is_dull(queries):
        return
    key = make(make_user("Analysts"), "hx9")
    wrong, turn = {}, cycle(queries)
    for path in program() * 3:
        query, headers = next(turn), {"authorization": f"Bearer {key}"}
        with undone():
            answer, broken = asked(partial(Client(raise_request_exception=False).get, path, query, headers=headers))
        if broken or answer.get("Location", "").startswith("//"):
            wrong[path] = f"{broken} {query!r:.400}"
    assert not wrong, told(wrong)


BAD_KEYS = [
    "",
    "Bearer",
    "Bearer ",
    "Bearer \xff",
    "Basic eA==",
    "Bearer results_" + "x" * 5_000,
    "bearer results_\x00",
    "results_",
]


@pytest.mark.parametrize("key", BAD_KEYS, ids=range(len(BAD_KEYS)))
def test_no_odd_key_opens_the_numbers(desk: World, key: str) -> None:
    for path in ("/api/results/", "/api/results/x/"):
        answer, broken = asked(partial(Client(raise_request_exception=False).get, path, headers={"authorization": key}))
        assert (answer.status_code, broken) == (401, "")


def test_no_foreign_address_is_embedded(desk: World) -> None:
    wrong = {}
    odd = (
        *ODD_URLS,
        *REDIRECTS,
        *ADDRESSES,
        *JAVASCRIPT,
        *(f"http://{host}:8000/" for host in INSIDE_HOSTS if host != "127.0.0.1"),
    )
    for url in odd:
        for kind in ("json", "xml"):
            answer, broken = asked(
                partial(Client(raise_request_exception=False).get, "/oembed", {"url": url, "format": kind})
            )
            if broken or answer.status_code not in {400, 404} or looking.faults(answer):
                wrong[url] = f"{answer.status_code} {broken}"
    assert not wrong, told(wrong)


def test_no_odd_code_leads_anywhere(desk: World) -> None:
    wrong = {}
    for code in texts(ANYTHING):
        answer, broken = asked(partial(Client(raise_request_exception=False).get, f"/go/{quote(code, safe='')}"))
        location = answer.get("Location", "")
        if broken or (location and all(leads_out(location, host) for host in HOSTS)):
            wrong[code] = f"{broken} {location}"
    assert not wrong, told(wrong)


def test_a_short_link_leads_to_what_is_stored_and_to_nothing_that_is_asked_for(desk: World) -> None:
    link = ShortLink.objects.exclude(target_url="").first()
    assert link is not None
    for target in REDIRECTS:
        answer = Client().get(
            f"/go/{link.code}",
            {"next": target, "url": target, "to": target},
            headers={"referer": "https://hx9.example/"},
        )
        assert answer["Location"].startswith(link.target_url)
        assert "hx9" not in answer["Location"]


@pytest.mark.parametrize("target", [*JAVASCRIPT, "https://hx9.example\r\nX-Hx9: 1"])
def test_no_short_link_runs_anything(desk: World, target: str) -> None:
    """Written past every form: Django alone stands between it and a reader then."""
    link = ShortLink.objects.exclude(target_url="").first()
    assert link is not None
    ShortLink.objects.filter(pk=link.pk).update(target_url=target.replace("\0", ""))
    answer = Client(raise_request_exception=False).get(f"/go/{link.code}")
    location = answer.get("Location", "")
    assert "X-Hx9" not in answer.headers
    assert not is_alive_address(location)


def test_nothing_leads_to_another_site(desk: World) -> None:
    """Whatever name the wanted address goes by, and wherever it stands."""
    client, wrong, turn = Staff(), {}, cycle(REDIRECTS)
    names = ("next", "url", "return_to", "redirect", "back", "to", "continue", "edit_url", "HTTP_REFERER")
    for number, path in enumerate(screens(desk.things).values()):
        # Lists and dialogues lead nowhere; of all others the forms lead on, and links now and then.
        for method in () if LISTS.search(path) else ("post", "get")[: 2 if number % 4 == 0 else 1]:
            target = next(turn)
            given_ = dict.fromkeys(names, target)
            headers = {"referer": "https://hx9.example/", "x-forwarded-host": "hx9.example", "x-original-url": target}
            with undone():
                answer, broken = asked(partial(getattr(client, method), path, given_, headers=headers))
            location = answer.get("Location", "")
            if (broken and not THEIRS.search(path)) or (location and all(leads_out(location, host) for host in HOSTS)):
                wrong[f"{method} {path}"] = f"{location} {broken} {target!r}"
    assert {path for path in wrong if "/go/" not in path} == set(), told(wrong)


@pytest.mark.parametrize("target", REDIRECTS)
def test_signing_in_leads_to_this_site_alone(db: None, target: str) -> None:
    person = get_user_model().objects.create_user("hx9-person", password="secret")
    form = {"login": person.username, "password": "secret", "next": target}
    for path in (reverse("account_login"), "/_util/login/"):
        answer = Client(raise_request_exception=False).post(f"{path}?next={quote(target)}", form)
        location = answer.get("Location", "")
        assert answer.status_code < 500
        assert not location or not all(leads_out(location, host) for host in HOSTS), location


@pytest.mark.parametrize(
    "path",
    [
        "//hx9.example",
        "//hx9.example/",
        "/\\hx9.example",
        "///hx9.example/admin",
        "/%2f/hx9.example",
        "/admin//hx9.example",
        "//hx9.example/admin",
        "/ro//hx9.example",
    ],
)
def test_no_slash_that_is_added_leads_away(db: None, path: str) -> None:
    answer = Client(raise_request_exception=False).get(path)
    assert answer.status_code < 500
    assert not all(leads_out(answer.get("Location", "/"), host) for host in HOSTS)


def test_leaving_is_known_when_it_is_seen() -> None:
    assert not any(
        leads_out(inside, "a.example") for inside in ("/x", "?a=//b", "https://a.example/x", "x/y", "#//b", "/a:b")
    )
    assert all(
        leads_out(out, "a.example")
        for out in ("//b", "/\\b", "https://b", "/\t/b", "javascript:x", "https://a.example@b/", " //b")
    )
