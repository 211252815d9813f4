"""What every network module must do, whatever network it speaks to. A module's tests subclass `NetworkContract`."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest

from social_publisher.messages.render import Attachment, Draft
from social_publisher.networks.base import Absent, Account, CannotTell, Engagement, Found, Network, Outgoing
from social_publisher.networks.errors import NetworkError, RefusedError, UnsupportedError

ENGAGEMENT_FIELDS = frozenset(Engagement.__dataclass_fields__)


def outgoing(text: str = "Ask where it comes from. https://example.org/go/abc", **fields: object) -> Outgoing:
    values: dict[str, object] = {
        "text": text,
        "language": "en",
        "attachments": (),
        "link": "https://example.org/go/abc",
        "idempotency_key": str(uuid.uuid4()),
        "record_key": "",
        "created_at": datetime.now(UTC),
    }
    return Outgoing(**{**values, **fields})


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
        receipt = network.send(account, outgoing())
        assert receipt.remote_id
        assert receipt.url.startswith("http")
        assert receipt.published_at.tzinfo is not None
        assert self.count_posts() == 1

    def test_a_lever_makes_a_repeated_send_one_post(self, network: Network, account: Account) -> None:
        if not network.capabilities.lever:
            pytest.skip("this network has no lever")
        post = outgoing()
        first, second = network.send(account, post), network.send(account, post)
        assert first.remote_id == second.remote_id
        assert self.count_posts() == 1

    def test_two_posts_of_the_same_text_are_two(self, network: Network, account: Account) -> None:
        if not network.capabilities.lever:
            pytest.skip("this network may refuse a repeated text")
        assert network.send(account, outgoing()).remote_id != network.send(account, outgoing()).remote_id

    def test_the_witness_is_found_after_and_absent_before(self, network: Network, account: Account) -> None:
        post = outgoing()
        before = network.find(account, post)
        receipt = network.send(account, post)
        after = network.find(account, post)
        if network.capabilities.witness:
            assert before == Absent()
            assert isinstance(after, Found)
            assert after.receipt.remote_id == receipt.remote_id
        else:
            assert isinstance(before, CannotTell)
            assert isinstance(after, CannotTell)

    def test_render_says_what_send_would_refuse(self, network: Network, account: Account) -> None:
        limit = network.rules(account).limit
        too_long = "a" * (limit + 1)
        assert not network.render(account, Draft(too_long)).sendable
        with pytest.raises(RefusedError):
            network.send(account, outgoing(too_long))
        assert self.count_posts() == 0

    def test_a_text_at_the_limit_is_taken(self, network: Network, account: Account) -> None:
        text = "a" * network.rules(account).limit
        assert network.render(account, Draft(text)).sendable
        assert network.send(account, outgoing(text)).remote_id

    def test_a_picture_goes_with_its_description(self, network: Network, account: Account) -> None:
        picture = Attachment("images/a.jpg", "image/jpeg", "A dark field", "0" * 64, 10, 10)
        assert network.send(account, outgoing(attachments=(picture,))).remote_id

    def test_engagement_tells_only_what_the_network_tells(self, network: Network, account: Account) -> None:
        receipt = network.send(account, outgoing())
        told = network.read_engagement(account, [receipt.remote_id])[receipt.remote_id]
        assert network.capabilities.engagement <= ENGAGEMENT_FIELDS
        for name in ENGAGEMENT_FIELDS - network.capabilities.engagement:
            assert getattr(told, name) is None

    def test_engagement_of_nothing_asks_nothing(self, network: Network, account: Account) -> None:
        assert dict(network.read_engagement(account, [])) == {}

    def test_recall_takes_the_post_back_and_may_be_repeated(self, network: Network, account: Account) -> None:
        receipt = network.send(account, outgoing())
        if not network.capabilities.recall:
            with pytest.raises(UnsupportedError):
                network.recall(account, receipt.remote_id)
            return
        network.recall(account, receipt.remote_id)
        network.recall(account, receipt.remote_id)
        assert self.count_posts() == 0
        assert receipt.remote_id not in network.read_engagement(account, [receipt.remote_id])

    def test_no_error_carries_a_credential(self, network: Network, account: Account) -> None:
        with pytest.raises(NetworkError) as caught:
            network.send(account, outgoing("a" * (network.rules(account).limit + 1)))
        for secret in account.credentials.values():
            assert secret not in str(caught.value)
            assert secret not in repr(caught.value)
