"""What every module of a real network must do against its fake: the network's own word."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from social_publisher.messages.render import Draft
from social_publisher.networks.base import SEEN_POSTS, Absent, Account, Found, Network
from social_publisher.networks.errors import (
    AuthError,
    NetworkError,
    RateLimitedError,
    RefusedError,
    TemporaryError,
    UnknownOutcomeError,
)
from tests.contract.suite import LINK, NetworkContract, deliver, keyed, outgoing
from tests.fakes.http import FakeNetwork, serving
from tests.support import samples


class FakedContract(NetworkContract):
    """Give `fake_type`, `make_network(base)` and `make_account(base)`; the fake is the network's own word."""

    fake_type: type[FakeNetwork]

    def make_network(self, base: str, seconds: float = 5) -> Network:
        raise TypeError("a subclass makes the network")

    def make_account(self, base: str, handle: str = "selec") -> Account:
        raise TypeError("a subclass makes the account")

    @pytest.fixture
    def fake(self) -> Iterator[FakeNetwork]:
        with serving(self.fake_type()) as network:
            self._fake = network
            yield network

    @pytest.fixture
    def network(self, fake: FakeNetwork) -> Iterator[Network]:
        made = self.make_network(fake.base)
        yield made
        made.close()

    @pytest.fixture
    def account(self, fake: FakeNetwork) -> Account:
        return self.make_account(fake.base)

    def count_posts(self) -> int:
        return sum(not post["gone"] for post in self._fake.posts)

    def test_the_words_arrive_as_they_were_written(self, network: Network, account: Account, fake: FakeNetwork) -> None:
        text = f"Ask (where) it_comes *from*: <b> & #StopSmuggling, 100% [sure]. Šta? Ποιος; Кой? {LINK}"
        deliver(network, account, outgoing(text, language="bs"))
        assert fake.posts[0]["text"] == text
        assert fake.posts[0]["handle"] == account.handle

    def test_the_description_arrives(self, network: Network, account: Account, fake: FakeNetwork) -> None:
        alt_text = "A dark field, “quoted”, with Ћирилица"
        deliver(network, account, outgoing(), samples.picture(alt_text), samples.picture(alt_text, "maroon"))
        media = fake.posts[0]["media"]
        assert [item["kind"] for item in media] == ["picture", "picture"]
        if network.capabilities.alt_text:
            assert [item["alt"] for item in media] == [alt_text, alt_text]

    def test_a_video_is_sent_when_it_is_ready(self, network: Network, account: Account, fake: FakeNetwork) -> None:
        if network.rules(account).video is None:
            pytest.skip("this network takes no videos from here")
        deliver(network, account, outgoing(), samples.video())
        assert [item["kind"] for item in fake.posts[0]["media"]] == ["video"]

    def test_a_thread_is_one_answer_after_the_other(
        self, network: Network, account: Account, fake: FakeNetwork
    ) -> None:
        if network.rules(account).max_parts == 1:
            pytest.skip("this network has no threads")
        first = deliver(network, account, outgoing("The first."))
        second = deliver(network, account, outgoing("The second.", reply_to=first.remote_id, thread=first.remote_id))
        third = keyed(network, outgoing("The third.", reply_to=second.remote_id, thread=first.remote_id))
        assert network.find(account, third) == Absent()
        network.send(account, third)
        assert isinstance(network.find(account, third), Found)
        assert [post["reply_to"] for post in fake.posts] == ["", fake.posts[0]["id"], fake.posts[1]["id"]]

    def test_the_language_and_the_warning_arrive(self, network: Network, account: Account, fake: FakeNetwork) -> None:
        composed = network.compose(account, Draft("A body is shown.", language="sr", warning="Violence"))
        deliver(network, account, outgoing(composed.text, language="sr", warning=composed.warning))
        post = fake.posts[0]
        assert post["language"] in {"sr", ""}
        assert "Violence" in (post["warning"] or post["text"])

    def test_what_is_said_to_fit_is_taken_as_it_is(self, network: Network, account: Account, fake: FakeNetwork) -> None:
        @settings(max_examples=25, deadline=None)
        @given(text=st.text(max_size=700), link=st.sampled_from(["", LINK]))
        def holds(text: str, link: str) -> None:
            fake.reset()
            rendered = network.render(account, Draft(text, link))
            if not rendered.sendable:
                return
            for number, part in enumerate(rendered.parts):
                deliver(network, account, outgoing(part, link=link))
                assert fake.posts[number]["text"] == part

        holds()

    @pytest.mark.parametrize(
        ("fault", "kind"),
        [("429:7", RateLimitedError), ("401", AuthError), ("refuse", RefusedError), ("malformed", UnknownOutcomeError)],
    )
    def test_what_the_network_says_is_sorted(
        self, network: Network, account: Account, fake: FakeNetwork, fault: str, kind: type[NetworkError]
    ) -> None:
        fake.fail(fault)
        with pytest.raises(NetworkError) as caught:
            deliver(network, account, outgoing())
        assert type(caught.value) is kind
        assert caught.value.words
        assert self.count_posts() == (1 if fault == "malformed" else 0)
        if isinstance(caught.value, RateLimitedError):
            assert caught.value.retry_after is not None
            assert timedelta(seconds=5) <= caught.value.retry_after <= timedelta(seconds=8)

    @pytest.mark.parametrize("fault", ["500-before", "500-after", "reset-before", "reset-after", "reset-mid-body"])
    def test_what_may_have_been_taken_is_settled_by_its_witness(
        self, network: Network, account: Account, fake: FakeNetwork, fault: str
    ) -> None:
        post = keyed(network, outgoing())
        fake.fail(fault)
        with pytest.raises(UnknownOutcomeError):
            network.send(account, post)
        if network.capabilities.witness:
            witness = network.find(account, post)
            assert isinstance(witness, Found if self.count_posts() else Absent)

    def test_another_post_of_the_same_words_is_not_taken_for_it(
        self, network: Network, account: Account, fake: FakeNetwork
    ) -> None:
        if not network.capabilities.witness:
            pytest.skip("this network has no witness")
        first = deliver(network, account, outgoing("The same words.", link=""))
        second = keyed(network, outgoing("The same words.", link="", known=frozenset({first.remote_id})))
        assert network.find(account, second) == Absent()

    def test_own_posts_are_whatever_the_account_posted_since(
        self, network: Network, account: Account, fake: FakeNetwork
    ) -> None:
        now = datetime.now(UTC)
        if network.own_posts(account, now) is None:
            pytest.skip("this network does not let us read that")
        fake.put(account.handle, "Long ago.", now - timedelta(hours=3))
        by_hand = fake.put(account.handle, "Not from here & <new>. Šta?", now - timedelta(minutes=20))
        receipt = deliver(network, account, outgoing())
        seen = network.own_posts(account, now - timedelta(hours=1))
        assert [post.remote_id for post in seen] == [receipt.remote_id, by_hand["id"]]
        assert seen[1].words == "Not from here & <new>. Šta?"
        assert seen[1].url.startswith("http")
        assert abs(seen[1].posted_at - (now - timedelta(minutes=20))) < timedelta(seconds=2)

    def test_own_posts_are_bounded(self, network: Network, account: Account, fake: FakeNetwork) -> None:
        now = datetime.now(UTC)
        if network.own_posts(account, now) is None:
            pytest.skip("this network does not let us read that")
        for number in range(SEEN_POSTS + 5):
            fake.put(account.handle, f"Number {number}.", now - timedelta(minutes=5) + timedelta(milliseconds=number))
        assert len(network.own_posts(account, now - timedelta(hours=1))) == SEEN_POSTS

    def test_no_answer_in_time_leaves_it_open(self, network: Network, account: Account, fake: FakeNetwork) -> None:
        hurried = self.make_network(fake.base, 0.3)
        fake.fail("slow:1")
        with pytest.raises(UnknownOutcomeError):
            deliver(hurried, account, outgoing())
        hurried.close()

    def test_a_network_out_of_reach_took_nothing(self) -> None:
        nowhere = "http://127.0.0.1:1"
        network, account = self.make_network(nowhere), self.make_account(nowhere)
        with pytest.raises(TemporaryError) as caught:
            network.send(account, keyed(network, outgoing()))
        network.close()
        assert type(caught.value) is TemporaryError

    @pytest.mark.parametrize("fault", ["upload/500-before", "upload/reset-after", "upload/malformed"])
    def test_a_failed_upload_publishes_nothing(
        self, network: Network, account: Account, fake: FakeNetwork, fault: str
    ) -> None:
        if not network.capabilities.uploads:
            pytest.skip("this network has no uploads")
        fake.fail(fault)
        with pytest.raises(NetworkError) as caught:
            deliver(network, account, outgoing(), samples.picture())
        assert isinstance(caught.value, TemporaryError | UnknownOutcomeError)
        assert self.count_posts() == 0

    def test_counts_are_those_of_the_network(self, network: Network, account: Account, fake: FakeNetwork) -> None:
        tells = sorted(network.capabilities.engagement)
        receipts = [deliver(network, account, outgoing(f"Number {number}.")) for number in range(3)]
        for number in range(len(receipts)):
            fake.counts[fake.posts[number]["id"]] = {name: number + place for place, name in enumerate(tells)}
        told = network.read_engagement(account, [receipt.remote_id for receipt in receipts])
        for number, receipt in enumerate(receipts):
            given = {name: value for name, value in asdict(told[receipt.remote_id]).items() if name in tells}
            assert given == {name: number + place for place, name in enumerate(tells)}

    def test_a_post_that_is_gone_has_no_counts(self, network: Network, account: Account, fake: FakeNetwork) -> None:
        if not network.capabilities.engagement or not network.capabilities.recall:
            pytest.skip("this network cannot tell")
        kept, gone = (deliver(network, account, outgoing(text)) for text in ("One that stays.", "One that goes."))
        network.recall(account, gone.remote_id)
        told = network.read_engagement(account, [kept.remote_id, gone.remote_id])
        assert set(told) == {kept.remote_id}

    def test_the_account_is_who_it_says(self, network: Network, account: Account) -> None:
        assert network.connector is not None
        identity = network.connector.check(account)
        assert identity.handle == account.handle
        assert identity.account_id == account.settings["account_id"]
        assert identity.name
        assert identity.page_url.startswith("https://") or identity.page_url.startswith("http://127.0.0.1")

    def test_a_permission_that_was_taken_away_is_said_so(
        self, network: Network, account: Account, fake: FakeNetwork
    ) -> None:
        fake.control({"revoke": True})
        assert network.connector is not None
        with pytest.raises(AuthError):
            network.connector.check(account)
        with pytest.raises(AuthError):
            network.send(account, keyed(network, outgoing()))
        assert self.count_posts() == 0

    @pytest.mark.parametrize("fault", ["429:7", "401", "refuse", "500-after", "reset-after", "malformed"])
    def test_nothing_said_or_logged_holds_a_secret(
        self, network: Network, account: Account, fake: FakeNetwork, fault: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        for logger in ("", "httpx", "httpcore", "urllib3", "requests", "pytwitter"):
            caplog.set_level(logging.DEBUG, logger)
        fake.fail(fault)
        with pytest.raises(NetworkError) as caught:
            network.send(account, keyed(network, outgoing()))
        told = f"{caught.value} {caught.value!r} {account!r} {network!r} {caplog.text}"
        for secret in account.credentials.values():
            assert secret not in told
