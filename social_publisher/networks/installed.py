"""The real networks, made from this installation's settings."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from social_publisher.networks.base import Network
from social_publisher.networks.bluesky import BlueskyNetwork
from social_publisher.networks.facebook import FacebookNetwork
from social_publisher.networks.linkedin import LinkedInNetwork
from social_publisher.networks.mastodon import MastodonNetwork
from social_publisher.networks.telegram import TelegramNetwork
from social_publisher.networks.x import XNetwork


def real_networks() -> list[Network]:
    """Return one of each. None of them calls anybody before an account is connected."""
    loopback = settings.NETWORKS_ON_LOOPBACK
    return [
        XNetwork(
            price=settings.X_PRICE_POST,
            price_with_link=settings.X_PRICE_POST_WITH_LINK,
            reads_own_posts=settings.X_READ_OWN_POSTS,
            **_addresses("x", authorize="/i/oauth2/authorize"),
        ),
        MastodonNetwork(allow_loopback=loopback),
        BlueskyNetwork(allow_loopback=loopback, **_addresses("bluesky")),
        TelegramNetwork(**_addresses("telegram")),
        FacebookNetwork(**_addresses("facebook", dialog=""), **_version(settings.FACEBOOK_GRAPH_VERSION)),
        LinkedInNetwork(**_addresses("linkedin", site=""), **_version(settings.LINKEDIN_VERSION)),
    ]


def _addresses(slug: str, **others: str) -> dict[str, Any]:
    """The network's addresses, where they are not the real ones: its base, and other pages by their paths below it."""
    base = settings.NETWORK_ADDRESSES.get(slug)
    return {"base": base, **{name: base + path for name, path in others.items()}} if base else {}


def _version(told: str) -> dict[str, Any]:
    return {"version": told} if told else {}
