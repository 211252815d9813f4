from __future__ import annotations

import pytest

from social_publisher.networks.base import Account, Network
from social_publisher.networks.connect import Connector
from social_publisher.networks.errors import AuthError, RefusedError
from tests.contract.faked import FakedContract
from tests.contract.suite import deliver, outgoing
from tests.fakes import telegram
from tests.fakes.http import FakeNetwork
from tests.support import samples


class TestTelegram(FakedContract):
    fake_type = telegram.Telegram

    def make_network(self, base: str, seconds: float = 5) -> Network:
        return telegram.adapter(base, seconds)

    def make_account(self, base: str, handle: str = "selec") -> Account:
        return telegram.account(base, handle)

    @pytest.fixture
    def connector(self, network: Network) -> Connector:
        assert network.connector is not None
        return network.connector

    @pytest.mark.parametrize("chat", ["selec", "@selec", "https://t.me/selec", str(telegram.number("selec"))])
    def test_a_bot_connects_a_channel_however_it_is_named(self, connector: Connector, chat: str) -> None:
        (connection,) = connector.sign_in({"token": telegram.TOKEN, "chat": chat})
        assert connection.identity.handle == "selec"
        assert connection.identity.page_url == "https://t.me/selec"
        assert telegram.TOKEN not in repr(connection)

    @pytest.mark.parametrize(("chat", "kind"), [("group", RefusedError), ("reader", AuthError), ("missing", AuthError)])
    def test_where_the_bot_may_not_post_is_said(self, connector: Connector, chat: str, kind: type[Exception]) -> None:
        with pytest.raises(kind):
            connector.sign_in({"token": telegram.TOKEN, "chat": chat})

    @pytest.mark.parametrize("token", ["1:wrong", "no token at all", "a/../b", "\n"])
    def test_a_wrong_token_is_said_and_not_repeated(self, connector: Connector, token: str) -> None:
        with pytest.raises(AuthError) as caught:
            connector.sign_in({"token": token, "chat": "selec"})
        assert not token.strip() or token not in str(caught.value)

    def test_a_caption_is_shorter_than_a_message(self, network: Network, account: Account) -> None:
        rules = network.rules(account)
        assert (rules.limit_of(media=False), rules.limit_of(media=True)) == (4096, 1024)
        with pytest.raises(RefusedError):
            deliver(network, account, outgoing("a" * 1025), samples.picture())

    def test_an_album_is_recalled_whole(self, network: Network, account: Account, fake: FakeNetwork) -> None:
        receipt = deliver(network, account, outgoing(), samples.picture(), samples.picture(color="maroon"))
        network.recall(account, receipt.remote_id)
        assert fake.posts[0]["gone"]
        assert fake.posts[0]["numbers"] == []
