"""What the delivery tests share: running one delivery, and a network in trouble."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from social_publisher.delivery.arm import Armed
from social_publisher.delivery.journal import Journal
from social_publisher.delivery.recover import settle_unknown
from social_publisher.delivery.send import Outcome, send
from social_publisher.delivery.worker import carry
from social_publisher.models import Delivery
from social_publisher.networks.base import Account, Outgoing, Receipt, Witness
from social_publisher.networks.rehearsal import RehearsalNetwork
from social_publisher.rehearsal.store import DatabaseWall


def settle_fully(now: datetime) -> int:
    """Ask after the settling delay, and once more, as the sweep does."""
    return sum(settle_unknown(now + timedelta(seconds=wait)) for wait in (10, 20))


def at_due(delivery: Delivery) -> datetime:
    return delivery.due_at + timedelta(milliseconds=1)


def send_unsettled(armed: Armed, owner: UUID, now: datetime) -> Outcome:
    """Call the network as the owner would, and settle nothing: what is left when a process dies."""
    return send(armed, Journal(armed, owner, lambda: now))


def run(delivery: Delivery, now: datetime | None = None) -> Delivery:
    """Carry one delivery at its due time."""
    moment = now or at_due(delivery)
    carry([delivery.pk], clock=lambda: moment)
    delivery.refresh_from_db()
    return delivery


class Troubled(RehearsalNetwork):
    """The rehearsal network with an error to raise, before or after it took the post."""

    def __init__(self) -> None:
        super().__init__(DatabaseWall())
        self.error: Exception | None = None
        self.after_taking = False
        self.witness: Witness | None = None

    def send(self, account: Account, post: Outgoing) -> Receipt:
        if self.error and not self.after_taking:
            raise self.error
        receipt = super().send(account, post)
        if self.error:
            raise self.error
        return receipt

    def find(self, account: Account, post: Outgoing) -> Witness:
        return self.witness or super().find(account, post)
