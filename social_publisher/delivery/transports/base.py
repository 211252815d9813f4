from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from social_publisher.delivery.due import Due


class Transport(ABC):
    """Carries due deliveries to workers.

    `shared`: its workers are the same for every clock, so one clock handing over is enough.
    """

    shared = False

    @abstractmethod
    def carry(self, rows: Sequence[Due]) -> None:
        """Hand over deliveries for immediate work and return at once. What is under way may be handed over again."""

    @abstractmethod
    def close(self) -> None:
        """Take no more, and wait for what is under way."""
