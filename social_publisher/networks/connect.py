"""How an account is connected: what a person types, where they are sent, what comes back. Plain data and no
database."""

from __future__ import annotations

import base64
import hashlib
import secrets
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from social_publisher.networks.base import Account
from social_publisher.networks.errors import UnsupportedError


@dataclass(frozen=True, slots=True)
class App:
    """This installation as a network's developer pages know it. `server` names one server of a network with many."""

    client_id: str
    client_secret: str = field(default="", repr=False)
    server: str = ""


@dataclass(frozen=True, slots=True)
class Grant:
    """What lets us act for an account. Times are UTC; `expires_at` None means that it does not expire by itself.

    `renews` says that `Connector.refresh` can extend it without a person.
    """

    credentials: Mapping[str, str] = field(repr=False)
    scopes: tuple[str, ...] = ()
    expires_at: datetime | None = None
    renews: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """An account as its network shows it. Its id and handle are its own in the whole network. `settings` are facts
    the module needs again, such as the server's limits.

    The picture's address may hold a secret, so it is in no repr.
    """

    account_id: str
    handle: str
    name: str
    page_url: str = ""
    picture_url: str = field(default="", repr=False)
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Connection:
    """An account that may be used from now on."""

    identity: Identity
    grant: Grant


@dataclass(frozen=True, slots=True)
class Question:
    """What a person types before connecting. `secret` is never shown again."""

    name: str
    label: str
    help: str = ""
    secret: bool = False
    required: bool = True


@dataclass(frozen=True, slots=True)
class Challenge:
    """Proof that whoever comes back is who was sent (RFC 7636, S256; RFC 6749, 10.12)."""

    state: str
    verifier: str = field(repr=False)

    @classmethod
    def new(cls) -> Challenge:
        """A fresh one for every attempt."""
        return cls(secrets.token_urlsafe(32), secrets.token_urlsafe(64))

    @property
    def code_challenge(self) -> str:
        """The verifier's digest, which travels first."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class Connector(ABC):
    """Connecting accounts of one network.

    With `oauth` a person is sent to the network and comes back with a code; else what they typed is enough.
    """

    oauth: bool = False
    scopes: tuple[str, ...] = ()
    # The app's keys are made by `register` on each server, or once by an administrator on the network's own pages.
    registers_itself: bool = False

    def questions(self) -> Sequence[Question]:
        """What is asked before."""
        return ()

    def server(self, answers: Mapping[str, str]) -> str:
        """Which server the answers name. Raises RefusedError for what is no server's address."""
        return ""

    def register(self, server: str, redirect_uri: str, website: str) -> App:
        """Make this installation known to a server. Raises a NetworkError."""
        raise UnsupportedError("The network has no registration by program.")

    def authorize_url(self, app: App, redirect_uri: str, challenge: Challenge) -> str:
        """Where a person allows us in."""
        raise UnsupportedError("The network has no such page.")

    def exchange(self, app: App, redirect_uri: str, code: str, challenge: Challenge) -> Sequence[Connection]:
        """Turn a code into the accounts it opens, one or several to choose from. Raises a NetworkError."""
        raise UnsupportedError("The network has no codes.")

    def sign_in(self, answers: Mapping[str, str]) -> Sequence[Connection]:
        """Connect with what was typed. Raises a NetworkError."""
        raise UnsupportedError("The network wants to be asked on its own page.")

    @abstractmethod
    def check(self, account: Account) -> Identity:
        """Ask the network who we are there. Raises a NetworkError, AuthError if the permission is gone."""

    def refresh(self, app: App | None, account: Account) -> Grant:
        """Extend a grant that renews. Raises a NetworkError, AuthError if a person has to connect again."""
        raise UnsupportedError("The network's permission does not expire.")


def with_query(address: str, **values: str) -> str:
    """An address with its query; what is empty is left out."""
    return f"{address}?{urlencode({name: value for name, value in values.items() if value})}"
