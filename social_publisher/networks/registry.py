"""Which networks this installation has."""

from __future__ import annotations

from django.utils.translation import gettext as _

from social_publisher.networks.base import Network

_networks: dict[str, Network] = {}


class UnknownNetworkError(LookupError):
    """A channel names a network that is not installed."""


def register(network: Network) -> None:
    """Make a network available under its slug; registering a slug again replaces it."""
    _networks[network.slug] = network


def remove(slug: str) -> None:
    """Make a network unavailable; removing one that is not there is no error."""
    _networks.pop(slug, None)


def get(slug: str) -> Network:
    """Return the network. Raises UnknownNetworkError."""
    try:
        return _networks[slug]
    except KeyError:
        raise UnknownNetworkError(
            _("The network '%(slug)s' is not installed. Choose another for this channel, or install it.")
            % {"slug": slug}
        ) from None


def installed() -> list[Network]:
    """Return all networks by name."""
    return sorted(_networks.values(), key=lambda network: network.name)
