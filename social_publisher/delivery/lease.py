"""Signs of life: as long as a process works, its armed deliveries stay its own."""

from __future__ import annotations

import logging
import threading
from types import TracebackType
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection

from social_publisher.delivery.arm import lease_end
from social_publisher.delivery.ledger_time import ledger_now
from social_publisher.models import Delivery
from social_publisher.models.ledger import State

logger = logging.getLogger(__name__)


class Heartbeat:
    """Renews the leases of one owner while a batch is being sent; a third of the lease apart."""

    def __init__(self, owner: UUID) -> None:
        self._owner = owner
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"lease-{owner}", daemon=True)

    def __enter__(self) -> Heartbeat:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _beat(self) -> None:
        try:
            while not self._stop.wait(settings.DELIVERY_LEASE / 3):
                try:
                    renew(self._owner)
                except (DatabaseError, InterfaceError):
                    logger.warning("the leases of %s could not be renewed; trying again", self._owner)
                    connection.close()
        finally:
            connection.close()


def renew(owner: UUID) -> int:
    """Believe this owner for another lease. Returns how many deliveries it still owns."""
    now = ledger_now()
    own = Delivery.objects.filter(state=State.ARMED.value, owner=owner, lease_until__gt=now)
    return own.update(lease_until=lease_end(now))
