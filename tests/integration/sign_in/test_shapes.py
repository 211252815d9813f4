"""What sign-in is made of: keys, codes, fields and answers have the shape they have to have."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from wagtail.users.models import UserProfile

from tests.integration.sign_in.conftest import PASSWORD, SECRET, code

pytestmark = pytest.mark.django_db
CODE = "/admin/sign-in/factors/authenticate/"


def test_a_session_is_known_by_a_long_random_key(with_app: Any, signs_in: Any) -> None:
    keys = {str(signs_in(with_app).session.session_key)} | {str(Client().session.session_key) for _one in range(3)}
    assert all(re.fullmatch(r"[a-z0-9]{32}", key) for key in keys if key != "None")


def test_signing_in_gives_the_session_another_key(with_app: Any) -> None:
    client = Client()
    client.post("/admin/login/", {"login": with_app.get_username(), "password": PASSWORD})
    before = client.session.session_key
    client.post(CODE, {"code": code()})
    assert client.get("/admin/").status_code == 200
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_a_code_of_before_is_too_old(with_app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    real = time.time()
    monkeypatch.setattr("tests.integration.sign_in.conftest.time.time", lambda: real - 60)
    old = code(SECRET)
    monkeypatch.setattr("tests.integration.sign_in.conftest.time.time", lambda: real)
    client = Client()
    client.post("/admin/login/", {"login": with_app.get_username(), "password": PASSWORD})
    client.post(CODE, {"code": old})
    assert client.get("/admin/").status_code == 302


def test_recovery_codes_are_long_enough_and_all_different(with_app: Any) -> None:
    codes = Authenticator.objects.get(user=with_app, type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()
    assert len(set(codes)) == len(codes) == 10
    assert all(re.fullmatch(r"\d{8}", one) for one in codes)


def test_a_password_from_years_ago_opens(with_app: Any, signs_in: Any) -> None:
    with_app.date_joined = timezone.now() - timedelta(days=4000)
    with_app.last_login = timezone.now() - timedelta(days=3000)
    with_app.save()
    assert signs_in(with_app).get("/admin/").status_code == 200


def test_passwords_are_hidden_and_may_be_pasted(with_app: Any, signs_in: Any, settings: Any) -> None:
    pages = [Client().get("/admin/login/").content.decode()]
    settings.SECOND_FACTOR_REQUIRED = False
    Authenticator.objects.all().delete()
    client = signs_in(with_app)
    pages.append(client.get("/admin/sign-in/confirm/").content.decode())
    pages.append(client.get("/admin/account/").content.decode())
    for page in pages:
        fields = re.findall(r"<input[^>]*password[^>]*>", page)
        assert fields
        assert all('type="password"' in field for field in fields if 'name="csrf' not in field)
        assert not re.search(r"onpaste|oncopy", page)
    assert 'autocomplete="current-password"' in pages[0]


def test_a_changed_password_is_the_one_that_opens(with_app: Any, signs_in: Any) -> None:
    new, client = "brisk otter paints walls", signs_in(with_app)
    page = client.get("/admin/account/")
    assert page.status_code == 200
    form = {
        "password-old_password": PASSWORD, "password-new_password1": new, "password-new_password2": new,
        "name_email-first_name": "Demo", "name_email-last_name": "editor",
        "theme-theme": "system", "theme-density": "default", "theme-contrast": "system",
        "theme-keyboard_shortcuts": "on", "locale-preferred_language": "", "locale-current_time_zone": "",
    }  # fmt: skip
    client.post("/admin/account/", form)
    with_app.refresh_from_db()
    assert with_app.check_password(new)


def test_signing_out_is_in_sight_on_the_desk(with_app: Any, signs_in: Any) -> None:
    assert "/admin/logout/" in signs_in(with_app).get("/admin/").content.decode()


def test_an_account_has_no_picture_that_nobody_looked_at(with_app: Any, signs_in: Any) -> None:
    """Wagtail would keep any file of any size as one, and show it nowhere."""
    client = signs_in(with_app)
    assert b'name="avatar-avatar"' not in client.get("/admin/account/").content
    client.post("/admin/account/", {"avatar-avatar": SimpleUploadedFile("me.png", b"anything")})
    assert not UserProfile.objects.exclude(avatar="").exists()
