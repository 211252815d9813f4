"""The organisation's own sign-in, from here to a provider and back over HTTP: it lets in who it signed for, and nobody
on anything less."""

from __future__ import annotations

import html
import logging
import re
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import SESSION_KEY, get_user_model
from django.test import Client
from environs import Env

from campaign_site.sign_in.settings import providers
from tests.factories import make_user
from tests.fakes.http import Answer, serving
from tests.fakes.openid import CLIENT_ID, CLIENT_SECRET, PERSON, WAY_BACK, OpenIdProvider
from tests.fakes.openid_tokens import FORGERIES, GOOD
from tests.integration.sign_in.conftest import code

pytestmark = pytest.mark.django_db
START = "/admin/sign-in/single/oidc/organisation/login/"
CALLBACK = f"{START}callback/"
LOGIN = "/admin/login/"
FACTORS = "/admin/sign-in/factors/"
CODE = f"{FACTORS}authenticate/"
CONFIRMS = f"{FACTORS}webauthn/add/"
LOGGER = "campaign_site.sign_in.adapters"
HOUR = 3600


@pytest.fixture
def provider(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenIdProvider]:
    """The fake, configured as an operator does."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving(OpenIdProvider()) as fake:
        assert isinstance(fake, OpenIdProvider)
        configure(fake.base, settings, monkeypatch)
        yield fake


def configure(server: str, settings: Any, monkeypatch: pytest.MonkeyPatch, **more: str) -> None:
    """The settings as the environment gives them."""
    named = {"SERVER_URL": server, "CLIENT_ID": CLIENT_ID, "CLIENT_SECRET": CLIENT_SECRET, **more}
    for name, value in named.items():
        monkeypatch.setenv(f"OIDC_{name}", value)
    settings.SOCIALACCOUNT_PROVIDERS = providers(Env())
    settings.NETWORKS_ON_LOOPBACK = True
    settings.ROOT_URLCONF = "tests.integration.sign_in.urls"


@pytest.fixture
def known(person: Any) -> Any:
    """Somebody with an account here whom the provider knows by the address."""
    person.email = PERSON["email"]
    person.save()
    return person


def leave(client: Client, query: str = "", **posted: str) -> str:
    """Press the button; where the page that answers leads."""
    answer = client.post(f"{START}?{query}", posted)
    assert answer.status_code == 200, answer.content.decode()
    (address,) = re.findall(r'content="0; url=([^"]+)"', answer.content.decode())
    return html.unescape(address)


def visit(address: str) -> str:
    """Be at the provider; the way back that it names."""
    answer = httpx.get(address, trust_env=False)
    assert answer.status_code == 302, answer.text
    back = answer.headers["location"]
    assert back.startswith(WAY_BACK)
    return back


def come_back(client: Client, back: str) -> Any:
    """Follow the provider's way back."""
    return client.get(f"{CALLBACK}?{urlsplit(back).query}")


def sign_in(client: Client) -> Any:
    """All of it; the last answer."""
    return come_back(client, visit(leave(client)))


def is_signed_in(client: Client) -> bool:
    return SESSION_KEY in client.session


def refused(answer: Any, client: Client, why: str = "cannot be trusted") -> bool:
    """Whether the page says so, in words, and nobody is in."""
    page = answer.content.decode()
    assert answer.status_code == 401
    assert why in page, page
    assert "tell an administrator" in page
    assert f'href="{LOGIN}"' in page
    return not is_signed_in(client)


@pytest.fixture
def keeps_secrets(caplog: pytest.LogCaptureFixture) -> Callable[[Any, str], str]:
    """That a page and the log tell nothing of what was sent; the one line of the log."""
    caplog.set_level(logging.INFO)

    def look(answer: Any, back: str) -> str:
        query = {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}
        shown = answer.content.decode()
        for secret in (query["code"], query["state"], CLIENT_SECRET, "eyJ", "Traceback"):
            assert secret not in shown
            assert secret not in caplog.text
        (line,) = [record.getMessage() for record in caplog.records if record.name == LOGGER]
        return line

    return look


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


NOW = int(time.time())
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
