from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from social_publisher.messages.render import Draft
from social_publisher.messages.rules import MASTODON, Counting
from social_publisher.networks.base import ACCOUNT_ID, Absent, Account, Engagement, Found, Network, Scope
from social_publisher.networks.connect import App, Challenge, Connector
from social_publisher.networks.errors import (
    AuthError,
    RateLimitedError,
    RefusedError,
    TemporaryError,
    UnknownOutcomeError,
)
from tests.contract.faked import FakedContract
from tests.contract.oauth import OAuthContract
from tests.contract.suite import LINK, REDIRECT, deliver, given_media, outgoing
from tests.fakes import mastodon
from tests.fakes.http import FakeNetwork
from tests.support import samples

BOTH = pytest.mark.parametrize("flavour", ["mastodon", "gotosocial"])


class TestMastodon(FakedContract, OAuthContract):
    fake_type = mastodon.Mastodon

    def make_network(self, base: str, seconds: float = 5) -> Network:
        return mastodon.adapter(base, seconds)

    def make_account(self, base: str, handle: str = "selec") -> Account:
        return mastodon.account(base, handle)

    def server_answers(self, fake: FakeNetwork) -> dict[str, str]:
        return {"server": fake.base}

    def app(self, fake: FakeNetwork, connector: Connector) -> App:
        server = connector.server(self.server_answers(fake))
        return connector.register(server, REDIRECT, "https://campaigns.example")

    def as_the_server_says(self, connector: Connector, account: Account) -> Account:
        """The account with the settings that connecting it, or a check, would give it."""
        return replace(account, settings={**account.settings, **connector.check(account).settings})

    # Connecting

    def test_an_address_of_the_server_connects(self, connector: Connector, fake: FakeNetwork) -> None:
        connection = self.connect(connector, self.app(fake, connector))[0]
        identity = connection.identity
        assert identity.handle == f"selec@{urlsplit(fake.base).netloc}"
        assert identity.page_url == f"{fake.base}/@selec"
        assert connection.grant.expires_at is None
        assert not connection.grant.renews

    def test_the_page_is_asked_for_no_more_than_is_needed(self, connector: Connector, fake: FakeNetwork) -> None:
        asked = parse_qs(urlsplit(connector.authorize_url(self.app(fake, connector), REDIRECT, Challenge.new())).query)
        assert asked["scope"] == ["read:accounts read:statuses write:statuses write:media"]
        assert asked["code_challenge_method"] == ["S256"]

    def test_an_older_server_knows_no_proof_and_connects(self, connector: Connector, fake: FakeNetwork) -> None:
        fake.control({"version": "3.5.3"})
        identity = self.connect(connector, self.app(fake, connector))[0].identity
        assert identity.settings["version"] == "3.5.3"
        assert identity.settings["max_characters"] == "500"

    def test_what_is_no_such_server_is_said(self, connector: Connector, fake: FakeNetwork) -> None:
        with pytest.raises(RefusedError, match="did not take us in"):
            connector.register(f"{fake.base}/blog", REDIRECT, "https://campaigns.example")

    @pytest.mark.parametrize("secret", ["", "wrong"])
    def test_a_wrong_secret_is_refused_and_not_repeated(
        self, connector: Connector, fake: FakeNetwork, secret: str
    ) -> None:
        app, challenge = self.app(fake, connector), Challenge.new()
        code = self.come_back(connector, app, challenge)["code"]
        with pytest.raises(RefusedError) as caught:
            connector.exchange(replace(app, client_secret=secret), REDIRECT, code, challenge)
        assert code not in str(caught.value)
        assert challenge.verifier not in str(caught.value)

    def test_an_account_that_is_not_connected_is_said(self, network: Network, account: Account) -> None:
        with pytest.raises(AuthError, match="Connect it"):
            network.send(replace(account, credentials={}), outgoing())

    def test_accounts_of_the_same_name_on_two_servers_are_two(self, network: Network, fake: FakeNetwork) -> None:
        here, there = self.make_account(fake.base), self.make_account("https://other.example")
        assert here.settings[ACCOUNT_ID] != there.settings[ACCOUNT_ID]
        assert here.handle != there.handle
        assert network.service(there) == "other.example"

    def test_a_suspended_account_has_to_be_looked_after(
        self, network: Network, account: Account, fake: FakeNetwork
    ) -> None:
        fake.control({"suspend": ["selec"]})
        with pytest.raises(AuthError, match="disabled"):
            network.send(account, outgoing())
        assert self.count_posts() == 0

    # Limits

    def test_a_server_that_was_not_asked_yet_has_the_usual_limits(self, network: Network) -> None:
        assert network.rules(Account("selec")) == MASTODON

    def test_each_server_tells_its_own_limits(self, network: Network, connector: Connector, fake: FakeNetwork) -> None:
        limits = {"max_characters": 1000, "characters_reserved_per_url": 30, "max_media_attachments": 8}
        media = {"description_limit": 700, "image_size_limit": 2_000_000, "image_matrix_limit": 1_000_000}
        fake.control({"limits": {**limits, **media, "video_size_limit": 5_000_000}})
        rules = network.rules(self.as_the_server_says(connector, self.make_account(fake.base)))
        assert (rules.limit, rules.url_length, rules.max_attachments, rules.alt_limit) == (1000, 30, 8, 700)
        assert (rules.pictures.max_bytes, rules.pictures.max_side) == (2_000_000, 1000)
        assert rules.video is not None
        assert rules.video.max_bytes == 5_000_000

    def test_a_check_reads_the_limits_again(self, connector: Connector, account: Account, fake: FakeNetwork) -> None:
        assert connector.check(account).settings["max_characters"] == "500"
        fake.control({"limits": {"max_characters": 640}})
        assert connector.check(account).settings["max_characters"] == "640"

    def test_gotosocial_counts_everything_as_it_stands(
        self, network: Network, connector: Connector, fake: FakeNetwork
    ) -> None:
        fake.control({"flavour": "gotosocial"})
        rules = network.rules(self.as_the_server_says(connector, self.make_account(fake.base)))
        assert (rules.limit, rules.counting, rules.url_length) == (5000, Counting.CODE_POINTS, None)
        assert not rules.short_mentions
        assert rules.max_attachments == 6

    @BOTH
    @pytest.mark.parametrize(
        "words", ["https://example.org/go/" + "a" * 60, "@selec@far.example", "👩‍👩‍👧‍👦", "e\u0301", "Ћ"]
    )
    def test_what_fits_exactly_is_taken_and_one_more_is_not(
        self, network: Network, connector: Connector, fake: FakeNetwork, flavour: str, words: str
    ) -> None:
        fake.control({"flavour": flavour})
        account = self.as_the_server_says(connector, self.make_account(fake.base))
        limit = network.rules(account).limit
        used = network.render(account, Draft(words, warning="Violence")).length
        text = "a" * (limit - used - 1) + f" {words}"
        rendered = network.render(account, Draft(text, warning="Violence"))
        assert rendered.length == limit
        assert deliver(network, account, outgoing(rendered.text, link="", warning="Violence")).remote_id
        assert not network.render(account, Draft(f"a{text}", warning="Violence")).sendable
        with pytest.raises(RefusedError):
            deliver(network, account, outgoing(f"a{rendered.text}", link="", warning="Violence"))

    # Media

    def test_a_video_is_worked_on_before_it_can_be_used(self, network: Network, account: Account) -> None:
        attachment, content = samples.video()
        upload = network.upload(account, attachment, content)
        assert upload.processing
        assert upload.kept_until is not None
        assert upload.kept_until > datetime.now(UTC) + timedelta(hours=12)
        with pytest.raises(RefusedError, match="not finished processing"):
            network.send(account, outgoing(attachments=(attachment,), media=(upload.remote_id,)))
        waits = [network.upload_wait(account, attachment, upload.remote_id) for _look in range(3)]
        assert [wait is None for wait in waits] == [False, False, True]

    def test_a_video_that_cannot_be_processed_is_refused(
        self, network: Network, account: Account, fake: FakeNetwork
    ) -> None:
        fake.control({"unprocessable": True})
        attachment, content = samples.video()
        with pytest.raises(RefusedError, match="Error processing"):
            given_media(network, account, attachment, content)

    def test_media_of_another_account_is_refused(self, network: Network, account: Account, fake: FakeNetwork) -> None:
        attachment, content = samples.picture()
        foreign = network.upload(self.make_account(fake.base, "other"), attachment, content)
        with pytest.raises(RefusedError, match="not found"):
            network.send(account, outgoing(attachments=(attachment,), media=(foreign.remote_id,)))

    def test_a_description_that_is_too_long_is_refused(self, network: Network, account: Account) -> None:
        with pytest.raises(RefusedError, match="Description"):
            deliver(network, account, outgoing(), samples.picture("a" * 1501))

    # Sending

    @BOTH
    def test_a_warning_covers_the_post(
        self, network: Network, connector: Connector, fake: FakeNetwork, flavour: str
    ) -> None:
        fake.control({"flavour": flavour})
        account = self.as_the_server_says(connector, self.make_account(fake.base))
        deliver(network, account, outgoing(warning="Violence"))
        assert fake.posts[0]["warning"] == "Violence"
        assert fake.posts[0]["sensitive"]
        deliver(network, account, outgoing())
        assert not fake.posts[1]["sensitive"]

    def test_what_is_left_is_told(self, network: Network, account: Account) -> None:
        (remaining,) = deliver(network, account, outgoing()).remaining
        assert (remaining.scope, remaining.count) == (Scope.CHANNEL, 299)
        assert datetime.now(UTC) < remaining.resets_at <= datetime.now(UTC) + timedelta(hours=3)

    def test_gotosocial_counts_calls_by_where_they_come_from(
        self, network: Network, connector: Connector, fake: FakeNetwork
    ) -> None:
        fake.control({"flavour": "gotosocial"})
        account = self.as_the_server_says(connector, self.make_account(fake.base))
        assert deliver(network, account, outgoing()).remaining[0].scope is Scope.APP
        fake.fail("429:7")
        with pytest.raises(RateLimitedError) as caught:
            network.send(account, outgoing())
        assert caught.value.app_wide

    def test_an_answer_to_what_is_not_there_is_refused(self, network: Network, account: Account) -> None:
        with pytest.raises(RefusedError, match="reply"):
            network.send(account, outgoing(reply_to="12345"))

    def test_a_post_that_is_gone_is_not_what_its_key_gives(self, network: Network, account: Account) -> None:
        post = outgoing()
        network.recall(account, network.send(account, post).remote_id)
        assert network.find(account, post) == Absent()

    # Settling

    @BOTH
    @pytest.mark.parametrize(
        "text",
        [
            f"Ask where it comes from. {LINK}",
            f"({LINK}).",
            "Fish & chips <b>\n\n\nare “good”, 100% #Good  &amp; 'cheap'.\nhttps://www.example.org/a/long/one/with?a=b&c=d#e",
            "Thanks to @selec and @Other@far.example!",
            "Γεια σου Κόσμε 👩‍👩‍👧‍👦",
        ],
    )
    def test_a_post_is_found_however_it_is_shown(
        self, network: Network, connector: Connector, fake: FakeNetwork, flavour: str, text: str
    ) -> None:
        fake.control({"flavour": flavour})
        account = self.as_the_server_says(connector, self.make_account(fake.base))
        post = outgoing(text, warning="Violence & <fraud>")
        assert network.find(account, post) == Absent()
        fake.fail("reset-after")
        with pytest.raises(UnknownOutcomeError):
            network.send(account, post)
        found = network.find(account, post)
        assert isinstance(found, Found)
        assert found.receipt.remote_id == fake.posts[0]["id"]
        assert network.identify(account, found.receipt.url) == found.receipt.remote_id

    @pytest.mark.parametrize(
        "other",
        [
            {"text": f"Ask where it comes from. {LINK}d"},
            {"text": f"Ask where it comes from. {LINK}", "reply_to": "first"},
            {"text": "Ask where it comes from."},
        ],
    )
    def test_another_post_is_not_it(self, network: Network, account: Account, other: dict[str, str]) -> None:
        first = deliver(network, account, outgoing("The first."))
        reply_to = first.remote_id if "reply_to" in other else ""
        deliver(network, account, outgoing(other["text"], reply_to=reply_to))
        assert network.find(account, outgoing()) == Absent()

    def test_of_posts_without_a_link_the_warning_tells_which(self, network: Network, account: Account) -> None:
        post = outgoing("The same words.", link="", warning="Violence")
        deliver(network, account, replace(post, warning="Fraud", idempotency_key="1"))
        assert network.find(account, post) == Absent()

    def test_it_is_looked_for_page_after_page(self, network: Network, account: Account, fake: FakeNetwork) -> None:
        post = outgoing()
        receipt = deliver(network, account, post)
        for place in range(85):
            deliver(network, account, outgoing(f"Number {place}."))
        fake.calls.clear()
        found = network.find(account, post)
        assert isinstance(found, Found)
        assert found.receipt.remote_id == receipt.remote_id
        assert len(fake.calls) == 3

    def test_older_posts_are_not_looked_through(self, network: Network, account: Account, fake: FakeNetwork) -> None:
        for place in range(45):
            deliver(network, account, outgoing(f"Number {place}."))
        fake.calls.clear()
        later = outgoing("Number 7.", created_at=datetime.now(UTC) + timedelta(hours=1))
        assert network.find(account, later) == Absent()
        assert len(fake.calls) == 1

    def test_a_server_that_turns_no_page_is_no_proof(
        self, network: Network, account: Account, fake: FakeNetwork
    ) -> None:
        deliver(network, account, outgoing("Another."))
        fake.control({"stuck": True})
        with pytest.raises(TemporaryError):
            network.find(account, outgoing())

    def test_a_forgotten_key_and_gotosocial_are_settled_by_the_witness_alone(
        self, network: Network, connector: Connector, fake: FakeNetwork
    ) -> None:
        fake.control({"flavour": "gotosocial"})
        account = self.as_the_server_says(connector, self.make_account(fake.base))
        post = outgoing()
        first, second = network.send(account, post), network.send(account, post)
        assert first.remote_id != second.remote_id
        fake.control({"flavour": "mastodon", "forget_keys": True})
        assert network.send(self.make_account(fake.base), post).remote_id != first.remote_id

    def test_who_may_not_read_has_found_nothing_out(
        self, network: Network, account: Account, fake: FakeNetwork
    ) -> None:
        fake.control({"revoke": True})
        with pytest.raises(AuthError):
            network.find(account, outgoing())

    # Addresses

    @pytest.mark.parametrize(
        ("path", "remote_id"),
        [
            ("/@selec/116123456789012345", "116123456789012345"),
            ("/@selec/116123456789012345/?utm_source=x#y", "116123456789012345"),
            ("/users/selec/statuses/116123456789012345", "116123456789012345"),
            ("/web/statuses/116123456789012345", "116123456789012345"),
            ("/deck/@selec/116123456789012345", "116123456789012345"),
            ("/@selec/statuses/01FGVP55XMF2K6316MQRX6PFG1", "01FGVP55XMF2K6316MQRX6PFG1"),
        ],
    )
    def test_a_pasted_address_leads_to_its_post(
        self, network: Network, account: Account, fake: FakeNetwork, path: str, remote_id: str
    ) -> None:
        assert network.identify(account, f"{fake.base}{path}") == remote_id

    @pytest.mark.parametrize("url", ["https://other.example/@selec/12", "{base}/@selec", "{base}/tags/2024", "12", ""])
    def test_what_is_no_post_of_this_server_is_said(
        self, network: Network, account: Account, fake: FakeNetwork, url: str
    ) -> None:
        with pytest.raises(ValueError):
            network.identify(account, url.format(base=fake.base))

    # Engagement and recall

    def test_twenty_posts_are_read_at_once(self, network: Network, account: Account, fake: FakeNetwork) -> None:
        ids = [deliver(network, account, outgoing(f"Number {place}.")).remote_id for place in range(45)]
        fake.calls.clear()
        assert set(network.read_engagement(account, ids)) == set(ids)
        assert len(fake.calls) == 3

    @pytest.mark.parametrize("wish", [{"version": "4.2.9"}, {"flavour": "gotosocial"}])
    def test_older_servers_and_gotosocial_are_asked_one_by_one(
        self, network: Network, account: Account, fake: FakeNetwork, wish: dict[str, str]
    ) -> None:
        fake.control(wish)
        kept, gone = (deliver(network, account, outgoing(text)).remote_id for text in ("One.", "Two."))
        network.recall(account, gone)
        fake.counts[kept] = {"likes": 3, "reposts": 2, "replies": 1}
        told = network.read_engagement(account, [kept, gone])
        assert told == {kept: Engagement(likes=3, reposts=2, replies=1)}

    def test_what_could_not_be_read_is_not_gone(self, network: Network, account: Account, fake: FakeNetwork) -> None:
        lost = replace(account, settings={**account.settings, "server": f"{fake.base}/elsewhere"})
        with pytest.raises(TemporaryError):
            network.read_engagement(lost, ["12"])
        with pytest.raises(RefusedError):
            network.recall(lost, "12")

    def test_a_post_of_another_account_is_not_recalled(
        self, network: Network, account: Account, fake: FakeNetwork
    ) -> None:
        receipt = deliver(network, account, outgoing())
        network.recall(self.make_account(fake.base, "other"), receipt.remote_id)
        assert self.count_posts() == 1

    def test_a_boost_is_seen_as_what_it_passes_on(
        self, network: Network, account: Account, fake: mastodon.Mastodon
    ) -> None:
        now = datetime.now(UTC)
        boost = fake.put(account.handle, "Somebody else's words.", now, boosts=True)
        (seen,) = network.own_posts(account, now - timedelta(hours=1)) or ()
        assert (seen.remote_id, seen.words) == (boost["id"], "Boosted: Somebody else's words.")
        assert "@somebody" in seen.url
