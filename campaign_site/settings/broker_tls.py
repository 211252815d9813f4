"""How a broker is spoken to by TLS: its certificate is checked, and held against the name it is called by.

Left alone, kombu takes any certificate of a Redis, and of a RabbitMQ any that a known authority gave anybody.
"""

from __future__ import annotations

import ssl
from typing import Any
from urllib.parse import urlsplit


def options(address: str, authority: str = "") -> dict[str, Any] | bool:
    """Celery's `broker_use_ssl` for this address; `authority` is a file with the certificate that its own is from."""
    parts = urlsplit(address)
    if parts.scheme == "rediss":
        own: dict[str, Any] = {"ssl_ca_certs": authority} if authority else {}
        return {"ssl_cert_reqs": ssl.CERT_REQUIRED, "ssl_check_hostname": True, **own}
    if parts.scheme == "amqps":
        own = {"ca_certs": authority} if authority else {}
        return {"cert_reqs": ssl.CERT_REQUIRED, "server_hostname": parts.hostname, **own}
    return False
