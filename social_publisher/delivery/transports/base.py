from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence


class Transport(ABC):
    """Carries due deliveries to workers."""

    @abstractmethod
    def carry(self, ids: Sequence[int]) -> None:
        """Hand over ids for immediate work and return at once. Ids already under way may be handed over again."""

    @abstractmethod
    def close(self) -> None:
        """Take no more, and wait for what is under way."""
