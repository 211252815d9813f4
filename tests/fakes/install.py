"""Put the six fakes into this process's registry; FAKE_SERVER says where their server is."""

from __future__ import annotations

import os
from collections.abc import Iterable

from social_publisher.networks import registry
from tests.fakes.network import FakeNetwork
from tests.fakes.profiles import PROFILES


def install(base: str = "") -> list[FakeNetwork]:
    """Register every fake network and return them."""
    networks = [FakeNetwork(profile, base or os.environ["FAKE_SERVER"]) for profile in PROFILES.values()]
    for network in networks:
        registry.register(network)
    return networks


def remove(networks: Iterable[FakeNetwork]) -> None:
    """Take them out again."""
    for network in networks:
        registry.remove(network.slug)
        network.close()
