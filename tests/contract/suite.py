"""What every network module must do, whatever network it speaks to, and the ways in which tests send.

A module's tests subclass `NetworkContract`; one with a fake server subclasses `FakedContract` of `faked`, and
`OAuthContract` of `oauth` beside it where people are sent to the network's own page.
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from social_publisher.messages.render import Attachment, Draft
from social_publisher.networks.base import Absent, Account, CannotTell, Engagement, Found, Network, Outgoing, Receipt
from social_publisher.networks.errors import (
    NetworkError,
    RefusedError,
    UnsupportedError,
)
from tests.support import samples

ENGAGEMENT_FIELDS = frozenset(Engagement.__dataclass_fields__)
LINK = "https://example.org/go/abc"
REDIRECT = "https://campaigns.example/admin/social/connect/back/"


def outgoing(text: str = f"Ask where it comes from. {LINK}", **fields: object) -> Outgoing:
    values: dict[str, object] = {
        "text": text,
        "language": "en",
        "attachments": (),
        "link": LINK,
        "idempotency_key": str(uuid.uuid4()),
        "record_key": "",
        "created_at": datetime.now(UTC),
    }
    return Outgoing(**{**values, **fields})


def keyed(network: Network, post: Outgoing) -> Outgoing:
    """The post with its record's key, as arming gives it."""
    return replace(post, record_key=network.record_key(post.created_at))


def given_media(network: Network, account: Account, attachment: Attachment, content: bytes) -> str | bytes:
    """Upload as delivery does, waiting until the network says it is ready."""
    if not network.capabilities.uploads:
        return content
    upload = network.upload(account, attachment, content)
    for _look in range(20):
        if not upload.processing or network.upload_wait(account, attachment, upload.remote_id) is None:
            return upload.remote_id
    raise AssertionError("the upload is never ready")


def deliver(network: Network, account: Account, post: Outgoing, *media: tuple[Attachment, bytes]) -> Receipt:
    """Send as delivery does: uploads first."""
    given = tuple(given_media(network, account, *item) for item in media)
    attachments = tuple(item[0] for item in media)
    return network.send(account, replace(keyed(network, post), attachments=attachments, media=given))


class NetworkContract:
    """Give `network`, `account` and `count_posts`, which asks the network's own record."""

    @pytest.fixture
    def network(self) -> Network:
        raise TypeError("a subclass gives the network")

    @pytest.fixture
    def account(self) -> Account:
        raise TypeError("a subclass gives the account")

    def count_posts(self) -> int:
        raise TypeError("a subclass counts the posts the network has")

    def test_a_sent_post_has_a_receipt(self, network: Network, account: Account) -> None:
        receipt = deliver(network, account, outgoing())
        assert receipt.remote_id
        assert receipt.url.startswith("http")
        assert abs(receipt.published_at - datetime.now(UTC)) < timedelta(minutes=5)
        assert self.count_posts() == 1

    def test_its_address_leads_back_to_its_id(self, network: Network, account: Account) -> None:
        receipt = deliver(network, account, outgoing())
        if not network.capabilities.live:
            pytest.skip("a rehearsal is not pasted back")
        assert network.identify(account, receipt.url) == receipt.remote_id

    def test_a_lever_makes_a_repeated_send_one_post(self, network: Network, account: Account) -> None:
        if not network.capabilities.lever:
            pytest.skip("this network has no lever")
        post = keyed(network, outgoing())
        first, second = network.send(account, post), network.send(account, post)
        assert first.remote_id == second.remote_id
        assert self.count_posts() == 1

    def test_two_posts_of_the_same_text_are_two(self, network: Network, account: Account) -> None:
        if not network.capabilities.lever:
            pytest.skip("this network may refuse a repeated text")
        assert deliver(network, account, outgoing()).remote_id != deliver(network, account, outgoing()).remote_id

    def test_the_witness_is_found_after_and_absent_before(self, network: Network, account: Account) -> None:
        post = keyed(network, outgoing())
        before = network.find(account, post)
        receipt = network.send(account, post)
        after = network.find(account, post)
        if network.capabilities.witness:
            assert before == Absent()
            assert isinstance(after, Found)
            assert after.receipt.remote_id == receipt.remote_id
            assert after.receipt.url == receipt.url
        else:
            assert isinstance(before, CannotTell)
            assert isinstance(after, CannotTell)

    def test_render_says_what_send_would_refuse(self, network: Network, account: Account) -> None:
        limit = network.rules(account).limit
        too_long = "a" * (limit + 1)
        assert not network.render(account, Draft(too_long)).sendable
        with pytest.raises(RefusedError):
            deliver(network, account, outgoing(too_long))
        assert self.count_posts() == 0

    def test_a_text_at_the_limit_is_taken(self, network: Network, account: Account) -> None:
        text = "a" * network.rules(account).limit
        assert network.render(account, Draft(text)).sendable
        assert deliver(network, account, outgoing(text)).remote_id

    def test_a_picture_goes_with_its_description(self, network: Network, account: Account) -> None:
        assert deliver(network, account, outgoing(), samples.picture()).remote_id

    def test_engagement_tells_only_what_the_network_tells(self, network: Network, account: Account) -> None:
        receipt = deliver(network, account, outgoing())
        told = network.read_engagement(account, [receipt.remote_id])[receipt.remote_id]
        assert network.capabilities.engagement <= ENGAGEMENT_FIELDS
        for name in ENGAGEMENT_FIELDS - network.capabilities.engagement:
            assert getattr(told, name) is None

    def test_engagement_of_nothing_asks_nothing(self, network: Network, account: Account) -> None:
        assert dict(network.read_engagement(account, [])) == {}

    def test_recall_takes_the_post_back_and_may_be_repeated(self, network: Network, account: Account) -> None:
        receipt = deliver(network, account, outgoing())
        if not network.capabilities.recall:
            with pytest.raises(UnsupportedError):
                network.recall(account, receipt.remote_id)
            return
        network.recall(account, receipt.remote_id)
        network.recall(account, receipt.remote_id)
        assert self.count_posts() == 0

    def test_what_was_sent_is_among_its_own_posts(self, network: Network, account: Account) -> None:
        since = datetime.now(UTC) - timedelta(minutes=5)
        if network.own_posts(account, since) is None:
            pytest.skip("this network does not let us read that")
        receipt = deliver(network, account, outgoing())
        (seen,) = network.own_posts(account, since) or ()
        assert (seen.remote_id, seen.url) == (receipt.remote_id, receipt.url)
        assert seen.words.startswith("Ask where it comes from.")
        assert abs(seen.posted_at - receipt.published_at) < timedelta(minutes=1)
        network.recall(account, receipt.remote_id)
        assert not network.own_posts(account, since)

    def test_no_error_carries_a_credential(self, network: Network, account: Account) -> None:
        with pytest.raises(NetworkError) as caught:
            deliver(network, account, outgoing("a" * (network.rules(account).limit + 1)))
        for secret in account.credentials.values():
            assert secret not in str(caught.value)
            assert secret not in repr(caught.value)
