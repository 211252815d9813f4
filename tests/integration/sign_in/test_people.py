"""Sessions, invitations, and what administrators do for who cannot get in; single sign-on."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from cryptography.fernet import Fernet
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from environs import Env

from campaign_site.observability import checks
from campaign_site.sign_in.adapters import SingleSignOnAdapter
from campaign_site.sign_in.settings import providers
from social_publisher.models import AuditEvent
from tests.factories import make_user
from tests.integration.sign_in.conftest import PASSWORD, SECRET, code

pytestmark = pytest.mark.django_db
SESSIONS = "/admin/sign-in/sessions/"


def is_in(client: Client) -> bool:
    return client.get("/admin/account/").status_code == 200


@pytest.fixture
def administrator(settings: Any) -> Client:
    """An administrator who has just shown that it is them."""
    settings.SECOND_FACTOR_REQUIRED = settings.CONFIRM_AGAIN = False
    client = Client()
    client.force_login(make_user(superuser=True))
    return client


def test_ending_sessions_is_confirmed(person: Any, signs_in: Any, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    here, there = signs_in(person), signs_in(person)
    away = here.post(SESSIONS, {"end": "others"})
    assert away["Location"].startswith("/admin/sign-in/confirm/")
    assert is_in(there)
    here.post(away["Location"], {"password": PASSWORD})
    assert [is_in(client) for client in (here, there)] == [True, False]


def test_one_session_is_ended_and_the_others_go_on(person: Any, signs_in: Any, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = settings.CONFIRM_AGAIN = False
    here, there, elsewhere = (signs_in(person) for _session in range(3))
    page = here.get(SESSIONS).content.decode()
    assert page.count("Firefox") == 3
    key = there.session.session_key
    here.post(SESSIONS, {"end": UserSession.objects.get(session_key=key).pk})
    assert [is_in(client) for client in (here, there, elsewhere)] == [True, False, True]
    here.post(SESSIONS, {"end": "others"})
    assert [is_in(client) for client in (here, elsewhere)] == [True, False]
    assert AuditEvent.objects.filter(action="person.sessions-ended").count() == 2


def test_nobody_ends_anothers_session(person: Any, signs_in: Any, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = settings.CONFIRM_AGAIN = False
    other = make_user("Auditors")
    other.set_password(PASSWORD)
    other.save()
    theirs, mine = signs_in(other), signs_in(person)
    mine.post(SESSIONS, {"end": UserSession.objects.get(user=other).pk})
    assert is_in(theirs)
    assert "Firefox" in mine.get(SESSIONS).content.decode()
    assert mine.post(SESSIONS, {"end": "9" * 40}).status_code == 302


def test_a_new_password_ends_the_other_sessions(person: Any, signs_in: Any, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    client = signs_in(person)
    person.set_password("another-long-secret")
    person.save()
    assert not is_in(client)


def test_a_colleague_is_invited_and_sets_the_password(administrator: Client, settings: Any) -> None:
    group = Group.objects.get(name="Approvers")
    asked = {"username": "second-approver", "email": "approver@example.org", "groups": [group.pk], "language": "mk"}
    answer = administrator.post(reverse("person-invite"), asked)
    assert answer.status_code == 302
    person = get_user_model().objects.get(username="second-approver")
    assert list(person.groups.all()) == [group]
    assert not person.has_usable_password()
    (sent,) = mail.outbox
    link = re.findall(r"https?://\S+", sent.body)[0]
    path = link.removeprefix(settings.PUBLIC_BASE_URL)
    reader = Client()
    form = reader.get(path)
    short = reader.post(form["Location"], {"new_password1": "short", "new_password2": "short"})
    assert short.status_code == 200
    reader.post(form["Location"], {"new_password1": PASSWORD, "new_password2": PASSWORD})
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    assert Client().get(path).status_code == 200
    assert AuditEvent.objects.filter(action="person.invited").exists()


@pytest.mark.parametrize("wrong", [{"email": ""}, {"email": "none"}, {"groups": []}, {"username": "a b"}])
def test_an_invitation_says_what_is_wrong_and_makes_nobody(administrator: Client, wrong: dict[str, Any]) -> None:
    group = Group.objects.get(name="Approvers")
    asked = {"username": "somebody", "email": "one@example.org", "groups": [group.pk], "language": "en", **wrong}
    assert "desk-problem" in administrator.post(reverse("person-invite"), asked).content.decode()
    assert not get_user_model().objects.filter(email="one@example.org").exists()


def test_an_address_belongs_to_one_account(administrator: Client) -> None:
    make_user("Auditors").__class__.objects.update(email="Taken@example.org")
    group = Group.objects.get(name="Approvers")
    asked = {"username": "somebody", "email": "taken@example.org", "groups": [group.pk], "language": "en"}
    assert "this address already" in administrator.post(reverse("person-invite"), asked).content.decode()


@pytest.mark.parametrize(("address", "stays"), [("Taken@Example.org", True), ("new@example.org", False)])
def test_nobody_is_given_the_address_of_another(administrator: Client, address: str, stays: bool) -> None:
    other, person = make_user("Auditors"), make_user("Approvers")
    for one, its in ((other, "taken@example.org"), (person, "own@example.org")):
        one.__class__.objects.filter(pk=one.pk).update(email=its)
    form = {"username": person.username, "first_name": "A", "last_name": "B", "is_active": "on", "email": address}
    answer = administrator.post(reverse("wagtailusers_users:edit", args=[person.pk]), form)
    assert ("this address already" in answer.content.decode()) is stays
    person.refresh_from_db()
    assert person.email == ("own@example.org" if stays else address)
    kept = administrator.post(reverse("wagtailusers_users:edit", args=[person.pk]), {**form, "email": person.email})
    assert kept.status_code == 302, "one's own is free"


def test_nobody_begins_with_the_address_of_another(administrator: Client) -> None:
    make_user("Auditors").__class__.objects.update(email="taken@example.org")
    names = {"username": "somebody", "first_name": "A", "last_name": "B"}
    secret = {"password1": PASSWORD, "password2": PASSWORD}
    answer = administrator.post(reverse("wagtailusers_users:add"), {**names, **secret, "email": "Taken@example.org"})
    assert "this address already" in answer.content.decode()
    assert not get_user_model().objects.filter(username="somebody").exists()


def test_who_shares_an_address_since_before_can_be_shut_out(administrator: Client) -> None:
    make_user("Auditors")
    person = make_user("Approvers")
    person.__class__.objects.update(email="shared@example.org")
    form = {"username": person.username, "first_name": "A", "last_name": "B", "email": "shared@example.org"}
    assert administrator.post(reverse("wagtailusers_users:edit", args=[person.pk]), form).status_code == 302
    person.refresh_from_db()
    assert not person.is_active


def test_a_mail_server_that_is_away_loses_no_account(administrator: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    group = Group.objects.get(name="Approvers")
    asked = {"username": "somebody", "email": "one@example.org", "groups": [group.pk], "language": "en"}
    page = administrator.post(reverse("person-invite"), asked, follow=True).content.decode()
    assert "could not be sent" in page
    assert get_user_model().objects.filter(username="somebody").exists()


def test_an_administrator_helps_who_lost_the_telephone(administrator: Client, with_app: Any, signs_in: Any) -> None:
    theirs = signs_in(with_app)
    address = reverse("person-access", args=[with_app.pk])
    assert "Firefox" in administrator.get(address).content.decode()
    administrator.post(address, {"do": "forget-factors"})
    assert not Authenticator.objects.filter(user=with_app).exists()
    assert not is_in(theirs)
    assert AuditEvent.objects.filter(action="person.factor-removed").exists()


def test_an_administrator_unlocks_and_signs_out(
    administrator: Client, person: Any, signs_in: Any, settings: Any
) -> None:
    for _try in range(settings.AXES_FAILURE_LIMIT):
        Client().post("/admin/login/", {"login": person.get_username(), "password": "wrong"})
    address = reverse("person-access", args=[person.pk])
    administrator.post(address, {"do": "unlock"})
    client = signs_in(person)
    assert is_in(client)
    # A changed password gives a session another key, which the list does not know.
    client.session.cycle_key()
    administrator.post(address, {"do": "end-sessions"})
    assert not Session.objects.filter(session_key=client.session.session_key).exists()


@pytest.mark.parametrize("role", ["Editors of posts", "Approvers", "Channel managers", "Analysts", "Auditors"])
def test_only_administrators_see_how_others_sign_in(role: str, person: Any, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = settings.CONFIRM_AGAIN = False
    client = Client()
    client.force_login(make_user(role))
    for address in (reverse("person-access", args=[person.pk]), reverse("person-invite")):
        for answer in (client.get(address), client.post(address, {"do": "forget-factors"})):
            assert answer.status_code == 302
            assert answer["Location"] == "/admin/"


class TestSingleSignOn:
    """The organisation's own sign-in lets in who has an account here, and nobody else."""

    @pytest.fixture(autouse=True)
    def provider(self, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("SERVER_URL", "CLIENT_ID", "CLIENT_SECRET"):
            monkeypatch.setenv(f"OIDC_{name}", "https://sign-in.example.org")
        settings.SOCIALACCOUNT_PROVIDERS = providers(Env())

    def login(self, email: str, verified: bool = True) -> tuple[Any, Any]:
        from allauth.account.models import EmailAddress

        request = RequestFactory().get("/")
        request.session = SessionStore()
        request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
        account = SocialAccount(provider="organisation", uid="1")
        address = EmailAddress(email=email, verified=verified, primary=True)
        return request, SocialLogin(user=get_user_model()(), account=account, email_addresses=[address])

    def test_it_finds_the_account_by_its_address(self, person: Any) -> None:
        person.email = "One@example.org"
        person.save()
        request, login = self.login("one@example.org")
        SingleSignOnAdapter().pre_social_login(request, login)
        assert SocialAccount.objects.get(uid="1").user == person

    @pytest.mark.parametrize(
        ("email", "verified"), [("one@example.org", False), ("other@example.org", True), ("on.@example.org", True)]
    )
    def test_it_lets_in_nobody_else(self, person: Any, email: str, verified: bool) -> None:
        person.email = "one@example.org"
        person.save()
        request, login = self.login(email, verified)
        with pytest.raises(ImmediateHttpResponse):
            SingleSignOnAdapter().pre_social_login(request, login)
        assert not SocialAccount.objects.exists()

    def test_who_was_shut_out_stays_out(self, person: Any) -> None:
        person.email, person.is_active = "one@example.org", False
        person.save()
        request, login = self.login("one@example.org")
        with pytest.raises(ImmediateHttpResponse):
            SingleSignOnAdapter().pre_social_login(request, login)

    def test_it_makes_nobody(self) -> None:
        request, login = self.login("new@example.org")
        assert not SingleSignOnAdapter().is_open_for_signup(request, login)


def test_a_code_confirms_what_needs_confirming(with_app: Any, signs_in: Any) -> None:
    client = signs_in(with_app)
    away = client.get("/admin/sign-in/factors/recovery-codes/generate/")
    assert client.post(away["Location"], {"code": code()}).status_code in (200, 302)


def test_the_sign_in_page_offers_no_other_way_unless_there_is_one() -> None:
    assert "Sign in with" in (page := Client().get("/admin/login/").content.decode())
    assert page.count("Sign in with") == 1
    assert "Sign in with a passkey" in page


def test_what_is_over_is_forgotten_and_what_is_not_stays(person: Any, signs_in: Any, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    ended, goes_on = signs_in(person), signs_in(person)
    Session.objects.filter(session_key=ended.session.session_key).update(expire_date=timezone.now())
    Client().post("/admin/login/", {"login": "somebody", "password": "wrong"})
    call_command("forget_personal_data", verbosity=0)
    assert UserSession.objects.get().session_key == goes_on.session.session_key
    assert AccessAttempt.objects.count() == 1
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    call_command("forget_personal_data", verbosity=0)
    assert not AccessAttempt.objects.exists()
    assert is_in(goes_on)


def test_second_factors_open_after_the_key_was_changed(with_app: Any, signs_in: Any, settings: Any) -> None:
    old, new = (Fernet.generate_key().decode() for _key in range(2))
    settings.CREDENTIAL_KEYS = [old]
    Authenticator.objects.all().delete()
    TOTP.activate(with_app, SECRET)
    RecoveryCodes.activate(with_app)
    settings.CREDENTIAL_KEYS = [new, old]
    call_command("rotate_credentials", verbosity=0)
    settings.CREDENTIAL_KEYS = [new]
    assert checks.credentials()[0]
    assert is_in(signs_in(with_app))
    settings.CREDENTIAL_KEYS = [old]
    assert "second factor" in checks.credentials()[1]
