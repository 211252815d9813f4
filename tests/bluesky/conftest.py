from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from social_publisher.networks.base import ACCOUNT_ID, Account
from social_publisher.networks.bluesky import BlueskyNetwork
from social_publisher.networks.connect import Connection

PASSWORD = "the account's own password"


@dataclass
class Pds:
    """The real server: it makes accounts, and says what it has."""

    base: str
    http: httpx.Client

    def call(self, method: str, token: str = "", **values: Any) -> dict[str, Any]:
        """Call a procedure as a person's own app would."""
        headers = {"authorization": f"Bearer {token}"} if token else {}
        response = self.http.post(f"/xrpc/{method}", json=values, headers=headers)
        assert response.is_success, response.text
        answer: dict[str, Any] = response.json()
        return answer

    def new_account(self) -> dict[str, str]:
        """Make an account with an app password, and return what a person types to connect it."""
        handle = f"u{uuid.uuid4().hex[:12]}.test"
        made = self.call(
            "com.atproto.server.createAccount", handle=handle, email=f"{handle}@example.org", password=PASSWORD
        )
        app = self.call("com.atproto.server.createAppPassword", made["accessJwt"], name="campaigns")
        return {"server": self.base, "handle": handle, "password": app["password"]}

    def record(self, uri: str) -> dict[str, Any] | None:
        """A record as the server has it."""
        repo, collection, rkey = uri.removeprefix("at://").split("/")
        asked = {"repo": repo, "collection": collection, "rkey": rkey}
        response = self.http.get("/xrpc/com.atproto.repo.getRecord", params=asked)
        return response.json() if response.is_success else None

    def posts(self, account: Account) -> list[dict[str, Any]]:
        """All posts of an account."""
        asked = {"repo": account.settings[ACCOUNT_ID], "collection": "app.bsky.feed.post", "limit": "100"}
        records: list[dict[str, Any]] = self.http.get("/xrpc/com.atproto.repo.listRecords", params=asked).json()[
            "records"
        ]
        return records


def signed_in(connection: Connection) -> Account:
    """The account of a connection, as a channel keeps it."""
    identity = connection.identity
    settings = {**identity.settings, ACCOUNT_ID: identity.account_id}
    return Account(identity.handle, settings, connection.grant.credentials)


@pytest.fixture(scope="session")
def pds() -> Iterator[Pds]:
    base = os.environ["BLUESKY_PDS"]
    with httpx.Client(base_url=base, trust_env=False, timeout=20) as client:
        yield Pds(base, client)


@pytest.fixture
def network(pds: Pds) -> Iterator[BlueskyNetwork]:
    made = BlueskyNetwork(pds.base, allow_loopback=True)
    yield made
    made.close()


@pytest.fixture
def answers(pds: Pds) -> dict[str, str]:
    return pds.new_account()


@pytest.fixture
def account(network: BlueskyNetwork, answers: dict[str, str]) -> Account:
    return signed_in(network.connector.sign_in(answers)[0])
