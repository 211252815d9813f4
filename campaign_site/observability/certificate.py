"""The certificate readers meet: whether browsers believe it, and for how long it is still good."""

from __future__ import annotations

import socket
import ssl
import time
from urllib.parse import urlsplit

from django.conf import settings

HTTPS = 443
SECONDS = 5.0
# Public authorities renew a month before the end; what is left two weeks before it is renewed by nobody.
LEAST_DAYS = 14
DAY = 24 * 60 * 60


def certificate() -> tuple[bool, str]:
    """Meet it at PUBLIC_BASE_URL as a browser does, against the authorities that this machine trusts."""
    parts = urlsplit(settings.PUBLIC_BASE_URL)
    host = parts.hostname or ""
    if parts.scheme != "https":
        return False, f"{settings.PUBLIC_BASE_URL} has no certificate: it has to start with https://."
    try:
        ends = _met(host, parts.port or HTTPS)
    except ssl.SSLCertVerificationError as error:
        why = error.verify_message
        return False, f"Browsers do not believe the certificate of {host} ({why}): get one of a public authority."
    except OSError as error:
        return False, f"{host} could not be reached from here ({error}), so its certificate was not seen."
    days = int((ends - time.time()) // DAY)
    if days < LEAST_DAYS:
        return False, f"The certificate of {host} ends in {days} days, and nothing renewed it: look at the proxy."
    return True, f"The certificate of {host} is believed, and good for {days} days."


def _met(host: str, port: int) -> float:
    """When the certificate ends, in seconds since 1970. Raises OSError, of which a bad certificate is one."""
    with (
        socket.create_connection((host, port), SECONDS) as plain,
        ssl.create_default_context().wrap_socket(plain, server_hostname=host) as secure,
    ):
        told = secure.getpeercert()
    assert told is not None
    return float(ssl.cert_time_to_seconds(str(told["notAfter"])))
