from __future__ import annotations

from collections.abc import Iterator

import pytest

from social_publisher.networks import registry
from social_publisher.networks.base import Network
from tests.integration.delivery.rig import Troubled


@pytest.fixture
def troubled() -> Iterator[Troubled]:
    usual: Network = registry.get("rehearsal")
    network = Troubled()
    registry.register(network)
    yield network
    registry.register(usual)
