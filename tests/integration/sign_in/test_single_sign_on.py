"""The organisation's own sign-in: it lets in who it signed for, and nobody on anything less."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import SESSION_KEY, get_user_model
from django.test import Client

from tests.factories import make_user
from tests.fakes.http import serving
from tests.fakes.openid import PERSON, WAY_BACK, OpenIdProvider
from tests.fakes.openid_tokens import GOOD
from tests.integration.sign_in.way_there_and_back import (
    LOGIN,
    START,
    come_back,
    configure,
    is_signed_in,
    leave,
    refused,
    sign_in,
    visit,
)

pytestmark = pytest.mark.django_db


class TestTheWayThereAndBack:
    def test_it_signs_in_who_has_an_account_here(self, provider: OpenIdProvider, known: Any) -> None:
        client = Client()
        answer = sign_in(client)
        assert answer.status_code == 302
        assert client.session[SESSION_KEY] == str(known.pk)
        account = SocialAccount.objects.get()
        assert (account.user, account.uid) == (known, PERSON["sub"])
        assert ("POST", "/token") in provider.calls
        assert ("GET", "/keys") in provider.calls

    def test_of_what_it_tells_only_how_the_account_was_opened_is_kept(
        self, provider: OpenIdProvider, known: Any
    ) -> None:
        sign_in(Client())
        kept = SocialAccount.objects.get().extra_data
        assert kept == {"id_token": {"iss": provider.base, "sub": PERSON["sub"]}}

    @pytest.mark.parametrize("way", GOOD)
    def test_a_good_signature_is_taken(self, way: str, provider: OpenIdProvider, known: Any) -> None:
        client = Client()
        provider.signs = way
        sign_in(client)
        assert is_signed_in(client)

    @pytest.mark.parametrize("ending", ["", "/", "/.well-known/openid-configuration"])
    def test_the_address_may_be_given_in_any_form(
        self, ending: str, provider: OpenIdProvider, known: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        configure(provider.base + ending, settings, monkeypatch)
        client = Client()
        sign_in(client)
        assert is_signed_in(client)

    def test_the_issuer_may_end_with_a_slash(self, provider: OpenIdProvider, known: Any) -> None:
        provider.metadata["issuer"] = provider.claims["iss"] = f"{provider.base}/"
        client = Client()
        sign_in(client)
        assert is_signed_in(client)

    def test_each_sign_in_has_its_own_state_nonce_and_challenge(self, provider: OpenIdProvider) -> None:
        for _time in range(2):
            visit(leave(Client()))
        first, second = provider.asked
        assert first["code_challenge_method"] == "S256"
        assert set(first["scope"].split()) == {"openid", "profile", "email"}
        for name in ("state", "nonce", "code_challenge"):
            assert first[name]
            assert first[name] != second[name], name
        assert first["nonce"] != first["code_challenge"]

    def test_it_begins_by_a_pressed_button_only(self, provider: OpenIdProvider, known: Any) -> None:
        answer = Client().get(START)
        assert answer.status_code == 200
        assert 'method="post"' in answer.content.decode()
        assert provider.calls == []
        assert Client(enforce_csrf_checks=True).post(START).status_code == 403

    def test_the_sign_in_page_offers_it(self, provider: OpenIdProvider) -> None:
        page = Client().get(LOGIN).content.decode()
        assert f'action="{START}' in page
        assert "Sign in with Single sign-on" in page

    def test_no_form_leads_to_another_site(self, provider: OpenIdProvider) -> None:
        """Browsers refuse that under the policy of the page with the form."""
        client = Client()
        assert "form-action 'self'" in client.get(LOGIN)["Content-Security-Policy"]
        answer = client.post(START)
        assert (answer.status_code, "Location" in answer) == (200, False)
        assert f'href="{provider.base}/authorize?' in answer.content.decode()

    def test_an_address_can_add_nothing_to_what_is_asked(self, provider: OpenIdProvider, known: Any) -> None:
        client = Client()
        added = "auth_params=redirect_uri%3Dhttps://attacker.example.org%26nonce%3D1&scope=admin&process=connect"
        address = leave(client, added)
        asked = parse_qs(urlsplit(address).query)
        assert asked["redirect_uri"] == [WAY_BACK]
        assert asked["nonce"] != ["1"]
        assert "admin" not in asked["scope"][0]
        come_back(client, visit(address))
        assert is_signed_in(client)

    def test_it_leads_on_within_this_site(self, provider: OpenIdProvider, known: Any, settings: Any) -> None:
        settings.SECOND_FACTOR_REQUIRED = False
        for asked, led in (("/admin/account/", "/admin/account/"), ("https://attacker.example.org/", "/admin/")):
            client = Client()
            assert come_back(client, visit(leave(client, next=asked)))["Location"] == led


class TestWhoItIs:
    def test_another_address_later_is_the_same_person(self, provider: OpenIdProvider, known: Any) -> None:
        sign_in(Client())
        other = make_user("Auditors")
        other.email = provider.person["email"] = "two@example.org"
        other.save()
        client = Client()
        sign_in(client)
        assert client.session[SESSION_KEY] == str(known.pk)
        assert SocialAccount.objects.count() == 1

    def test_another_person_with_the_address_is_not_that_person(self, provider: OpenIdProvider, known: Any) -> None:
        sign_in(Client())
        known.email = "two@example.org"
        known.save()
        provider.person["sub"] = "another"
        client = Client()
        assert sign_in(client)["Location"] == LOGIN
        assert not is_signed_in(client)

    def test_the_same_number_at_another_issuer_is_another_person(
        self, provider: OpenIdProvider, known: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sign_in(Client())
        stranger = make_user("Auditors")
        stranger.email = "two@example.org"
        stranger.save()
        with serving(OpenIdProvider()) as other:
            assert isinstance(other, OpenIdProvider)
            other.person["email"] = "two@example.org"
            configure(other.base, settings, monkeypatch)
            client = Client()
            sign_in(client)
        assert client.session[SESSION_KEY] == str(stranger.pk)

    @pytest.mark.parametrize("told", [{"email_verified": False}, {"email_verified": None}, {"email": "x@example.org"}])
    def test_nobody_is_found_by_an_address_that_is_not_theirs(
        self, told: dict[str, Any], provider: OpenIdProvider, known: Any
    ) -> None:
        provider.told = told
        client = Client()
        assert sign_in(client)["Location"] == LOGIN
        assert "no account here" in client.get(LOGIN).content.decode()
        assert not is_signed_in(client)
        assert get_user_model().objects.count() == 1

    def test_who_was_shut_out_stays_out(self, provider: OpenIdProvider, known: Any) -> None:
        sign_in(Client())
        known.is_active = False
        known.save()
        client = Client()
        sign_in(client)
        assert not is_signed_in(client)


class TestForgedReturns:
    def test_a_return_that_nobody_asked_for_is_refused(self, provider: OpenIdProvider, known: Any) -> None:
        back = visit(leave(Client()))
        client = Client()
        assert refused(come_back(client, back), client, "begun in another browser")
        assert ("POST", "/token") not in provider.calls

    def test_a_return_with_another_state_is_refused(self, provider: OpenIdProvider, known: Any) -> None:
        client = Client()
        back = visit(leave(client))
        state = parse_qs(urlsplit(back).query)["state"][0]
        assert refused(come_back(client, back.replace(state, "x" * 16)), client, "begun in another browser")

    def test_a_return_is_good_once(self, provider: OpenIdProvider, known: Any) -> None:
        client = Client()
        back = visit(leave(client))
        come_back(client, back)
        client.logout()
        assert refused(come_back(client, back), client, "begun in another browser")

    def test_anothers_code_is_refused(self, provider: OpenIdProvider, known: Any) -> None:
        """The code of an attacker's sign-in, put into the way back of somebody else's."""
        theirs = parse_qs(urlsplit(visit(leave(Client()))).query)["code"][0]
        client = Client()
        back = visit(leave(client))
        mine = parse_qs(urlsplit(back).query)["code"][0]
        assert refused(come_back(client, back.replace(mine, theirs)), client, "does not answer as it should")

    def test_a_token_of_another_sign_in_is_refused(self, provider: OpenIdProvider, known: Any) -> None:
        leave(Client())
        provider.claims["nonce"] = parse_qs(urlsplit(leave(Client())).query)["nonce"][0]
        client = Client()
        assert refused(sign_in(client), client)

    def test_who_breaks_off_may_begin_again(self, provider: OpenIdProvider, known: Any) -> None:
        provider.denies = "access_denied"
        client = Client()
        assert sign_in(client)["Location"] == "/admin/sign-in/single/cancelled/"
        provider.denies = "server_error"
        assert refused(sign_in(client), client, "did not let you in")
        provider.denies = ""
        sign_in(client)
        assert is_signed_in(client)
