"""Who was away too long shows again that it is them, and loses nothing by it."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from campaign_site.sign_in import presence
from social_publisher.models import AuditEvent, Post
from tests.factories import make_channel, make_post, make_user
from tests.integration.sign_in.conftest import PASSWORD, code

pytestmark = pytest.mark.django_db
AGAIN = "/admin/sign-in/factors/reauthenticate/"
MINUTE, HOUR = 60, 3600


class Clock:
    """Seconds since the epoch, which a test sets forward."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Clock:
    settings.SESSION_IDLE_MINUTES, settings.SESSION_HOURS = 60, 12
    made = Clock()
    monkeypatch.setattr(presence, "time", made)
    return made


@pytest.fixture
def staff(with_app: Any, signs_in: Any, settings: Any) -> Client:
    """Signed in, and confirmed with the code alone: each code is good once."""
    client: Client = signs_in(with_app)
    assert client.get("/admin/").status_code == 200
    return client


def confirm(client: Client, user: Any, back: str) -> Any:
    from allauth.mfa.models import Authenticator

    codes = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()
    return client.post(back, {"code": codes[0]})


def asked(answer: Any) -> bool:
    return answer.status_code == 302 and urlsplit(answer["Location"]).path == AGAIN


def test_an_hour_of_nothing_asks_again(staff: Client, clock: Clock) -> None:
    staff.get("/admin/")
    clock.ahead = 59 * MINUTE
    assert staff.get("/admin/").status_code == 200
    clock.ahead += 59 * MINUTE
    assert staff.get("/admin/").status_code == 200, "the hour begins anew with everything somebody does"
    clock.ahead += 61 * MINUTE
    assert asked(staff.get("/admin/"))
    assert asked(staff.get("/admin/social/queue/"))


def test_twelve_hours_ask_again_however_busy_somebody_is(staff: Client, clock: Clock) -> None:
    for _half_hour in range(24):
        assert staff.get("/admin/").status_code == 200
        clock.ahead += 30 * MINUTE
    clock.ahead += MINUTE
    assert asked(staff.get("/admin/"))


def test_a_screen_that_asks_by_itself_keeps_nobody_in(staff: Client, clock: Clock) -> None:
    staff.get("/admin/")
    for _minute in range(61):
        clock.ahead += MINUTE
        last = staff.get(reverse("social_queue:live"), headers={"sec-fetch-mode": "cors"})
    assert last.status_code == 401
    assert asked(staff.get("/admin/"))


def test_what_was_being_written_is_kept(staff: Client, with_app: Any, clock: Clock) -> None:
    post = make_post([make_channel()], author=with_app)
    staff.get("/admin/")
    address = reverse("wagtailsnippets_social_publisher_post:edit", args=[post.pk])
    page = staff.get(address)
    form = page.context["form"]
    written = {name: value for name, value in _data(form).items() if value is not None}
    written["text"] = "Written for an hour."
    clock.ahead = 61 * MINUTE
    away = staff.post(address, written)
    assert asked(away)
    assert Post.objects.get(pk=post.pk).current().text != "Written for an hour."
    clock.ahead = 0
    confirm(staff, with_app, away["Location"])
    assert Post.objects.get(pk=post.pk).current().text == "Written for an hour."


def _data(form: Any) -> dict[str, Any]:
    """What a browser would send back of a form as it is shown."""
    found: dict[str, Any] = {}
    for one in [form, *form.formsets.values()]:
        forms = [one] if not hasattr(one, "forms") else [one.management_form, *one.forms]
        for part in forms:
            for field in part:
                value = field.value()
                found[field.html_name] = value if not isinstance(value, bool) else ("on" if value else None)
    return found


def test_secrets_are_not_kept_meanwhile(staff: Client, clock: Clock) -> None:
    staff.get("/admin/")
    clock.ahead = 61 * MINUTE
    staff.post(reverse("social_connect:begin", args=["telegram"]), {"token": "123:of-a-bot"})
    assert "of-a-bot" not in str(dict(staff.session))


def test_confirming_gives_the_session_another_key(staff: Client, with_app: Any, clock: Clock) -> None:
    staff.get("/admin/")
    before = staff.session.session_key
    clock.ahead = 61 * MINUTE
    away = staff.get("/admin/")
    clock.ahead = 0
    confirm(staff, with_app, away["Location"])
    assert staff.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()
    assert UserSession.objects.filter(session_key=staff.session.session_key).exists()
    assert staff.get("/admin/").status_code == 200
    assert AuditEvent.objects.filter(action="person.confirmed").exists()


