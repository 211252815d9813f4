"""What every connector must do that sends a person to its network's page."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from social_publisher.networks.base import Account, Network
from social_publisher.networks.connect import App, Challenge, Connection, Connector
from social_publisher.networks.errors import (
    NetworkError,
)
from tests.contract.suite import REDIRECT, deliver, outgoing
from tests.fakes.http import FakeNetwork


class OAuthContract:
    """For connectors that send a person to the network's page. Beside `FakedContract`; the fake's page always says yes.

    `server_answers` are what the person types before, `app` is this installation as the network knows it.
    """

    def server_answers(self, fake: FakeNetwork) -> dict[str, str]:
        return {}

    def app(self, fake: FakeNetwork, connector: Connector) -> App:
        raise TypeError("a subclass gives the app")

    @pytest.fixture
    def connector(self, network: Network) -> Connector:
        assert network.connector is not None
        return network.connector

    def come_back(self, connector: Connector, app: App, challenge: Challenge) -> dict[str, str]:
        """Do as a browser does: go there, say yes, be sent back; return what comes along."""
        with httpx.Client(trust_env=False) as browser:
            response = browser.get(connector.authorize_url(app, REDIRECT, challenge))
        assert response.status_code == httpx.codes.FOUND, response.text
        address = response.headers["location"]
        assert address.startswith(REDIRECT)
        return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}

    def connect(self, connector: Connector, app: App) -> list[Connection]:
        challenge = Challenge.new()
        back = self.come_back(connector, app, challenge)
        assert back["state"] == challenge.state
        return list(connector.exchange(app, REDIRECT, back["code"], challenge))

    def account_of(self, connection: Connection) -> Account:
        identity = connection.identity
        known = {**identity.settings, "account_id": identity.account_id}
        return Account(identity.handle, known, connection.grant.credentials)

    def test_a_person_connects_an_account_that_can_post(
        self, network: Network, connector: Connector, fake: FakeNetwork
    ) -> None:
        connection = self.connect(connector, self.app(fake, connector))[0]
        account = self.account_of(connection)
        assert set(connector.scopes) <= set(connection.grant.scopes)
        assert connector.check(account).account_id == connection.identity.account_id
        deliver(network, account, outgoing())
        assert fake.posts[0]["handle"] == account.handle
        for secret in connection.grant.credentials.values():
            assert secret not in repr(connection)

    def test_a_code_is_good_once(self, connector: Connector, fake: FakeNetwork) -> None:
        app, challenge = self.app(fake, connector), Challenge.new()
        back = self.come_back(connector, app, challenge)
        connector.exchange(app, REDIRECT, back["code"], challenge)
        with pytest.raises(NetworkError):
            connector.exchange(app, REDIRECT, back["code"], challenge)

    def test_a_stolen_code_is_no_use(self, connector: Connector, fake: FakeNetwork) -> None:
        app, challenge = self.app(fake, connector), Challenge.new()
        if "code_challenge" not in connector.authorize_url(app, REDIRECT, challenge):
            pytest.skip("this network has no PKCE for such apps")
        back = self.come_back(connector, app, challenge)
        with pytest.raises(NetworkError):
            connector.exchange(app, REDIRECT, back["code"], Challenge.new())

    def test_a_permission_is_renewed_without_a_person(self, connector: Connector, fake: FakeNetwork) -> None:
        app = self.app(fake, connector)
        connection = self.connect(connector, app)[0]
        if not connection.grant.renews:
            pytest.skip("this permission does not end by itself")
        account = self.account_of(connection)
        grant = connector.refresh(app, account)
        fresh = replace(account, credentials={**account.credentials, **grant.credentials})
        assert grant.expires_at is not None
        assert grant.expires_at > datetime.now(UTC)
        assert connector.check(fresh).account_id == connection.identity.account_id
