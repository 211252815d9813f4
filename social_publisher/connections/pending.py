"""A connection that was begun and not finished yet: kept encrypted in the person's own session."""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import MutableMapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from social_publisher import vault
from social_publisher.networks.connect import Challenge, Connection, Grant, Identity

logger = logging.getLogger(__name__)

KEY = "social_connect"
LASTS = timedelta(minutes=15)


class NotBegunError(Exception):
    """Nothing was begun in this session, or too long ago, or what came back is not the answer to it."""


@dataclass(frozen=True, slots=True)
class Begun:
    """Somebody was sent to a network, to connect an account or (with `channel_id`) to connect it again."""

    network: str
    server: str
    channel_id: int | None
    state: str = field(repr=False)
    verifier: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Opened:
    """A network has opened these accounts; which one is meant, and that it is live, is still to be confirmed."""

    network: str
    channel_id: int | None
    connections: tuple[Connection, ...]


def keep_begun(session: MutableMapping[str, Any], begun: Begun, now: datetime) -> None:
    """Remember it until the person comes back."""
    _keep(session, "begun", asdict(begun), now)


def take_begun(session: MutableMapping[str, Any], network: str, state: str, now: datetime) -> Begun:
    """Return what was begun, once. Raises NotBegunError unless the state is the one that was sent along."""
    begun = Begun(**_read(session, "begun", now))
    session.pop(KEY, None)
    if begun.network != network or not secrets.compare_digest(begun.state.encode(), state.encode()):
        logger.warning("an answer of %s did not belong to what was begun here: somebody else may have made it", network)
        raise NotBegunError(
            _("This answer does not belong to the connection you began. Nothing was changed; begin again.")
        )
    return begun


def challenge_of(begun: Begun) -> Challenge:
    """The proof that was begun with."""
    return Challenge(begun.state, begun.verifier)


def keep_opened(session: MutableMapping[str, Any], opened: Opened, now: datetime) -> None:
    """Remember the accounts until one is confirmed."""
    plain = [
        {
            "identity": {**asdict(item.identity), "settings": dict(item.identity.settings)},
            "credentials": dict(item.grant.credentials),
            "scopes": list(item.grant.scopes),
            "expires_at": item.grant.expires_at.isoformat() if item.grant.expires_at else None,
            "renews": item.grant.renews,
        }
        for item in opened.connections
    ]
    data = {"network": opened.network, "channel_id": opened.channel_id, "connections": plain}
    _keep(session, "opened", data, now)


def read_opened(session: MutableMapping[str, Any], now: datetime) -> Opened:
    """Return the accounts to confirm. Raises NotBegunError."""
    data = _read(session, "opened", now)
    return Opened(data["network"], data["channel_id"], tuple(_connections(data["connections"])))


def forget(session: MutableMapping[str, Any]) -> None:
    """Nothing is pending any more."""
    session.pop(KEY, None)


def _connections(plain: Sequence[dict[str, Any]]) -> list[Connection]:
    return [
        Connection(
            Identity(**item["identity"]),
            Grant(
                item["credentials"],
                tuple(item["scopes"]),
                datetime.fromisoformat(item["expires_at"]) if item["expires_at"] else None,
                item["renews"],
            ),
        )
        for item in plain
    ]


def _keep(session: MutableMapping[str, Any], kind: str, data: dict[str, Any], now: datetime) -> None:
    session[KEY] = vault.lock({"kind": kind, "at": now.isoformat(), "data": json.dumps(data)})


def _read(session: MutableMapping[str, Any], kind: str, now: datetime) -> dict[str, Any]:
    try:
        kept = vault.unlock(session[KEY])
    except (KeyError, vault.LockedError):
        kept = {}
    if kept.get("kind") != kind or now - datetime.fromisoformat(kept["at"]) > LASTS:
        raise NotBegunError(
            _("There is no connection under way, or it took too long. Nothing was changed; begin again.")
        )
    data: dict[str, Any] = json.loads(kept["data"])
    return data
