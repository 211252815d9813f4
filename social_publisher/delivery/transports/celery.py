from __future__ import annotations

import logging
from collections.abc import Sequence

from celery import shared_task
from kombu.exceptions import OperationalError

from social_publisher.delivery.due import AHEAD, Due, batches
from social_publisher.delivery.ledger_time import elapsed
from social_publisher.delivery.transports.base import Transport
from social_publisher.delivery.worker import carry

logger = logging.getLogger(__name__)

# A message is believed to be on its way for so many seconds; then its ids are handed over again if they still wait.
BELIEVED = 10.0
# A message that waited this long in a broker says nothing new any more: its ids have been handed over again.
EXPIRES = 60


@shared_task(name="social_publisher.carry", ignore_result=True, expires=EXPIRES)
def carry_batch(ids: list[int]) -> int:
    """Carry a batch. Acknowledged before it runs: a lost message is found by the sweep, a doubled one wins nothing."""
    return carry(ids, ahead=AHEAD)


class CeleryTransport(Transport):
    """Workers are Celery's, on any machine. Only ids travel, only at due time: the broker may lose all it knows."""

    shared = True

    def __init__(self) -> None:
        self._handed: dict[int, float] = {}

    def carry(self, rows: Sequence[Due]) -> None:
        """Send one message a batch; a broker that cannot be reached is tried again by the timer."""
        now = elapsed()
        self._handed = {pk: at for pk, at in self._handed.items() if now - at < BELIEVED}
        fresh = [row for row in rows if row.pk not in self._handed]
        for _channel, ids in batches(fresh):
            try:
                carry_batch.apply_async([ids], retry=False)
            except (OperationalError, OSError) as error:
                logger.warning("the broker cannot be reached (%s); what is due is handed over again", error)
                return
            self._handed.update(dict.fromkeys(ids, now))

    def close(self) -> None:
        """Nothing is under way here."""
