"""Connections that lead out and nowhere else: the name is looked up, and the very address that was looked at is called.
What is answered has bounds: a server that somebody named may never come to an end.

A server that somebody named may have a name that leads to a machine behind us, or comes to do so a moment later. This
machine's own addresses are called as they are: whoever may name them is decided in `servers`.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

import httpcore
import httpx
import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError

from social_publisher.networks.servers import is_loopback, public_addresses

Connected = TypeVar("Connected")

# What networks answer has a few KB; a list of a hundred posts has less than 1 MB.
MOST_BYTES = 8_000_000
MOST_SECONDS = 60.0
CHUNK = 64 * 1024


class EndlessAnswerError(Exception):
    """An answer that is larger, or takes longer, than any that a network gives."""


def bounded(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The chunks, as long as they are within bounds. Raises EndlessAnswerError."""
    left, until = MOST_BYTES, time.monotonic() + MOST_SECONDS
    for chunk in chunks:
        left -= len(chunk)
        if left < 0 or time.monotonic() > until:
            raise EndlessAnswerError("the answer did not come to an end")
        yield chunk


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


class _BoundedStream(httpx.SyncByteStream):
    def __init__(self, stream: httpx.SyncByteStream) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from bounded(self._stream)
        except EndlessAnswerError as error:
            raise httpx.ReadError(str(error)) from None

    def close(self) -> None:
        self._stream.close()


class PublicTransport(httpx.BaseTransport):
    """A transport of httpx over such connections. It has no setting for it, so its pool is given one."""

    def __init__(self) -> None:
        self._inner = httpx.HTTPTransport(trust_env=False)
        assert isinstance(self._inner._pool, httpcore.ConnectionPool)
        self._inner._pool._network_backend = PublicBackend()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Ask for an answer that is not packed, as a packed one has no bounds; one that is all the same is not read."""
        request.headers["Accept-Encoding"] = "identity"
        response = self._inner.handle_request(request)
        if response.headers.get("Content-Encoding", "identity") != "identity":
            response.close()
            raise httpx.DecodingError("the answer is packed, which was not asked for", request=request)
        assert isinstance(response.stream, httpx.SyncByteStream)
        response.stream = _BoundedStream(response.stream)
        return response

    def close(self) -> None:
        """Close what is open."""
        self._inner.close()


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

    def send(self, request: requests.PreparedRequest, stream: bool = False, *args: Any, **given: Any) -> Any:
        """Read the answer here, within bounds, unless it is asked for piece by piece."""
        request.headers["Accept-Encoding"] = "identity"
        response = super().send(request, True, *args, **given)
        if stream:
            return response
        try:
            response._content = b"".join(bounded(response.iter_content(CHUNK)))
        except EndlessAnswerError as error:
            response.close()
            raise requests.ConnectionError(str(error), request=request) from None
        response._content_consumed = True
        return response
