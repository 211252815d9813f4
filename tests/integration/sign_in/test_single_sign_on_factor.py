"""The second factor of who comes by the organisation's own sign-in, and showing it once more."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.test import Client

from tests.factories import make_user
from tests.fakes.openid import OpenIdProvider
from tests.integration.sign_in.conftest import code
from tests.integration.sign_in.way_there_and_back import (
    CODE,
    CONFIRMS,
    FACTORS,
    HOUR,
    LOGIN,
    NOW,
    configure,
    is_signed_in,
    refused,
    sign_in,
)

pytestmark = pytest.mark.django_db


def gets_in(client: Client) -> bool:
    """To the desk, past the second factor."""
    return client.get("/admin/account/").status_code == 200


SHOWN = [["mfa"], ["otp"], ["pwd", "hwk"], ["swk", "user"], ["swk", "pin"]]
NOT_SHOWN: list[Any] = [None, [], ["pwd"], ["swk"], ["pwd", "user"], "mfa", {"mfa": True}, [["mfa"], 5]]


class TestTheSecondFactor:
    @pytest.fixture(autouse=True)
    def trusted(self, settings: Any) -> None:
        settings.OIDC_HAS_SECOND_FACTOR = True

    @pytest.mark.parametrize("amr", SHOWN)
    def test_it_is_taken_over_where_the_token_says_so(self, amr: Any, provider: OpenIdProvider, known: Any) -> None:
        provider.claims["amr"] = amr
        client = Client()
        sign_in(client)
        assert gets_in(client)

    @pytest.mark.parametrize("amr", NOT_SHOWN)
    def test_it_is_asked_for_here_where_the_token_does_not(
        self, amr: Any, provider: OpenIdProvider, known: Any
    ) -> None:
        provider.claims["amr"] = amr
        client = Client()
        sign_in(client)
        assert client.get("/admin/account/")["Location"] == FACTORS

    def test_a_token_is_not_asked_where_the_provider_is_not_trusted_with_it(
        self, provider: OpenIdProvider, known: Any, settings: Any
    ) -> None:
        settings.OIDC_HAS_SECOND_FACTOR = False
        provider.claims["amr"] = ["mfa"]
        client = Client()
        sign_in(client)
        assert client.get("/admin/account/")["Location"] == FACTORS

    @pytest.mark.parametrize(("acr", "taken"), [("gold", True), ("silver", False), (None, False)])
    def test_a_named_level_says_so_too(
        self,
        acr: str | None,
        taken: bool,
        provider: OpenIdProvider,
        known: Any,
        settings: Any,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        configure(provider.base, settings, monkeypatch, SECOND_FACTOR_ACR="gold")
        settings.OIDC_SECOND_FACTOR_ACR = "gold"
        provider.claims["acr"] = acr
        client = Client()
        sign_in(client)
        assert gets_in(client) == taken
        assert provider.asked[-1]["acr_values"] == "gold"

    def test_without_a_named_level_no_level_counts(self, provider: OpenIdProvider, known: Any) -> None:
        provider.claims["acr"] = ""
        client = Client()
        sign_in(client)
        assert not gets_in(client)

    @pytest.mark.parametrize(("amr", "asked"), [(["mfa"], False), (["pwd"], True)])
    def test_who_has_one_here_shows_it_unless_it_was_shown_there(
        self, amr: list[str], asked: bool, provider: OpenIdProvider, known: Any, with_app: Any
    ) -> None:
        provider.claims["amr"] = amr
        client = Client()
        answer = sign_in(client)
        assert answer["Location"].startswith(CODE) == asked
        assert is_signed_in(client) != asked
        if asked:
            client.post(CODE, {"code": code()})
        assert gets_in(client)

    def test_it_does_not_pass_from_one_person_to_the_next(
        self, provider: OpenIdProvider, known: Any, signs_in: Any
    ) -> None:
        provider.claims["amr"] = ["mfa"]
        client = Client()
        sign_in(client)
        other = make_user("Auditors")
        client.force_login(other)
        assert not gets_in(client)


NOT_LATELY: dict[str, Any] = {
    "nothing": None,
    "no number": "now",
    "yes": True,
    "before all time": -(10**400),
    "after all time": 10**400,
    "an hour ago": NOW - HOUR,
    "in an hour": NOW + 10 * HOUR,
}


class TestShowingOnceMore:
    """Who has nothing here to show is asked again by the provider, and the provider says when it did."""

    @pytest.fixture(autouse=True)
    def only_there(self, settings: Any, known: Any) -> None:
        settings.OIDC_HAS_SECOND_FACTOR = True
        known.set_unusable_password()
        known.save()

    @pytest.fixture
    def client(self, provider: OpenIdProvider) -> Client:
        provider.claims["amr"] = ["mfa"]
        return Client()

    def test_who_was_asked_just_now_is_believed(self, client: Client, provider: OpenIdProvider) -> None:
        provider.claims["auth_time"] = int(time.time())
        sign_in(client)
        assert client.get(CONFIRMS).status_code == 200

    @pytest.mark.parametrize("said", NOT_LATELY)
    def test_who_was_asked_long_ago_is_asked_again(
        self, said: str, client: Client, provider: OpenIdProvider, settings: Any
    ) -> None:
        provider.claims["auth_time"] = NOT_LATELY[said]
        sign_in(client)
        assert client.get(CONFIRMS)["Location"] == LOGIN
        assert not is_signed_in(client)
        provider.claims.pop("auth_time")
        sign_in(client)
        assert provider.asked[-1]["prompt"] == "login"
        assert provider.asked[-1]["max_age"] == str(settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)
        assert client.get(CONFIRMS).status_code == 200
        client.post("/admin/logout/")
        sign_in(client)
        assert "max_age" not in provider.asked[-1]

    @pytest.mark.parametrize("said", ["nothing", "an hour ago"])
    def test_a_provider_that_did_not_ask_again_is_not_believed(
        self, said: str, client: Client, provider: OpenIdProvider
    ) -> None:
        sign_in(client)
        client.get(CONFIRMS)
        provider.claims["auth_time"] = NOT_LATELY[said]
        assert refused(sign_in(client), client, "did not ask you again")
