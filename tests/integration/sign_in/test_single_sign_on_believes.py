"""Of the organisation's own sign-in, what is not believed: claims, signatures, and providers that are not the one."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from tests.fakes.http import Answer
from tests.fakes.openid import CLIENT_ID, OpenIdProvider
from tests.fakes.openid_tokens import FORGERIES
from tests.integration.sign_in.way_there_and_back import (
    HOUR,
    NOW,
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


CLAIMS: dict[str, dict[str, Any]] = {
    "another issuer": {"iss": "https://attacker.example.org"},
    "no issuer": {"iss": None},
    "another audience": {"aud": "another-client"},
    "no audience": {"aud": None},
    "several audiences and nobody's": {"aud": [CLIENT_ID, "another-client"]},
    "several audiences and another's": {"aud": [CLIENT_ID, "another-client"], "azp": "another-client"},
    "made for another": {"azp": "another-client"},
    "over": {"exp": NOW - HOUR},
    "without an end": {"exp": None},
    "from the future": {"iat": NOW + HOUR, "exp": NOW + 2 * HOUR},
    "without a beginning": {"iat": None},
    "not good yet": {"nbf": NOW + HOUR},
    "another nonce": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "a nonce that is no text": {"nonce": ["x"]},
    "another person": {"sub": "another"},
    "nobody": {"sub": None},
    "an empty name": {"sub": ""},
    "a name that is no text": {"sub": 248289761001},
    "a name too long to keep": {"sub": "9" * 256},
    "a name that cannot be kept": {"sub": "one\x00"},
}


class TestWhatIsNotBelieved:
    @pytest.mark.parametrize("way", FORGERIES)
    def test_a_forged_token_signs_nobody_in(
        self, way: str, provider: OpenIdProvider, known: Any, keeps_secrets: Any
    ) -> None:
        provider.signs = way
        client = Client()
        back = visit(leave(client))
        answer = come_back(client, back)
        assert refused(answer, client)
        assert "token" in keeps_secrets(answer, back)
        assert ("GET", "/attacker/keys") not in provider.calls
        assert not SocialAccount.objects.exists()

    @pytest.mark.parametrize("wrong", CLAIMS)
    def test_a_token_of_something_else_signs_nobody_in(
        self, wrong: str, provider: OpenIdProvider, known: Any, keeps_secrets: Any
    ) -> None:
        provider.claims = CLAIMS[wrong]
        client = Client()
        back = visit(leave(client))
        answer = come_back(client, back)
        assert refused(answer, client)
        assert keeps_secrets(answer, back)

    def test_several_audiences_are_good_where_it_was_made_for_this_site(
        self, provider: OpenIdProvider, known: Any
    ) -> None:
        provider.claims = {"aud": [CLIENT_ID, "another-client"], "azp": CLIENT_ID}
        client = Client()
        sign_in(client)
        assert is_signed_in(client)

    @pytest.mark.parametrize("sub", ["another", None])
    def test_what_is_told_of_somebody_else_signs_nobody_in(
        self, sub: str | None, provider: OpenIdProvider, known: Any
    ) -> None:
        provider.told["sub"] = sub
        client = Client()
        assert refused(sign_in(client), client)

    @pytest.mark.parametrize("told", [{"email": 5}, {"email": True}, {"email": ["one@example.org"]}, {"name": 5}])
    def test_what_is_told_in_another_shape_breaks_nothing(
        self, told: dict[str, Any], provider: OpenIdProvider, known: Any
    ) -> None:
        provider.told = told
        client = Client()
        assert sign_in(client).status_code == 302
        assert is_signed_in(client) == ("email" not in told)

    def test_a_known_person_is_not_taken_from_what_is_told_either(self, provider: OpenIdProvider, known: Any) -> None:
        sign_in(Client())
        provider.claims["sub"] = "another"
        client = Client()
        assert refused(sign_in(client), client)


class TestAProviderThatIsNotTheOne:
    @pytest.mark.parametrize("issuer", ["https://attacker.example.org", None, 5])
    def test_another_issuers_metadata_lead_nowhere(
        self, issuer: Any, provider: OpenIdProvider, caplog: pytest.LogCaptureFixture
    ) -> None:
        provider.metadata["issuer"] = issuer
        client = Client()
        assert refused(client.post(START), client)
        assert "metadata" in caplog.text
        assert provider.asked == []

    def test_metadata_that_change_on_the_way_are_not_believed(self, provider: OpenIdProvider, known: Any) -> None:
        client = Client()
        back = visit(leave(client))
        provider.metadata["issuer"] = "https://attacker.example.org"
        assert refused(come_back(client, back), client)
        assert ("POST", "/token") not in provider.calls

    def test_one_that_goes_away_on_the_way_is_said_to_be(self, provider: OpenIdProvider, known: Any) -> None:
        client = Client()
        back = visit(leave(client))
        provider.answers["/.well-known/openid-configuration"] = Answer(503, {})
        assert refused(come_back(client, back), client, "Wait a minute")

    @pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"])
    @pytest.mark.parametrize("address", ["http://sign-in.example.org/", "ftp://127.0.0.1/", "http://[", None])
    def test_nothing_is_sent_without_https(
        self, name: str, address: str | None, provider: OpenIdProvider, known: Any
    ) -> None:
        provider.metadata[name] = address
        client = Client()
        assert refused(client.post(START), client)

    def test_this_machine_is_for_tests_alone(self, provider: OpenIdProvider, settings: Any) -> None:
        settings.NETWORKS_ON_LOOPBACK = False
        client = Client()
        assert refused(client.post(START), client)
        assert provider.calls == []

    @pytest.mark.parametrize("path", ["/token", "/keys", "/userinfo"])
    @pytest.mark.parametrize(
        "answer",
        [
            Answer(500, {"error": "eyJ"}),
            Answer(200, b"<html>"),
            Answer(200, ["access_token"]),
            Answer(200, {"keys": 1}),
        ],
    )
    def test_an_answer_that_is_none_signs_nobody_in(
        self, path: str, answer: Answer, provider: OpenIdProvider, known: Any, keeps_secrets: Any
    ) -> None:
        client = Client()
        back = visit(leave(client))
        provider.answers[path] = answer
        came = come_back(client, back)
        assert refused(came, client, "organisation&#x27;s sign-in")
        assert keeps_secrets(came, back)

    @pytest.mark.parametrize("answer", [Answer(503, {}), Answer(200, b"<html>"), Answer(200, [])])
    def test_one_that_is_away_is_said_to_be(self, answer: Answer, provider: OpenIdProvider) -> None:
        provider.answers["/.well-known/openid-configuration"] = answer
        client = Client()
        assert refused(client.post(START), client, "organisation&#x27;s sign-in")

    def test_a_server_that_is_not_there_is_said_to_be_away(
        self, provider: OpenIdProvider, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        configure("http://127.0.0.1:9", settings, monkeypatch)
        client = Client()
        assert refused(client.post(START), client, "Wait a minute")
