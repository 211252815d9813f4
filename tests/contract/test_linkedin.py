from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from social_publisher.messages.render import Attachment, Card, Draft
from social_publisher.networks.base import Absent, Account, CannotTell, Engagement, Found, Network
from social_publisher.networks.connect import App, Challenge, Connector
from social_publisher.networks.errors import (
    AuthError,
    NetworkError,
    RateLimitedError,
    RefusedError,
    TemporaryError,
    UnknownOutcomeError,
    UnsupportedError,
)
from social_publisher.networks.linkedin.little import to_little
from tests.contract.faked import FakedContract
from tests.contract.oauth import OAuthContract
from tests.contract.suite import LINK, REDIRECT, deliver, given_media, outgoing
from tests.fakes import linkedin
from tests.fakes.http import FakeNetwork
from tests.support import samples

CARD = Card("Where it comes from", "Ask before you buy.")
EARLIER = timedelta(hours=1)


class TestLinkedIn(OAuthContract, FakedContract):
    fake_type = linkedin.LinkedIn

    def make_network(self, base: str, seconds: float = 5) -> Network:
        return linkedin.adapter(base, seconds)

    def make_account(self, base: str, handle: str = "selec") -> Account:
        return linkedin.account(base, handle)

    def app(self, fake: FakeNetwork, connector: Connector) -> App:
        return App(linkedin.CLIENT_ID, linkedin.CLIENT_SECRET)

    # Connecting

    def test_every_page_the_person_may_post_for_can_be_chosen(self, connector: Connector, fake: FakeNetwork) -> None:
        connections = self.connect(connector, self.app(fake, connector))
        identities = [connection.identity for connection in connections]
        assert [(identity.handle, identity.name) for identity in identities] == [
            ("selec", "Selec"),
            ("harbour", "Harbour"),
        ]
        assert identities[0].page_url == "https://www.linkedin.com/company/selec/"
        assert identities[0].picture_url.endswith("/logo.png")

    def test_a_page_that_may_only_be_looked_at_is_no_channel(self, connector: Connector, fake: FakeNetwork) -> None:
        connection = self.connect(connector, self.app(fake, connector))[0]
        reader = replace(self.account_of(connection), settings={"account_id": linkedin.organization("reader")})
        with pytest.raises(AuthError):
            connector.check(reader)

    def test_an_app_without_refresh_tokens_gives_what_ends(self, connector: Connector, fake: FakeNetwork) -> None:
        fake.control({"refreshes": False})
        grant = self.connect(connector, self.app(fake, connector))[0].grant
        assert not grant.renews
        assert set(grant.credentials) == {"token"}
        assert grant.expires_at is not None
        assert timedelta(days=59) < grant.expires_at - datetime.now(UTC) <= timedelta(days=60)

    def test_a_refresh_token_that_ended_wants_a_person(self, connector: Connector, fake: FakeNetwork) -> None:
        app = self.app(fake, connector)
        account = self.account_of(self.connect(connector, app)[0])
        fake.control({"revoke": True})
        with pytest.raises(AuthError):
            connector.refresh(app, account)

    @pytest.mark.parametrize("with_app", [True, False])
    def test_without_a_refresh_token_or_an_app_a_person_is_wanted(
        self, connector: Connector, fake: FakeNetwork, account: Account, with_app: bool
    ) -> None:
        with pytest.raises(AuthError):
            connector.refresh(self.app(fake, connector) if with_app else None, account)

    def test_wrong_app_keys_are_the_administrators(self, connector: Connector, fake: FakeNetwork) -> None:
        app = self.app(fake, connector)
        account = self.account_of(self.connect(connector, app)[0])
        with pytest.raises(RefusedError) as caught:
            connector.refresh(replace(app, client_secret="another-secret"), account)
        assert "another-secret" not in str(caught.value)

    def test_a_code_is_bound_to_its_address(self, connector: Connector, fake: FakeNetwork) -> None:
        app, challenge = self.app(fake, connector), Challenge.new()
        code = self.come_back(connector, app, challenge)["code"]
        with pytest.raises(RefusedError):
            connector.exchange(app, f"{REDIRECT}elsewhere/", code, challenge)

    # What LinkedIn says

    def test_an_ended_version_holds_the_channel_and_says_whom_to_tell(
        self, network: Network, account: Account, fake: FakeNetwork
    ) -> None:
        fake.control({"end_version": "202610"})
        assert network.connector is not None
        for call in (
            lambda: network.send(account, outgoing()),
            lambda: network.find(account, outgoing()),
            lambda: network.connector.check(account),
        ):
            with pytest.raises(AuthError, match=r"202610.*administrator"):
                call()
        assert fake.posts == []

    def test_a_daily_limit_ends_at_midnight_utc(self, network: Network, account: Account, fake: FakeNetwork) -> None:
        fake.fail("429:")
        with pytest.raises(RateLimitedError) as caught:
            network.send(account, outgoing())
        assert caught.value.retry_after is not None
        again = datetime.now(UTC) + caught.value.retry_after
        assert abs(again - again.replace(hour=0, minute=0, second=0)) < timedelta(seconds=5)

    def test_a_page_of_others_is_closed(self, network: Network, account: Account, fake: FakeNetwork) -> None:
        stranger = replace(account, settings={"account_id": linkedin.organization("harbour")})
        for call in (network.send, network.find):
            with pytest.raises(AuthError):
                call(stranger, outgoing())
        assert fake.posts == []

    # Words, cards, pictures and videos

    @pytest.mark.parametrize("text", ["#One #Два_и #Τρία " * 60, "_" * 1600, "a" * 2990 + " #StopIt"])
    def test_what_is_counted_is_what_is_sent(
        self, network: Network, account: Account, fake: FakeNetwork, text: str
    ) -> None:
        rendered = network.render(account, Draft(text))
        assert rendered.text == text.strip()
        assert rendered.length == len(to_little(text.strip()))
        if rendered.sendable:
            deliver(network, account, outgoing(rendered.text))
            assert fake.posts[0]["text"] == rendered.text
        else:
            with pytest.raises(RefusedError):
                deliver(network, account, outgoing(rendered.text))

    def test_a_link_has_its_card(self, network: Network, account: Account, fake: FakeNetwork) -> None:
        attachment, content = samples.picture()
        thumbnail = given_media(network, account, attachment, content)
        network.send(account, outgoing(card=replace(CARD, image=attachment), card_media=thumbnail))
        assert fake.posts[0]["card"] == {"title": CARD.title, "url": LINK}
        assert fake.posts[0]["sent"]["content"]["article"]["thumbnail"] == thumbnail

    def test_a_card_needs_no_picture_and_long_words_are_cut(
        self, network: Network, account: Account, fake: FakeNetwork
    ) -> None:
        network.send(account, outgoing(card=Card("A" * 500)))
        assert fake.posts[0]["card"] == {"title": "A" * 400, "url": LINK}

    @pytest.mark.parametrize("fields", [{}, {"card": CARD, "link": ""}])
    def test_without_a_card_or_a_link_there_are_only_words(
        self, network: Network, account: Account, fake: FakeNetwork, fields: dict[str, object]
    ) -> None:
        network.send(account, outgoing(**fields))
        assert fake.posts[0]["card"] is None

    def test_a_video_goes_in_parts(self, network: Network, account: Account, fake: FakeNetwork) -> None:
        fake.control({"part": 30_000})
        receipt = deliver(network, account, outgoing(), samples.video())
        assert fake.posts[0]["media"] == [{"kind": "video", "alt": ""}]
        assert receipt.remote_id.startswith("urn:li:ugcPost:")
        assert sum(method == "PUT" for method, _path in fake.calls) > 1

    def test_what_cannot_be_processed_is_refused(self, network: Network, account: Account) -> None:
        attachment, _content = samples.picture()
        upload = network.upload(account, attachment, b"no picture")
        with pytest.raises(RefusedError):
            network.upload_wait(account, attachment, upload.remote_id)

    @pytest.mark.parametrize("fault", ["500-before", "500-after", "reset-after", "429:7", "401"])
    def test_bytes_that_fail_are_no_upload(
        self, network: Network, account: Account, fake: FakeNetwork, fault: str
    ) -> None:
        fake.fail("upload/ok", f"upload/{fault}")
        with pytest.raises(NetworkError) as caught:
            network.upload(account, *samples.picture())
        assert isinstance(caught.value, UnknownOutcomeError | TemporaryError | AuthError)
        assert account.credentials["token"] not in str(caught.value)

    def test_a_part_that_is_not_confirmed_is_no_upload(
        self, network: Network, account: Account, fake: FakeNetwork
    ) -> None:
        fake.fail("upload/ok", "upload/malformed")
        with pytest.raises(UnknownOutcomeError):
            network.upload(account, *samples.video())

    @pytest.mark.parametrize("sample", [samples.picture, samples.video])
    def test_bytes_and_the_token_go_to_linkedin_alone(
        self, network: Network, account: Account, fake: FakeNetwork, sample: Callable[[], tuple[Attachment, bytes]]
    ) -> None:
        fake.control({"elsewhere": True})
        with pytest.raises(RefusedError):
            network.upload(account, *sample())

    def test_an_upload_of_another_page_is_no_use(self, network: Network, account: Account, fake: FakeNetwork) -> None:
        attachment, content = samples.picture()
        upload = given_media(network, self.make_account(fake.base, "harbour"), attachment, content)
        with pytest.raises(RefusedError):
            network.send(account, outgoing(attachments=(attachment,), media=(upload,)))

    # Once and no more

    def test_a_repetition_that_is_ours_is_its_own_proof(
        self, network: Network, account: Account, fake: FakeNetwork
    ) -> None:
        post = outgoing("Ask *where* it comes from. #StopSmuggling")
        first, second = network.send(account, post), network.send(account, post)
        assert (second.remote_id, second.url) == (first.remote_id, first.url)
        assert self.count_posts() == 1

    @pytest.mark.parametrize("wish", [{"ghost": True}, {}])
    def test_a_repetition_of_nothing_or_of_an_older_post_is_refused(
        self, network: Network, account: Account, fake: FakeNetwork, wish: dict[str, object]
    ) -> None:
        network.send(account, outgoing("Once more."))
        fake.control(wish)
        later = outgoing("Once more.", created_at=datetime.now(UTC) + (timedelta() if wish else EARLIER))
        with pytest.raises(RefusedError, match=r"duplicate of urn:li:share"):
            network.send(account, later)
        assert self.count_posts() == 1

    def test_no_page_of_the_list_is_passed_over(self, network: Network, account: Account, fake: FakeNetwork) -> None:
        fake.control({"page": 2})
        post = outgoing()
        receipt = network.send(account, post)
        for number in range(7):
            network.send(account, outgoing(f"Number {number}.", link=""))
        witness = network.find(account, post)
        assert isinstance(witness, Found)
        assert witness.receipt.remote_id == receipt.remote_id

    def test_a_list_that_never_ends_is_left(self, network: Network, account: Account, fake: FakeNetwork) -> None:
        fake.control({"stuck": True})
        network.send(account, outgoing("Something else.", link=""))
        assert network.find(account, outgoing()) == Absent()

    def test_what_is_older_is_neither_asked_for_nor_taken_for_it(
        self, network: Network, account: Account, fake: FakeNetwork
    ) -> None:
        fake.control({"page": 2})
        texts = ["The same words.", *(f"Number {number}." for number in range(9))]
        for text in texts:
            network.send(account, outgoing(text))
        for post in fake.posts:
            post["at"] -= int(EARLIER.total_seconds() * 1000)
        fake.calls.clear()
        assert network.find(account, outgoing("The same words.", link="")) == Absent()
        assert len(fake.calls) == 1

    def test_words_with_linkedins_own_link_are_a_persons_question(
        self, network: Network, account: Account, fake: FakeNetwork
    ) -> None:
        post = outgoing()
        receipt = network.send(account, post)
        fake.control({"shorten": True})
        witness = network.find(account, post)
        assert isinstance(witness, CannotTell)
        assert receipt.url in witness.reason
        assert network.find(account, outgoing("Other words. " + LINK)) == Absent()

    def test_a_longer_link_is_another(self, network: Network, account: Account) -> None:
        network.send(account, outgoing(f"Look here: {LINK}d", link=f"{LINK}d"))
        assert network.find(account, outgoing(f"Look there: {LINK}")) == Absent()

    # Afterwards

    @pytest.mark.parametrize(
        ("url", "remote_id"),
        [
            ("https://www.linkedin.com/feed/update/urn:li:share:7402/", "urn:li:share:7402"),
            ("https://www.linkedin.com/feed/update/urn%3Ali%3AugcPost%3A7402?utm_source=share", "urn:li:ugcPost:7402"),
            ("https://linkedin.com/embed/feed/update/urn:li:share:7402", "urn:li:share:7402"),
            ("https://www.linkedin.com/posts/selec_stop-it-share-7402-Ab-c", "urn:li:share:7402"),
            ("https://www.linkedin.com/posts/selec_activity-7402-EGae", "urn:li:activity:7402"),
            ("https://www.linkedin.com/posts/selec_stop-activity-7402-EGae", "urn:li:activity:7402"),
            ("https://www.linkedin.com/company/selec/", ""),
            ("https://linkedin.com.example/feed/update/urn:li:share:7402/", ""),
            ("urn:li:share:7402", ""),
        ],
    )
    def test_a_posts_address_names_it(self, network: Network, account: Account, url: str, remote_id: str) -> None:
        if remote_id:
            assert network.identify(account, url) == remote_id
        else:
            with pytest.raises(ValueError):
                network.identify(account, url)

    def test_of_a_post_known_by_its_address_alone_nothing_is_told(
        self, network: Network, account: Account, fake: FakeNetwork
    ) -> None:
        assert network.read_engagement(account, ["urn:li:activity:1"]) == {"urn:li:activity:1": Engagement()}
        assert fake.calls == []
        with pytest.raises(UnsupportedError):
            network.recall(account, "urn:li:activity:1")

    def test_what_nothing_happened_to_is_not_nought(self, network: Network, account: Account) -> None:
        receipt = deliver(network, account, outgoing())
        assert network.read_engagement(account, [receipt.remote_id]) == {receipt.remote_id: Engagement()}

    def test_counts_of_many_posts_take_few_calls(self, network: Network, account: Account, fake: FakeNetwork) -> None:
        video = deliver(network, account, outgoing("A video."), samples.video())
        posts = [network.send(account, outgoing(f"Number {number}.")) for number in range(59)]
        remote_ids = [receipt.remote_id for receipt in [video, *posts]]
        fake.counts.update({remote_id: {"likes": place} for place, remote_id in enumerate(remote_ids)})
        fake.calls.clear()
        told = network.read_engagement(account, remote_ids)
        assert [told[remote_id].likes for remote_id in remote_ids] == list(range(60))
        assert len(fake.calls) == 2
