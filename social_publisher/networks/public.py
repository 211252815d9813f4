"""Connections that lead out and nowhere else: the name is looked up, and the very address that was looked at is called.

A server that somebody named may have a name that leads to a machine behind us, or comes to do so a moment later. This
machine's own addresses are called as they are: whoever may name them is decided in `servers`.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any, TypeVar

import httpcore
import httpx
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError

from social_publisher.networks.servers import is_loopback, public_addresses

Connected = TypeVar("Connected")


def connected(host: str, port: int, connect: Callable[[str], Connected], failures: type[Exception]) -> Connected:
    """Connect to the first of a host's public addresses that answers. Raises OSError, or what connecting raised."""
    if is_loopback(host):
        return connect(host)
    addresses = public_addresses(host, port)
    if not addresses:
        raise OSError(f"{host} is on no public server")
    for address in addresses[:-1]:
        try:
            return connect(address)
        except failures:
            continue
    return connect(addresses[-1])


class PublicBackend(httpcore.SyncBackend):
    """How httpx opens sockets."""

    def connect_tcp(self, host: str, port: int, *args: Any, **given: Any) -> httpcore.NetworkStream:
        """Raises httpcore.ConnectError for what is not public."""
        try:
            return connected(
                host, port, lambda address: super(PublicBackend, self).connect_tcp(address, port, *args, **given),
                httpcore.ConnectError,
            )  # fmt: skip
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error


def transport() -> httpx.HTTPTransport:
    """A transport of httpx over such connections. It has no setting for it, so its pool is given one."""
    made = httpx.HTTPTransport(trust_env=False)
    assert isinstance(made._pool, httpcore.ConnectionPool)
    made._pool._network_backend = PublicBackend()
    return made


class _Opening:
    """How urllib3 opens sockets."""

    def _new_conn(self: Any) -> socket.socket:
        def connect(address: str) -> socket.socket:
            return socket.create_connection((address, self.port), self.timeout)

        try:
            opened = connected(self._dns_host, self.port, connect, OSError)
        except OSError as error:
            raise NewConnectionError(self, f"no connection to {self.host}: {error}") from error
        for option in self.socket_options or ():
            opened.setsockopt(*option)
        return opened


class _Connection(_Opening, HTTPConnection):
    """Plain."""


class _SecureConnection(_Opening, HTTPSConnection):
    """With TLS, whose certificate is held against the name."""


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


class PublicAdapter(HTTPAdapter):
    """An adapter of requests over such connections."""

    def init_poolmanager(self, *args: Any, **given: Any) -> None:
        super().init_poolmanager(*args, **given)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}
