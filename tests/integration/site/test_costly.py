"""What costs much is answered so many times a minute, and then with when to come again."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from campaign_site import costly
from tests.factories import make_user

pytestmark = pytest.mark.django_db
MOST = 2
SEARCH = "/search/?q=border"


@pytest.fixture(autouse=True)
def minute(settings: Any, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    settings.COSTLY = {"search": MOST, "programs": MOST, "files": MOST}
    settings.PROXIES = 1
    now = [1000.0 * costly.SECONDS]
    monkeypatch.setattr(costly, "tally", costly.Tally(lambda: now[0]))
    return now


def statuses(client: Client, address: str, times: int = MOST + 1, method: str = "get", **given: Any) -> list[int]:
    return [getattr(client, method)(address, **given).status_code for _time in range(times)]


def test_a_reader_who_searches_without_end_is_told_to_wait_in_their_language() -> None:
    assert statuses(Client(), SEARCH) == [200, 200, 429]
    answer = Client().get("/mk/search/?q=border")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, str(costly.SECONDS))
    assert answer.headers["Cache-Control"] == "no-store"
    assert 'lang="mk"' in answer.content.decode()


def test_a_minute_later_they_may_again(minute: list[float]) -> None:
    statuses(Client(), SEARCH)
    minute[0] += costly.SECONDS
    assert statuses(Client(), SEARCH) == [200, 200, 429]


def test_others_are_not_held_up() -> None:
    statuses(Client(), SEARCH, headers={"X-Forwarded-For": "203.0.113.1"})
    assert Client().get(SEARCH, headers={"X-Forwarded-For": "203.0.113.2"}).status_code == 200
    assert Client().get("/", headers={"X-Forwarded-For": "203.0.113.1"}).status_code != 429


def test_another_address_in_front_of_the_proxys_own_buys_nothing() -> None:
    made_up = [f"198.51.100.{place}, 203.0.113.1" for place in range(MOST + 1)]
    found = [Client().get(SEARCH, headers={"X-Forwarded-For": named}).status_code for named in made_up]
    assert found == [200, 200, 429]


@pytest.mark.parametrize("address", ["/api/v1/projects/", "/api/results/", "/calendar/none.ics", "/oembed"])
def test_programs_are_told_as_programs(address: str) -> None:
    client = Client()
    statuses(client, address, MOST)
    answer = client.get(address)
    assert answer.status_code == 429
    assert json.loads(answer.content)["message"]


def test_files_are_counted_by_person(caplog: Any) -> None:
    one, other = Client(), Client()
    one.force_login(user := make_user("Auditors"))
    other.force_login(make_user("Auditors"))
    address = reverse("social_audit:csv")
    assert statuses(one, address, method="post") == [200, 200, 429]
    assert other.post(address).status_code == 200
    (line,) = [record.getMessage() for record in caplog.records if record.name.endswith("refusals")]
    assert line.endswith(f"asked for by the person {user.pk}: more than {MOST} a minute (files)")


def test_a_table_made_of_a_list_is_one_of_them() -> None:
    client = Client()
    client.force_login(make_user(superuser=True))
    lists = reverse("wagtailsnippets_social_publisher_post:list")
    assert statuses(client, f"{lists}?export=csv") == [200, 200, 429]
    assert client.get(lists).status_code == 200


def test_the_log_says_the_route_and_not_a_secret_in_the_address(caplog: Any) -> None:
    statuses(Client(), "/calendar/a-secret-of-somebody.ics")
    told = [record.getMessage() for record in caplog.records if record.name.endswith("refusals")]
    assert told
    assert "a-secret-of-somebody" not in "".join(told)


def test_without_a_bound_nothing_is_counted(settings: Any) -> None:
    settings.COSTLY = {}
    assert set(statuses(Client(), SEARCH, 10)) == {200}
