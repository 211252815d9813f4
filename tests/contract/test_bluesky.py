from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from social_publisher.messages.render import Card
from social_publisher.networks.base import Absent, Account, Engagement, Found, Network
from social_publisher.networks.connect import Connection, Connector
from social_publisher.networks.errors import (
    AuthError,
    RateLimitedError,
    RefusedError,
    TemporaryError,
    UnknownOutcomeError,
)
from tests.contract.faked import FakedContract
from tests.contract.suite import LINK, deliver, given_media, keyed, outgoing
from tests.fakes import bluesky
from tests.fakes.http import FakeNetwork
from tests.support import samples


class TestBluesky(FakedContract):
    fake_type = bluesky.Bluesky

    def make_network(self, base: str, seconds: float = 5) -> Network:
        return bluesky.adapter(base, seconds)

    def make_account(self, base: str, handle: str = "selec") -> Account:
        return bluesky.account(base, handle)

    @pytest.fixture
    def connector(self, network: Network) -> Connector:
        assert network.connector is not None
        return network.connector

    def sign_in(self, connector: Connector, handle: str = "selec.example", server: str = "") -> Connection:
        return connector.sign_in({"server": server, "handle": handle, "password": bluesky.PASSWORD})[0]

    def signed_in(self, connector: Connector, handle: str = "selec.example") -> Account:
        connection = self.sign_in(connector, handle)
        identity = connection.identity
        settings = {**identity.settings, "account_id": identity.account_id}
        return Account(identity.handle, settings, connection.grant.credentials)

    # Connecting

    @pytest.mark.parametrize(
        "typed",
        [
            "selec.example",
            "@selec.example",
            " Selec.Example ",
            "\u202aselec.example\u202c",
            bluesky.did_of("selec.example"),
        ],
    )
    def test_an_account_is_connected_however_it_is_named(self, connector: Connector, typed: str) -> None:
        self.sign_in(connector)
        connection = self.sign_in(connector, typed)
        assert connection.identity.handle == "selec.example"
        assert connection.identity.account_id == bluesky.did_of("selec.example")
        assert connection.identity.page_url == "https://bsky.app/profile/selec.example"

    def test_only_the_sessions_tokens_are_kept(self, network: Network, connector: Connector, fake: FakeNetwork) -> None:
        connection = self.sign_in(connector)
        assert set(connection.grant.credentials) == {"access", "refresh"}
        assert connection.grant.renews
        assert abs(connection.grant.expires_at - datetime.now(UTC) - timedelta(minutes=120)) < timedelta(seconds=5)
        assert connection.identity.settings == {"server": fake.base}
        for secret in (*connection.grant.credentials.values(), bluesky.PASSWORD):
            assert secret not in repr(connection)
        account = self.signed_in(connector)
        deliver(network, account, outgoing())
        assert fake.posts[0]["handle"] == "selec.example"
        assert connector.check(account) == connection.identity

    def test_the_accounts_own_server_may_be_another_than_the_one_that_signs_in(
        self, connector: Connector, fake: FakeNetwork
    ) -> None:
        named = fake.base.replace("127.0.0.1", "localhost")
        assert self.sign_in(connector, server=named).identity.settings["server"] == fake.base

    @pytest.mark.parametrize(
        ("handle", "password", "said"),
        [
            ("selec.example", "wrong", "Invalid identifier or password"),
            ("nobody.example", bluesky.PASSWORD, "Invalid identifier or password"),
            ("selec.example", bluesky.OWN_PASSWORD, "app password"),
            ("asleep.example", bluesky.PASSWORD, "deactivated"),
            ("moved.example", bluesky.PASSWORD, "HTTP 307"),
            ("box@example.org", bluesky.PASSWORD, "e-mail"),
            ("did:plc", bluesky.PASSWORD, "handle"),
            (" ", bluesky.PASSWORD, "handle"),
        ],
    )
    def test_what_was_typed_wrongly_is_said(
        self, connector: Connector, fake: FakeNetwork, handle: str, password: str, said: str
    ) -> None:
        with pytest.raises(RefusedError, match=said) as caught:
            connector.sign_in({"server": "", "handle": handle, "password": password})
        assert password not in str(caught.value)
        assert ("POST", "/elsewhere") not in fake.calls

    def test_a_server_without_an_appview_has_accounts_too(self, connector: Connector, fake: FakeNetwork) -> None:
        fake.control({"appview": False})
        identity = self.sign_in(connector).identity
        assert (identity.name, identity.picture_url) == ("selec.example", "")

    def test_a_session_is_renewed_without_a_person(
        self, network: Network, connector: Connector, fake: FakeNetwork
    ) -> None:
        account = self.signed_in(connector)
        fake.control({"expire": True})
        with pytest.raises(AuthError):
            network.send(account, keyed(network, outgoing()))
        grant = connector.refresh(None, account)
        assert grant.renews
        assert grant.expires_at > datetime.now(UTC) + timedelta(minutes=100)
        assert network.send(replace(account, credentials=grant.credentials), keyed(network, outgoing())).remote_id

    def test_a_renewal_whose_answer_was_lost_is_asked_for_again(self, connector: Connector, fake: FakeNetwork) -> None:
        account = self.signed_in(connector)
        assert connector.refresh(None, account).credentials == connector.refresh(None, account).credentials
        fake.control({"grace_over": True})
        with pytest.raises(AuthError):
            connector.refresh(None, account)

    # Records

    def test_what_is_out_is_never_overwritten(self, network: Network, account: Account, fake: FakeNetwork) -> None:
        post = keyed(network, outgoing("The first words."))
        first = network.send(account, post)
        second = network.send(account, replace(post, text="Other words under the same key."))
        assert second.remote_id == first.remote_id
        assert (fake.posts[0]["text"], fake.posts[0]["overwritten"]) == ("The first words.", 0)

    def test_a_record_that_is_there_and_cannot_be_read_is_no_failure_to_send(
        self, network: Network, account: Account, fake: FakeNetwork
    ) -> None:
        post = keyed(network, outgoing("The first words."))
        network.send(account, post)
        fake.control({"unreadable": True})
        with pytest.raises(UnknownOutcomeError):
            network.send(account, replace(post, text="Other words under the same key."))

    def test_keys_of_one_moment_are_all_different(self, network: Network) -> None:
        at = datetime.now(UTC)
        keys = [network.record_key(at) for _number in range(5000)]
        assert len(set(keys)) == len(keys)

    def test_a_repeat_with_a_mention_is_what_is_out_though_the_handle_is_now_somebody_elses(
        self, network: Network, account: Account, fake: FakeNetwork
    ) -> None:
        post = keyed(network, outgoing("With @friend.example and @nobody.example."))
        first = network.send(account, post)
        facets = fake.posts[0]["facets"]
        assert [facet["features"][0]["did"] for facet in facets] == [bluesky.did_of("friend.example")]
        fake.control({"resolves": {"friend.example": bluesky.did_of("other.example")}})
        assert network.send(account, post) == replace(first, remaining=())
        assert (len(fake.posts), fake.posts[0]["facets"]) == (1, facets)

    def test_a_card_goes_with_its_picture(self, network: Network, account: Account, fake: FakeNetwork) -> None:
        picture, content = samples.picture()
        card = Card("Where it comes from", "A page", picture)
        thumb = given_media(network, account, picture, content)
        network.send(account, keyed(network, outgoing(card=card, card_media=thumb)))
        network.send(account, keyed(network, outgoing(card=replace(card, image=None))))
        assert [post["card"] for post in fake.posts] == [{"title": "Where it comes from", "url": LINK}] * 2

    def test_alt_text_of_a_video_arrives(self, network: Network, account: Account, fake: FakeNetwork) -> None:
        deliver(network, account, outgoing(), samples.video("Lorries at a border"))
        assert fake.posts[0]["media"] == [{"kind": "video", "alt": "Lorries at a border"}]

    def test_an_upload_that_was_swept_is_made_again_later(
        self, network: Network, account: Account, fake: FakeNetwork
    ) -> None:
        picture, content = samples.picture()
        media = (given_media(network, account, picture, content),)
        fake.reset()
        with pytest.raises(TemporaryError):
            network.send(account, keyed(network, outgoing(attachments=(picture,), media=media)))

    def test_an_answer_to_what_is_gone_is_refused(self, network: Network, account: Account) -> None:
        first = deliver(network, account, outgoing("The first."))
        network.recall(account, first.remote_id)
        with pytest.raises(RefusedError, match="no longer there"):
            deliver(network, account, outgoing("The second.", reply_to=first.remote_id, thread=first.remote_id))

    @pytest.mark.parametrize("language", ["sr", "sr-Latn", "pt_BR", "", "no language"])
    def test_a_language_is_named_if_it_is_one(
        self, network: Network, account: Account, fake: FakeNetwork, language: str
    ) -> None:
        deliver(network, account, outgoing(language=language))
        assert fake.posts[0]["language"] == (language.replace("_", "-") if " " not in language else "")

    def test_a_post_is_found_without_a_permission(self, network: Network, account: Account, fake: FakeNetwork) -> None:
        post = keyed(network, outgoing())
        network.send(account, post)
        fake.control({"revoke": True})
        assert isinstance(network.find(account, post), Found)

    def test_another_key_is_another_post(self, network: Network, account: Account) -> None:
        post = keyed(network, outgoing())
        network.send(account, post)
        assert network.find(account, keyed(network, post)) == Absent()

    # What the network tells

    def test_points_left_are_told_as_posts(self, network: Network, account: Account, fake: FakeNetwork) -> None:
        (remaining,) = deliver(network, account, outgoing()).remaining
        assert remaining.count == (bluesky.POINTS - 2) // 3
        assert timedelta(minutes=55) < remaining.resets_at - datetime.now(UTC) <= timedelta(hours=1)

    def test_the_limit_of_our_address_binds_every_account(
        self, network: Network, account: Account, fake: FakeNetwork, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        minutes = {**bluesky.limits(0, datetime.now(UTC).timestamp() + 60), "ratelimit-policy": "3000;w=300"}
        limited = bluesky.error(429, "RateLimitExceeded", "Rate Limit Exceeded", minutes)
        monkeypatch.setattr(fake, "failure", lambda kind, value: limited)
        fake.fail("429:60")
        with pytest.raises(RateLimitedError) as caught:
            deliver(network, account, outgoing())
        assert caught.value.app_wide

    def test_counts_are_asked_25_at_a_time(self, network: Network, account: Account, fake: FakeNetwork) -> None:
        ids = [deliver(network, account, outgoing(f"Number {number}.")).remote_id for number in range(26)]
        assert set(network.read_engagement(account, ids)) == set(ids)
        assert fake.calls.count(("GET", "/xrpc/app.bsky.feed.getPosts")) == 2

    def test_a_post_that_is_there_and_not_shown_has_no_counts(
        self, network: Network, account: Account, fake: FakeNetwork
    ) -> None:
        receipt = deliver(network, account, outgoing())
        fake.control({"hidden": [receipt.remote_id]})
        assert network.read_engagement(account, [receipt.remote_id]) == {receipt.remote_id: Engagement()}

    def test_without_an_appview_counts_cannot_be_read(
        self, network: Network, account: Account, fake: FakeNetwork
    ) -> None:
        receipt = deliver(network, account, outgoing())
        fake.control({"appview": False})
        with pytest.raises(TemporaryError):
            network.read_engagement(account, [receipt.remote_id])

    # The fake is as strict as its description

    def test_the_fake_takes_a_created_record_once(self, fake: FakeNetwork, network: Network) -> None:
        record = {"$type": "app.bsky.feed.post", "text": "Once.", "createdAt": "2026-11-25T10:00:00Z"}
        at = {
            "repo": bluesky.did_of("selec"),
            "collection": "app.bsky.feed.post",
            "rkey": network.record_key(datetime.now(UTC)),
        }
        with httpx.Client(
            base_url=fake.base, trust_env=False, headers={"authorization": "Bearer access-selec"}
        ) as client:
            statuses = [
                client.post("/xrpc/com.atproto.repo.createRecord", json={**at, "record": record}).status_code
                for _turn in range(2)
            ]
            overwritten = client.post(
                "/xrpc/com.atproto.repo.putRecord", json={**at, "record": {**record, "text": "Twice."}}
            )
            no_tid = client.post("/xrpc/com.atproto.repo.putRecord", json={**at, "rkey": "self", "record": record})
        assert statuses == [200, 500]
        assert (overwritten.status_code, fake.posts[0]["overwritten"]) == (200, 1)
        assert no_tid.status_code == 400

    def test_a_repost_is_seen_and_a_false_time_hides_nothing(
        self, network: Network, account: Account, fake: bluesky.Bluesky
    ) -> None:
        now = datetime.now(UTC)
        repost = fake.put(account.handle, "", now, repost=True)
        backdated = fake.put(account.handle, "Old, it says.", now - timedelta(minutes=1), bears="2020-01-01T00:00:00Z")
        seen = network.own_posts(account, now - timedelta(hours=1))
        assert [post.remote_id for post in seen] == [repost["id"], backdated["id"]]
        assert seen[0].words.startswith("Reposted: https://bsky.app/profile/did:plc:somebody/post/")
