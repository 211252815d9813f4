"""Which passwords are taken, how they are changed, and what a forgotten one leads to."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.password_validation import get_password_validators, validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from campaign_site.settings.base import AUTH_PASSWORD_VALIDATORS
from tests.factories import make_campaign
from tests.integration.sign_in.conftest import PASSWORD, code

pytestmark = pytest.mark.django_db
FORGOTTEN, NEW = "/admin/password_reset/", "brisk otter paints walls"


@pytest.fixture(autouse=True)
def judged(settings: Any) -> None:
    settings.AUTH_PASSWORD_VALIDATORS = AUTH_PASSWORD_VALIDATORS


def taken(password: str, person: Any) -> bool:
    try:
        validate_password(password, person, get_password_validators(AUTH_PASSWORD_VALIDATORS))
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    "weak",
    [
        *("passwordpassword", "selec-campaigns", "hidden-routes-2026", "aaaaaaaaaaaaaaaa", "qwertyuiopasdf"),
        *("123456789012345", "k3#Vq9!x2Lp", "SelecSelec2026!", "iloveyou iloveyou"),
    ],
)
def test_what_is_short_common_or_ours_is_refused(weak: str, person: Any) -> None:
    make_campaign(name="Hidden routes", code="hidden-routes")
    assert not taken(weak, person)


@pytest.mark.parametrize(
    "strong",
    [
        *("brisk otter paints walls", "кафе облак стол мравка", "72058 19346 88213 60475", "k3#Vq9!x2LpZ"),
        *("Lantern?marble7" + "ö" * 80, "with  two  spaces  beside  otter"),
    ],
)
def test_any_characters_will_do_and_long_ones_are_welcome(strong: str, person: Any) -> None:
    assert taken(strong, person)


def test_a_name_of_ones_own_is_refused(person: Any) -> None:
    person.first_name, person.last_name = "Bartholomea", "Quackenbush"
    assert not taken("Bartholomea-Quackenbush-1", person)


def test_a_password_counts_as_it_was_typed(person: Any) -> None:
    for wrong in (f" {PASSWORD}", f"{PASSWORD} ", PASSWORD.upper()):
        client = Client()
        client.post("/admin/login/", {"login": person.get_username(), "password": wrong})
        assert "_auth_user_id" not in client.session


def test_the_present_one_is_asked_for_before_it_is_changed(with_app: Any, signs_in: Any) -> None:
    client = signs_in(with_app)
    form = {"password-new_password1": NEW, "password-new_password2": NEW}
    client.post("/admin/account/", {**form, "password-old_password": "wrong"})
    with_app.refresh_from_db()
    assert with_app.check_password(PASSWORD)
    page = client.get("/admin/account/").content.decode()
    assert len(re.findall(r'<input type="password"', page)) == 3
    assert not re.search(r'type="password"[^>]*autocomplete="off"', page)


def forgotten(email: str, address: str = "203.0.113.5") -> Any:
    return Client(headers={"x-forwarded-for": address}).post(FORGOTTEN, {"email": email})


def test_a_forgotten_password_does_not_go_around_the_second_factor(with_app: Any) -> None:
    with_app.email = "person@example.org"
    with_app.save()
    forgotten("person@example.org")
    link = re.findall(r"/admin/password_reset/confirm/\S+", str(mail.outbox[0].body))[0]
    client = Client()
    step = client.get(link)["Location"]
    assert client.post(step, {"new_password1": "short", "new_password2": "short"}).status_code == 200
    assert client.post(step, {"new_password1": NEW, "new_password2": NEW}).status_code == 302
    assert client.get("/admin/")["Location"].startswith("/admin/login/")
    client.post("/admin/login/", {"login": with_app.get_username(), "password": NEW})
    assert client.get("/admin/").status_code == 302
    client.post("/admin/sign-in/factors/authenticate/", {"code": code()})
    assert client.get("/admin/").status_code == 200
    assert Client().get(link, follow=True).context["validlink"] is False, "a link is good once"


def test_an_account_that_is_not_there_is_told_the_same(person: Any) -> None:
    person.email = "person@example.org"
    person.save()
    answers = [forgotten(email) for email in ("person@example.org", "nobody@example.org")]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, answers[0]["Location"])] * 2


def test_links_are_asked_for_a_few_times_an_hour(person: Any, settings: Any) -> None:
    settings.PROXIES = 1
    person.email = "person@example.org"
    person.save()
    for number in range(3):
        assert forgotten("person@example.org", f"203.0.113.{number}").status_code == 302
    answer = forgotten(" Person@Example.org ", "198.51.100.7")
    assert answer.status_code == 429
    assert "Asked too often" in answer.content.decode()
    assert len(mail.outbox) == 3
    for number in range(20):
        last = forgotten(f"somebody-{number}@example.org", "192.0.2.1")
    assert last.status_code == 302
    assert forgotten("one-more@example.org", "192.0.2.1").status_code == 429
