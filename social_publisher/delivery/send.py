"""Sending: the network call and nothing else. No database here."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from social_publisher.delivery.arm import Armed
from social_publisher.networks.base import Receipt
from social_publisher.networks.errors import NetworkError, UnknownOutcomeError

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one send: a receipt, or an error of the typed tree."""

    armed: Armed
    receipt: Receipt | None = None
    error: NetworkError | None = None


def send(armed: Armed) -> Outcome:
    """Call the network once. Anything unforeseen counts as "may have been accepted"."""
    try:
        return Outcome(armed, receipt=armed.network.send(armed.account, armed.outgoing))
    except NetworkError as error:
        return Outcome(armed, error=error)
    except Exception as error:
        logger.exception("delivery %s: the network module failed", armed.delivery_id)
        return Outcome(armed, error=UnknownOutcomeError(f"The network's module failed ({type(error).__name__})."))
