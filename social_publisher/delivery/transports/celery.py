from __future__ import annotations

import logging
from collections.abc import Sequence

from celery import shared_task
from kombu.exceptions import OperationalError

from social_publisher.delivery.due import AHEAD, Due, batches
from social_publisher.delivery.ledger_time import elapsed, ledger_now
from social_publisher.delivery.transports.base import Transport
from social_publisher.delivery.worker import carry, refresh_connection

logger = logging.getLogger(__name__)

# A message is believed to be on its way for so many seconds; then its ids are handed over again if they still wait.
BELIEVED = 10.0
# A message that waited this long in a broker says nothing new any more: its ids have been handed over again.
EXPIRES = 60


@shared_task(name="social_publisher.carry", ignore_result=True)
def carry_batch(ids: list[int], handed_at: float) -> int:
    """Carry a batch, handed over at this ledger's time (seconds since 1970), unless that is long ago.

    Acknowledged before it runs: a lost message is handed over again, a doubled one wins nothing.
    """
    try:
        if ledger_now().timestamp() - handed_at > EXPIRES:
            return 0
        return carry(ids, ahead=AHEAD)
    except Exception:
        # Celery keeps the connection for the next task; after a failure it may be a dead one.
        refresh_connection()
        raise


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
        handed_at = ledger_now().timestamp()
        for _channel, ids in batches(fresh):
            try:
                carry_batch.apply_async([ids, handed_at], retry=False)
            except (OperationalError, OSError) as error:
                logger.warning("the broker cannot be reached (%s); what is due is handed over again", error)
                return
            self._handed.update(dict.fromkeys(ids, now))

    def close(self) -> None:
        """Nothing is under way here."""
