from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from social_publisher.networks.base import Absent, Account, Engagement, Found, Network, Scope
from social_publisher.networks.connect import App, Connector
from social_publisher.networks.errors import AuthError, RefusedError, TemporaryError, UnknownOutcomeError
from tests.contract.faked import FakedContract
from tests.contract.oauth import OAuthContract
from tests.contract.suite import LINK, deliver, given_media, outgoing
from tests.fakes import facebook
from tests.fakes.facebook import Facebook
from tests.fakes.http import FakeNetwork
from tests.support import samples

PAGE = facebook.number("selec")


def heard(caplog: pytest.LogCaptureFixture) -> None:
    """Hear all the libraries say, which the site's settings keep quiet."""
    for logger in ("httpx", "httpcore"):
        caplog.set_level(logging.DEBUG, logger)


class TestFacebook(OAuthContract, FakedContract):
    fake_type = Facebook

    def make_network(self, base: str, seconds: float = 5) -> Network:
        return facebook.adapter(base, seconds)

    def make_account(self, base: str, handle: str = "selec") -> Account:
        return facebook.account(base, handle)

    def app(self, fake: FakeNetwork, connector: Connector) -> App:
        return App(facebook.APP_ID, facebook.APP_SECRET)

    # Connecting

    def test_only_pages_a_person_may_post_on_are_offered(self, connector: Connector, fake: Facebook) -> None:
        (connection,) = self.connect(connector, self.app(fake, connector))
        assert connection.identity.handle == "selec"
        fake.tasks = {"reader": ["ANALYZE"], "selec": ["CREATE_CONTENT"], "third": ["MANAGE", "CREATE_CONTENT"]}
        assert [one.identity.handle for one in self.connect(connector, self.app(fake, connector))] == ["selec", "third"]
        fake.tasks = {"reader": ["ANALYZE"]}
        with pytest.raises(RefusedError):
            self.connect(connector, self.app(fake, connector))

    def test_of_all_tokens_only_the_lasting_one_of_the_page_is_kept(self, connector: Connector, fake: Facebook) -> None:
        (connection,) = self.connect(connector, self.app(fake, connector))
        assert list(connection.grant.credentials) == ["token"]
        assert connection.grant.credentials["token"] in fake.page_tokens
        assert connection.grant.expires_at is None
        assert not connection.grant.renews

    def test_connecting_leaves_no_secret_in_a_log(
        self, connector: Connector, fake: Facebook, caplog: pytest.LogCaptureFixture
    ) -> None:
        heard(caplog)
        self.connect(connector, self.app(fake, connector))
        assert "/oauth/access_token" in caplog.text
        for secret in [facebook.APP_SECRET, *fake.people, *fake.page_tokens]:
            assert secret not in caplog.text

    def test_a_permission_that_nothing_works_without_is_asked_for_by_name(
        self, connector: Connector, fake: Facebook
    ) -> None:
        fake.withheld = {"pages_manage_posts"}
        with pytest.raises(RefusedError, match="pages_manage_posts"):
            self.connect(connector, self.app(fake, connector))

    def test_counts_may_be_kept_from_us(self, connector: Connector, fake: Facebook) -> None:
        fake.withheld = {"read_insights", "pages_read_user_content"}
        (connection,) = self.connect(connector, self.app(fake, connector))
        assert not fake.withheld & set(connection.grant.scopes)

    def test_a_page_that_may_no_longer_be_posted_on_is_said_so(
        self, connector: Connector, account: Account, fake: Facebook
    ) -> None:
        fake.may_post = False
        with pytest.raises(AuthError):
            connector.check(account)

    # Posting

    def test_a_link_has_its_card_unless_there_are_pictures(
        self, network: Network, account: Account, fake: Facebook
    ) -> None:
        deliver(network, account, outgoing("With a card."))
        deliver(network, account, outgoing("With a picture."), samples.picture())
        deliver(network, account, outgoing("With neither.", link=""))
        assert [post["card"] and post["card"]["url"] for post in fake.posts] == [LINK, None, None]

    def test_a_repeated_text_is_refused(self, network: Network, account: Account, fake: Facebook) -> None:
        deliver(network, account, outgoing())
        with pytest.raises(RefusedError, match="Duplicate"):
            deliver(network, account, outgoing())
        assert self.count_posts() == 1

    def test_pictures_go_in_their_order_and_are_kept_for_a_day(
        self, network: Network, account: Account, fake: Facebook
    ) -> None:
        pictures = [
            samples.picture(f"Number {number}", color) for number, color in enumerate(["navy", "maroon", "teal"])
        ]
        upload = network.upload(account, *pictures[0])
        assert upload.kept_until is not None
        assert upload.kept_until - datetime.now(UTC) < timedelta(days=1)
        assert not upload.processing
        assert network.upload_wait(account, pictures[0][0], upload.remote_id) is None
        deliver(network, account, outgoing(), *pictures)
        assert [item["alt"] for item in fake.posts[0]["media"]] == ["Number 0", "Number 1", "Number 2"]

    def test_another_page_has_no_use_of_an_upload(self, network: Network, account: Account, fake: Facebook) -> None:
        attachment, content = samples.picture()
        upload = network.upload(self.make_account(fake.base, "other"), attachment, content)
        with pytest.raises(RefusedError):
            network.send(account, outgoing(attachments=(attachment,), media=(upload.remote_id,)))

    def test_what_the_headers_say_is_handed_on(self, network: Network, account: Account, fake: Facebook) -> None:
        assert deliver(network, account, outgoing("Some are left.")).remaining == ()
        fake.regain = 5
        (left,) = deliver(network, account, outgoing("None is left.")).remaining
        assert (left.scope, left.count) == (Scope.CHANNEL, 0)
        assert timedelta(minutes=4) < left.resets_at - datetime.now(UTC) <= timedelta(minutes=5)

    # Videos

    def test_a_video_is_public_only_once_it_is_sent(self, network: Network, account: Account, fake: Facebook) -> None:
        attachment, content = samples.video()
        upload = network.upload(account, attachment, content)
        assert upload.processing
        assert fake.videos[upload.remote_id]["content"] == content
        assert network.upload_wait(account, attachment, upload.remote_id) is not None
        assert network.upload_wait(account, attachment, upload.remote_id) is None
        assert fake.posts == []
        receipt = network.send(account, outgoing(attachments=(attachment,), media=(upload.remote_id,)))
        assert receipt.remote_id == fake.posts[0]["id"]
        assert LINK in fake.posts[0]["text"]

    def test_a_video_published_twice_is_one_post(self, network: Network, account: Account, fake: Facebook) -> None:
        attachment, content = samples.video()
        media = (given_media(network, account, attachment, content),)
        post = outgoing(attachments=(attachment,), media=media)
        assert network.send(account, post).remote_id == network.send(account, post).remote_id
        assert self.count_posts() == 1

    def test_a_video_whose_post_is_not_told_yet_is_found(
        self, network: Network, account: Account, fake: Facebook
    ) -> None:
        attachment, content = samples.video()
        post = outgoing(attachments=(attachment,), media=(given_media(network, account, attachment, content),))
        fake.late_looks = 1
        with pytest.raises(UnknownOutcomeError):
            network.send(account, post)
        witness = network.find(account, replace(post, media=()))
        assert isinstance(witness, Found)
        assert witness.receipt.remote_id == fake.posts[0]["id"]

    def test_a_video_that_cannot_be_processed_is_said_so(
        self, network: Network, account: Account, fake: Facebook
    ) -> None:
        attachment, content = samples.video()
        upload = network.upload(account, attachment, content)
        fake.video_error = "The file has no picture."
        with pytest.raises(RefusedError, match="no picture"):
            network.upload_wait(account, attachment, upload.remote_id)

    def test_a_piece_that_is_not_taken_ends_the_upload(
        self, network: Network, account: Account, fake: Facebook
    ) -> None:
        fake.takes_pieces = False
        with pytest.raises(TemporaryError):
            network.upload(account, *samples.video())
        assert fake.uploads == []

    # Finding

    def test_every_page_of_the_list_is_read_and_no_address_holds_the_token(
        self, network: Network, account: Account, fake: Facebook, caplog: pytest.LogCaptureFixture
    ) -> None:
        post = outgoing()
        receipt = deliver(network, account, post)
        for place in range(3):
            deliver(network, account, outgoing(f"Number {place}."))
        fake.page_size = 1
        heard(caplog)
        witness = network.find(account, post)
        assert isinstance(witness, Found)
        assert witness.receipt.remote_id == receipt.remote_id
        assert "published_posts" in caplog.text
        assert account.credentials["token"] not in caplog.text

    def test_without_a_link_the_text_is_the_witness(self, network: Network, account: Account, fake: Facebook) -> None:
        post = outgoing("No link at all.", link="")
        deliver(network, account, outgoing("No link at all, but more words.", link=""))
        assert network.find(account, post) == Absent()
        deliver(network, account, post)
        assert isinstance(network.find(account, post), Found)

    def test_what_is_older_than_the_post_is_not_the_post(
        self, network: Network, account: Account, fake: Facebook
    ) -> None:
        post = outgoing("The same words, a year on.", link="")
        deliver(network, account, post)
        fake.posts[0]["at"] -= 2 * 3600
        assert network.find(account, post) == Absent()

    # Counting

    def test_many_posts_are_read_in_few_calls(self, network: Network, account: Account, fake: Facebook) -> None:
        receipts = [deliver(network, account, outgoing(f"Number {place}.")) for place in range(30)]
        fake.calls.clear()
        told = network.read_engagement(account, [receipt.remote_id for receipt in receipts])
        assert list(told) == [receipt.remote_id for receipt in receipts]
        assert fake.calls == [("POST", "/v25.0/")] * 3
        assert told[receipts[0].remote_id] == Engagement(impressions=0, likes=0, reposts=0, replies=0, clicks=0)

    @pytest.mark.parametrize(
        ("withheld", "untold"),
        [("pages_read_user_content", {"likes", "replies"}), ("read_insights", {"impressions", "clicks"})],
    )
    def test_what_permission_does_not_reach_is_not_told(
        self, network: Network, account: Account, fake: Facebook, withheld: str, untold: set[str]
    ) -> None:
        receipt = deliver(network, account, outgoing())
        fake.withheld = {withheld}
        told = network.read_engagement(account, [receipt.remote_id])[receipt.remote_id]
        for name in network.capabilities.engagement:
            assert getattr(told, name) == (None if name in untold else 0)

    def test_a_page_too_small_for_insights_has_none(self, network: Network, account: Account, fake: Facebook) -> None:
        receipt = deliver(network, account, outgoing())
        fake.has_insights = False
        told = network.read_engagement(account, [receipt.remote_id])[receipt.remote_id]
        assert told == Engagement(likes=0, reposts=0, replies=0)

    def test_shares_of_a_video_are_not_told(self, network: Network, account: Account, fake: Facebook) -> None:
        receipt = deliver(network, account, outgoing(), samples.video())
        told = network.read_engagement(account, [receipt.remote_id])[receipt.remote_id]
        assert told == Engagement(impressions=0, likes=0, reposts=None, replies=0, clicks=0)

    def test_what_facebook_did_not_finish_is_asked_again(
        self, network: Network, account: Account, fake: Facebook
    ) -> None:
        receipt = deliver(network, account, outgoing())
        fake.finishes = False
        with pytest.raises(TemporaryError):
            network.read_engagement(account, [receipt.remote_id])

    def test_counts_need_the_permission(self, network: Network, account: Account, fake: Facebook) -> None:
        receipt = deliver(network, account, outgoing())
        fake.control({"revoke": True})
        with pytest.raises(AuthError):
            network.read_engagement(account, [receipt.remote_id])

    # Addresses

    @pytest.mark.parametrize(
        ("address", "own"),
        [
            ("https://www.facebook.com/selec/posts/122100000000001", "122100000000001"),
            ("https://www.facebook.com/selec/posts/ask-where-it-comes-from/122100000000001/", "122100000000001"),
            ("https://m.facebook.com/selec/posts/pfbid02AbC9?locale=en_GB", "pfbid02AbC9"),
            ("https://www.facebook.com/permalink.php?story_fbid=122100000000001&id=495789434211", "122100000000001"),
            ("https://www.facebook.com/selec/videos/122100000000002/", "122100000000002"),
            ("https://www.facebook.com/reel/122100000000002", "122100000000002"),
            ("https://www.facebook.com/watch/?v=122100000000002", "122100000000002"),
        ],
    )
    def test_an_address_names_its_post(self, network: Network, account: Account, address: str, own: str) -> None:
        assert network.identify(account, address) == f"{PAGE}_{own}"

    @pytest.mark.parametrize(
        "address",
        [
            "https://www.facebook.com/selec",
            "https://www.facebook.com/selec/about/122100000000001",
            "https://www.facebook.com/selec/posts/",
            "https://www.facebook.com/selec/posts/no-number",
            "https://facebook.com.example.org/selec/posts/122100000000001",
            "ftp://www.facebook.com/selec/posts/122100000000001",
            "selec/posts/122100000000001",
        ],
    )
    def test_what_is_no_posts_address_is_refused(self, network: Network, account: Account, address: str) -> None:
        with pytest.raises(ValueError):
            network.identify(account, address)
