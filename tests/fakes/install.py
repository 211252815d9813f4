"""The real modules in this process's registry, speaking to fakes; FAKE_SERVERS says where those are, as JSON by
network."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from types import ModuleType
from typing import Any

from django.utils import timezone

from social_publisher import vault
from social_publisher.models import Channel, Credential
from social_publisher.networks import registry
from social_publisher.networks.base import ACCOUNT_ID, Network

SECONDS = float(os.environ.get("FAKE_TIMEOUT", "5"))
# The fakes show a post as soon as they have taken it.
SETTLING = timedelta(seconds=float(os.environ.get("FAKE_SETTLING", "3")))


def fake_of(slug: str) -> ModuleType:
    """The module of a network's fake."""
    return import_module(f"tests.fakes.{slug}")


def install(bases: Mapping[str, str] | None = None) -> list[Network]:
    """Let every real module speak to its fake instead, and return what stood there before."""
    found = bases or json.loads(os.environ["FAKE_SERVERS"])
    before = [registry.get(slug) for slug in found]
    for slug, base in found.items():
        network: Network = fake_of(slug).adapter(base, SECONDS)
        network.capabilities = replace(network.capabilities, settling=SETTLING)
        registry.register(network)
    return before


def remove(before: list[Network]) -> None:
    """Put the real ones back."""
    for network in before:
        registry.get(network.slug).close()
        registry.register(network)


def connected_channel(slug: str, handle: str, base: str, **fields: Any) -> Channel:
    """A channel of an account that the fake at `base` knows, connected."""
    account = fake_of(slug).account(base, handle)
    known = dict(account.settings)
    channel = Channel.objects.create(
        **{
            "name": f"{slug} {handle}",
            "network": slug,
            "handle": account.handle,
            "account_id": known.pop(ACCOUNT_ID),
            "account_name": handle,
            "settings": known,
            "min_interval": 0,
            **fields,
        }
    )
    now = timezone.now()
    Credential.objects.create(channel=channel, secret=vault.lock(account.credentials), connected_at=now, checked_at=now)
    return channel