@pytest.mark.parametrize(
    "path", ["/admin/users/1/", "/admin/users/new/", "/admin/groups/new/", "/admin/users/?export=csv"]
)
def test_who_others_are_is_changed_after_confirming(path: str, signs_in: Any, db: None) -> None:
    from allauth.mfa.totp.internal.auth import TOTP

    from tests.integration.sign_in.conftest import SECRET

    user = make_user(superuser=True)
    user.set_password(PASSWORD)
    user.save()
    TOTP.activate(user, SECRET)
    client = signs_in(user)
    assert client.get("/admin/users/").status_code == 200
    assert asked(client.get(path))


def test_nobody_sets_a_password_for_somebody_else_or_changes_their_own_address(with_app: Any, client: Client) -> None:
    from campaign_site.settings import base

    assert not base.WAGTAILUSERS_PASSWORD_ENABLED
    client.force_login(make_user(superuser=True))
    assert 'type="password"' not in client.get("/admin/users/new/").content.decode()
    client.force_login(with_app)
    assert 'name="name_email-email"' not in client.get("/admin/account/").content.decode()


class TestSigningOut:
    """An ended session is dead on the server."""

    def test_it_ends_on_the_server_and_in_the_browser(self, staff: Client) -> None:
        key = staff.session.session_key
        answer = staff.post("/admin/logout/")
        assert answer["Clear-Site-Data"] == '"cache", "storage"'
        assert not Session.objects.filter(session_key=key).exists()

    def test_a_link_signs_nobody_out_and_does_not_say_so(self, staff: Client) -> None:
        answer = staff.get("/admin/logout/")
        assert answer.status_code == 405
        assert not answer.cookies
        assert staff.get("/admin/").status_code == 200

    def test_an_account_switched_off_finds_no_session_again(self, staff: Client, with_app: Any) -> None:
        with_app.is_active = False
        with_app.save()
        with_app.is_active = True
        with_app.save()
        assert staff.get("/admin/").status_code == 302


def test_changing_ones_own_factors_ends_every_other_session(with_app: Any, signs_in: Any) -> None:
    from allauth.mfa.models import Authenticator

    other = Client()
    other.force_login(with_app)
    client = signs_in(with_app)
    codes = Authenticator.objects.get(user=with_app, type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()
    client.post(AGAIN, {"code": codes[0]})
    Authenticator.objects.create(user=with_app, type=Authenticator.Type.WEBAUTHN, data={"name": "second"})
    key = Authenticator.objects.get(user=with_app, type=Authenticator.Type.WEBAUTHN)
    client.post(f"/admin/sign-in/factors/webauthn/keys/{key.pk}/remove/")
    assert not Authenticator.objects.filter(pk=key.pk).exists()
    assert not Session.objects.filter(session_key=other.session.session_key).exists()
    assert client.get("/admin/").status_code == 200


class TestWrongCodes:
    """Counted for all processes together, and on the record."""

    def test_the_right_code_waits_too_and_the_screen_says_why(self, with_app: Any) -> None:
        client = Client()
        client.post("/admin/login/", {"login": with_app.get_username(), "password": PASSWORD})
        for _try in range(5):
            client.post("/admin/sign-in/factors/authenticate/", {"code": "000000"})
        told = client.post("/admin/sign-in/factors/authenticate/", {"code": code()})
        assert told.status_code == 200
        assert "Too many failed login attempts" in told.content.decode()
        assert AuditEvent.objects.filter(action="person.code-wrong").count() == 5

    def test_another_process_knows_the_codes_that_were_used(self, with_app: Any) -> None:
        from django.core.cache import caches

        first, shown = Client(), code()
        first.post("/admin/login/", {"login": with_app.get_username(), "password": PASSWORD})
        first.post("/admin/sign-in/factors/authenticate/", {"code": shown})
        caches["default"]._cache.clear()  # type: ignore[attr-defined]
        second = Client()
        second.post("/admin/login/", {"login": with_app.get_username(), "password": PASSWORD})
        second.post("/admin/sign-in/factors/authenticate/", {"code": shown})
        assert first.get("/admin/").status_code == 200
        assert second.get("/admin/").status_code == 302


def test_a_lock_is_on_the_record(person: Any, settings: Any) -> None:
    for _try in range(settings.AXES_FAILURE_LIMIT):
        Client().post("/admin/login/", {"login": person.get_username(), "password": "wrong"})
    assert AuditEvent.objects.filter(action="person.locked-out", subject=person.get_username()).exists()
