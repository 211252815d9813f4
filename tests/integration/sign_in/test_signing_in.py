"""Passwords, second factors, locks: who gets in, and who does not."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.contrib.auth.hashers import identify_hasher
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from social_publisher.models import AuditEvent
from tests.factories import make_channel, make_user
from tests.integration.sign_in.conftest import PASSWORD, SECRET, code

pytestmark = pytest.mark.django_db
LOGIN = "/admin/login/"
CODE = "/admin/sign-in/factors/authenticate/"
FACTORS = "/admin/sign-in/factors/"


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def test_a_password_alone_leads_to_adding_a_second_factor_and_nowhere_else(person: Any, signs_in: Any) -> None:
    client = signs_in(person)
    for path in ("/admin/", "/admin/account/", "/admin/social/calendar/", "/admin/pages/"):
        assert client.get(path)["Location"] == FACTORS, path
    assert client.get(FACTORS).status_code == 200
    assert client.post("/admin/account/").status_code == 302


def test_adding_an_app_lets_in_once_its_code_was_shown(person: Any, signs_in: Any) -> None:
    client = signs_in(person)
    page = client.get("/admin/sign-in/factors/totp/activate/")
    if page.status_code == 302:
        confirmed = client.post(page["Location"], {"password": PASSWORD})
        page = client.get(confirmed["Location"])
    secret = re.findall(r'value="([A-Z2-7]{16,})"', page.content.decode())[0]
    answer = client.post("/admin/sign-in/factors/totp/activate/", {"code": code(secret)})
    assert answer.status_code == 302
    kept = Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP)
    assert secret not in str(kept.data)
    assert AuditEvent.objects.filter(action="person.factor-added", subject=str(person)).exists()
    again = signs_in(person)
    again.post(CODE, {"code": code(secret)})
    assert is_in(again)


def test_password_and_code_let_in(with_app: Any, signs_in: Callable[..., Client]) -> None:
    assert is_in(signs_in(with_app))


def test_a_password_without_the_code_lets_nobody_in(with_app: Any) -> None:
    client = Client()
    answer = client.post(LOGIN, {"login": with_app.get_username(), "password": PASSWORD})
    assert answer["Location"].startswith(CODE)
    assert not is_in(client)
    client.post(CODE, {"code": "000000"})
    assert not is_in(client)


def test_a_code_is_good_once(with_app: Any, signs_in: Any) -> None:
    shown = code()
    first, second = Client(), Client()
    for client in (first, second):
        client.post(LOGIN, {"login": with_app.get_username(), "password": PASSWORD})
        client.post(CODE, {"code": shown})
    assert is_in(first)
    assert not is_in(second)


def test_a_recovery_code_lets_in_once(with_app: Any) -> None:
    codes = Authenticator.objects.get(user=with_app, type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()
    first, second = Client(), Client()
    for client in (first, second):
        client.post(LOGIN, {"login": with_app.get_username(), "password": PASSWORD})
        client.post(CODE, {"code": codes[0]})
    assert is_in(first)
    assert not is_in(second)


def test_a_session_from_before_the_factor_has_to_show_it(person: Any, signs_in: Any) -> None:
    from allauth.mfa.totp.internal.auth import TOTP

    client = signs_in(person)
    TOTP.activate(person, SECRET)
    away = client.get("/admin/account/")
    assert urlsplit(away["Location"]).path == "/admin/sign-in/factors/reauthenticate/"
    assert parse_qs(urlsplit(away["Location"]).query)["next"] == ["/admin/account/"]
    client.post(away["Location"], {"code": code(), "next": "/admin/account/"})
    assert client.get("/admin/account/").status_code == 200


def test_the_last_factor_stays(with_app: Any, signs_in: Any) -> None:
    client = signs_in(with_app)
    client.post("/admin/sign-in/factors/reauthenticate/", {"code": code()})
    client.post("/admin/sign-in/factors/totp/deactivate/")
    assert Authenticator.objects.filter(user=with_app, type=Authenticator.Type.TOTP).exists()


def test_superusers_need_it_too(db: None, signs_in: Any) -> None:
    user = make_user(superuser=True)
    user.set_password(PASSWORD)
    user.save()
    assert signs_in(user).get("/admin/settings/")["Location"] == FACTORS


def test_in_development_a_password_is_enough(person: Any, signs_in: Any, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    assert is_in(signs_in(person))


@pytest.mark.parametrize("same", ["account", "address"])
def test_too_many_wrong_tries_lock_by_account_and_by_address(
    person: Any, same: str, settings: Any, signs_in: Any
) -> None:
    settings.PROXIES = 1
    for number in range(settings.AXES_FAILURE_LIMIT):
        name = person.get_username() if same == "account" else f"nobody-{number}"
        address = f"203.0.113.{number}" if same == "account" else "203.0.113.1"
        answer = Client(headers={"x-forwarded-for": address}).post(LOGIN, {"login": name, "password": "wrong"})
    assert answer.status_code == 429
    address = "198.51.100.9" if same == "account" else "203.0.113.1"
    locked = Client(headers={"x-forwarded-for": address})
    answer = locked.post(LOGIN, {"login": person.get_username(), "password": PASSWORD})
    assert answer.status_code == 429
    assert "wrong tries" in answer.content.decode()
    if same == "address":
        assert signs_in(person, **{"x-forwarded-for": "198.51.100.9"}).get(FACTORS).status_code == 200


def test_an_unknown_name_and_a_wrong_password_are_told_the_same(person: Any) -> None:
    told = [
        re.findall(r'role="alert">(.*?)<', Client().post(LOGIN, {"login": name, "password": "no"}).content.decode())
        for name in (person.get_username(), "nobody-at-all")
    ]
    assert told[0] == told[1] != []


def test_what_was_typed_is_nowhere(person: Any) -> None:
    Client().post(LOGIN, {"login": person.get_username(), "password": "typed-wrongly"})
    assert "typed-wrongly" not in repr(list(AccessAttempt.objects.values()) + list(AuditEvent.objects.values()))


def test_passwords_are_kept_with_argon2(settings: Any, db: None) -> None:
    from campaign_site.settings import base

    settings.PASSWORD_HASHERS = base.PASSWORD_HASHERS
    user = make_user()
    user.set_password(PASSWORD)
    assert identify_hasher(user.password).algorithm == "argon2"


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_leads_to_no_other_site(with_app: Any, to: str) -> None:
    client = Client()
    client.post(f"{LOGIN}?next={to}", {"login": with_app.get_username(), "password": PASSWORD, "next": to})
    answer = client.post(CODE, {"code": code()})
    assert answer["Location"].startswith("/admin/")


def test_wagtails_own_form_lets_nobody_in(with_app: Any) -> None:
    client = Client()
    for path in ("/_util/login/", "/ro/_util/login/"):
        assert client.get(path)["Location"].startswith(LOGIN)
        client.post(path, {"username": with_app.get_username(), "password": PASSWORD})
        assert not client.session.get("_auth_user_id")


def test_who_has_not_shown_the_factor_is_a_reader_elsewhere(person: Any, signs_in: Any) -> None:
    answer = signs_in(person).get("/no/such/page/")
    assert answer.wsgi_request.user.is_anonymous


def test_a_password_does_not_confirm_for_who_has_a_factor(with_app: Any) -> None:
    client = Client()
    client.force_login(with_app)
    away = client.get("/admin/sign-in/confirm/?next=/admin/account/")
    assert away["Location"] == "/admin/sign-in/factors/reauthenticate/?next=/admin/account/"
    client.post("/admin/sign-in/confirm/", {"password": PASSWORD})
    assert client.get("/admin/sign-in/factors/recovery-codes/generate/").status_code == 302


def test_nobody_signs_up(db: None) -> None:
    assert Client().get("/admin/sign-in/none/")["Location"] == LOGIN
    for path in ("/accounts/signup/", "/admin/sign-in/signup/"):
        assert Client().get(path).status_code in (302, 404)


class TestConfirming:
    """Before what can do most harm, whoever is there shows it once more."""

    def test_connecting_an_account_asks_first(self, signs_in: Any) -> None:
        user = make_user("Channel managers")
        user.set_password(PASSWORD)
        user.save()
        from allauth.mfa.totp.internal.auth import TOTP

        TOTP.activate(user, SECRET)
        client = signs_in(user)
        away = client.get(reverse("social_connect:begin", args=["mastodon"]))
        assert urlsplit(away["Location"]).path == "/admin/sign-in/factors/reauthenticate/"

    def test_a_record_is_exported_after_it(self, signs_in: Any, settings: Any) -> None:
        settings.SECOND_FACTOR_REQUIRED = False
        user = make_user("Auditors")
        user.set_password(PASSWORD)
        user.save()
        client = signs_in(user)
        away = client.post("/admin/social/record/export/csv/", {"words": "x"})
        assert urlsplit(away["Location"]).path == "/admin/sign-in/confirm/"
        assert not AuditEvent.objects.filter(action="audit.exported").exists()
        wrong = client.post(away["Location"], {"password": "wrong"})
        assert wrong.status_code == 200
        file = client.post(away["Location"], {"password": PASSWORD})
        assert file["Content-Disposition"].startswith("attachment")
        assert AuditEvent.objects.filter(action="audit.exported").exists()
        assert client.post("/admin/social/record/export/csv/", {"words": "x"})["Content-Type"].startswith("text/csv")

    def test_secrets_that_were_typed_are_not_kept_meanwhile(self, signs_in: Any, settings: Any) -> None:
        settings.SECOND_FACTOR_REQUIRED = False
        user = make_user("Channel managers")
        user.set_password(PASSWORD)
        user.save()
        client = signs_in(user)
        address = reverse("social_connect:begin", args=["telegram"])
        assert client.post(address, {"token": "123:of-a-bot"})["Location"] == address
        assert "of-a-bot" not in str(dict(client.session))

    def test_what_does_no_harm_asks_nobody(self, signs_in: Any, settings: Any) -> None:
        settings.SECOND_FACTOR_REQUIRED = False
        make_channel()
        user = make_user("Editors of posts")
        user.set_password(PASSWORD)
        user.save()
        assert signs_in(user).get("/admin/social/calendar/").status_code == 200


@pytest.mark.parametrize(("chosen", "title"), [("sq", "Aplikacioni i autentifikimit"), ("", "Authenticator App")])
def test_its_screens_speak_the_language_somebody_chose(chosen: str, title: str, person: Any, signs_in: Any) -> None:
    UserProfile.objects.update_or_create(user=person, defaults={"preferred_language": chosen})
    page = signs_in(person).get(FACTORS).content.decode()
    assert f'<html lang="{chosen or "en"}"' in page
    assert title in page
