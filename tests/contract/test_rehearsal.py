from __future__ import annotations

import pytest

from social_publisher.models import RehearsalLike, RehearsalPost
from social_publisher.networks.base import Account, Engagement, Network
from social_publisher.networks.rehearsal import REHEARSES, RehearsalNetwork
from social_publisher.rehearsal.store import DatabaseWall
from tests.contract.suite import NetworkContract, outgoing


@pytest.mark.django_db
class TestRehearsal(NetworkContract):
    @pytest.fixture
    def network(self) -> Network:
        return RehearsalNetwork(DatabaseWall())

    @pytest.fixture(params=["x", "mastodon", "bluesky", "telegram", "facebook", "linkedin"])
    def account(self, request: pytest.FixtureRequest) -> Account:
        return Account("selec", {REHEARSES: request.param}, {"token": "very-secret"})

    def count_posts(self) -> int:
        return RehearsalPost.objects.count()

    def test_likes_are_the_clicks_on_the_wall(self, network: Network, account: Account) -> None:
        receipt = network.send(account, outgoing())
        RehearsalLike.objects.create(post=RehearsalPost.objects.get())
        assert network.read_engagement(account, [receipt.remote_id]) == {receipt.remote_id: Engagement(likes=1)}

    def test_nothing_of_it_is_live(self, network: Network) -> None:
        assert not network.capabilities.live
