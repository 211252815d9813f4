"""How due ids reach a worker. Transports carry ids alone, so a lost or doubled message is harmless."""

from __future__ import annotations

from django.conf import settings
from django.utils.module_loading import import_string

from social_publisher.delivery.transports.base import Transport

__all__ = ["Transport", "configured_transport"]


def configured_transport() -> Transport:
    """Return a new transport of the class that DELIVERY_TRANSPORT names."""
    transport: Transport = import_string(settings.DELIVERY_TRANSPORT)()
    return transport
