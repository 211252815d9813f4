"""Where one request ends and the next begins is never read in two ways: what could be is refused, or it ends the
connection. Asked of the site's own process, and of nginx before it."""

from __future__ import annotations

import re
import shutil
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from tests.support.nginx import running_nginx
from tests.support.product import Product

HOST = b"Host: 127.0.0.1\r\n"
# What would be answered, with 404, were it taken for a request of its own.
SECOND = b"GET /no/such/page/ HTTP/1.1\r\n" + HOST + b"\r\n"
LAST = b"GET /health/live HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n"
WHOLE, CHUNKED = len(SECOND), b"Transfer-Encoding: chunked\r\n"
AFTER_NO_CHUNK = b"0\r\n\r\n" + SECOND
BOTH = b"Content-Length: %d\r\n" % len(AFTER_NO_CHUNK)
Ask = Callable[..., list[bytes]]


def post(headers: bytes, body: bytes) -> bytes:
    return b"POST /health/live HTTP/1.1\r\n" + HOST + headers + b"\r\n" + body


def length(value: bytes) -> bytes:
    return b"Content-Length: %s\r\n" % value


# By one reading the second request is in the first one's body, by another it stands behind it.
TWO_READINGS = {
    "a length beside chunks": post(BOTH + CHUNKED, AFTER_NO_CHUNK),
    "chunks beside a length": post(CHUNKED + BOTH, AFTER_NO_CHUNK),
    "a length that ends in a chunk": post(length(b"4") + CHUNKED, b"%x\r\n%s\r\n0\r\n\r\n" % (WHOLE, SECOND)),
    "two lengths, the first nothing": post(length(b"0") + length(b"%d" % WHOLE), SECOND),
    "two lengths, the second nothing": post(length(b"%d" % WHOLE) + length(b"0"), SECOND),
    "two lengths in a line": post(length(b"0, %d" % WHOLE), SECOND),
    "a length with a sign": post(length(b"+0"), SECOND),
    "a length below nothing": post(length(b"-1"), SECOND),
    "a length of another base": post(length(b"0x0"), SECOND),
    "a length of no number": post(length(b"0;"), SECOND),
    "a length larger than numbers": post(length(b"18446744073709551616"), SECOND),
    "a blank before the colon": post(b"Content-Length : %d\r\n" % WHOLE, SECOND),
    "a blank before the colon of chunks": post(b"Transfer-Encoding : chunked\r\n" + BOTH, AFTER_NO_CHUNK),
    "a folded line": post(b"Transfer-Encoding:\r\n chunked\r\n" + BOTH, AFTER_NO_CHUNK),
    "a folded line that hides a length": post(b"X: a\r\n Content-Length: 0\r\n" + length(b"%d" % WHOLE), SECOND),
    "a bare line feed before a length": post(b"X: a\nContent-Length: 0\r\n" + length(b"%d" % WHOLE), SECOND),
    "a bare line feed before chunks": post(b"X: a\nTransfer-Encoding: chunked\r\n" + BOTH, AFTER_NO_CHUNK),
    "a bare carriage return": post(b"X: a\rTransfer-Encoding: chunked\r\n" + BOTH, AFTER_NO_CHUNK),
    "another coding": post(b"Transfer-Encoding: xchunked\r\n" + BOTH, AFTER_NO_CHUNK),
    "no coding": post(b"Transfer-Encoding: identity\r\n" + BOTH, AFTER_NO_CHUNK),
    "a coding after chunks": post(b"Transfer-Encoding: chunked, identity\r\n", AFTER_NO_CHUNK),
    "two codings": post(CHUNKED + b"Transfer-Encoding: identity\r\n", AFTER_NO_CHUNK),
    "a coding behind a mark": post(b"Transfer-Encoding: \x0bchunked\r\n" + BOTH, AFTER_NO_CHUNK),
    "chunks in HTTP/1.0": post(b"Connection: keep-alive\r\n" + CHUNKED + BOTH, AFTER_NO_CHUNK).replace(
        b"1.1", b"1.0", 1
    ),
    "a chunk's line without a carriage return": post(CHUNKED, b"3\nabc\r\n" + AFTER_NO_CHUNK),
    "chunks without carriage returns": post(CHUNKED, b"3\nabc\n0\n\n" + SECOND),
    "a chunk's size of another base": post(CHUNKED, b"0x3\r\nabc\r\n" + AFTER_NO_CHUNK),
    "a chunk's size with a sign": post(CHUNKED, b"+3\r\nabc\r\n" + AFTER_NO_CHUNK),
    "a chunk's size with a line in it": post(CHUNKED, b"0_3\r\nabc\r\n" + AFTER_NO_CHUNK),
    "a chunk's size larger than numbers": post(CHUNKED, b"10000000000000003\r\nabc\r\n" + AFTER_NO_CHUNK),
    "a chunk longer than its size": post(CHUNKED, b"3\r\nabcd\r\n" + AFTER_NO_CHUNK),
    "a chunk without a size": post(CHUNKED, b"\r\nabc\r\n" + AFTER_NO_CHUNK),
    "a line feed within a chunk's remark": post(CHUNKED, b"3;a\nbc\r\nabc\r\n" + AFTER_NO_CHUNK),
}
# Only one reading: answers of the first request, of the second where there is one, and of a last one.
ONE_READING = {
    "one after the other": (b"GET /health/live HTTP/1.1\r\n" + HOST + b"\r\n" + SECOND, 3),
    "a length": (post(length(b"%d" % WHOLE), SECOND), 2),
    "chunks": (post(CHUNKED, b"%x\r\n%s\r\n0\r\n\r\n" % (WHOLE, SECOND)), 2),
    "a length of a question": (b"GET /health/live HTTP/1.1\r\n" + HOST + length(b"%d" % WHOLE) + b"\r\n" + SECOND, 2),
}


# What nginx reads, one way, and passes on as it has read it: whatever follows is for it a request as any other.
LENIENT = {
    "a chunk's line without a carriage return",
    "chunks without carriage returns",
    "a line feed within a chunk's remark",
}


def answers(link: socket.socket, asked: bytes, ends: bool = False) -> list[bytes]:
    """The statuses that are answered until the other side ends the connection, as it has to within ten seconds; with
    `ends` it is told that nothing more is sent."""
    told = b""
    with link, suppress(ConnectionError, ssl.SSLEOFError):
        link.settimeout(10)
        link.sendall(asked)
        if ends:
            # Not by TLS's own word, after which nothing could be read.
            socket.socket.shutdown(link, socket.SHUT_WR)
        while piece := link.recv(65536):
            told += piece
    return re.findall(rb"^HTTP/1\.[01] (\d{3})", told, re.MULTILINE)


@pytest.fixture
def site(product: Product) -> Ask:
    """Ask the site's own process."""
    return lambda asked: answers(socket.create_connection(("127.0.0.1", product.port)), asked)


@pytest.fixture(scope="module")
def before_it(product: Product) -> Iterator[Ask]:
    """Ask nginx, as the example sets it up."""
    with running_nginx(product.port) as (port, believes):

        def ask(asked: bytes, ends: bool = False) -> list[bytes]:
            link = socket.create_connection(("127.0.0.1", port))
            return answers(believes.wrap_socket(link, server_hostname="localhost"), asked, ends)

        yield ask


@pytest.mark.parametrize("how", TWO_READINGS)
def test_the_site_answers_once_and_ends_the_connection(how: str, site: Ask) -> None:
    assert len(site(TWO_READINGS[how])) <= 1


@pytest.mark.parametrize("how", ONE_READING)
def test_what_has_one_reading_is_read_by_the_site(how: str, site: Ask) -> None:
    asked, count = ONE_READING[how]
    assert len(site(asked + LAST)) == count


needs_nginx = pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")


@needs_nginx
@pytest.mark.parametrize("how", TWO_READINGS)
def test_nginx_answers_once_and_nobody_gets_anothers_answer(how: str, before_it: Ask) -> None:
    told = before_it(TWO_READINGS[how], ends=how in LENIENT)
    assert len(told) <= 1 or how in LENIENT
    # A request that the site still had before it would be answered to whoever asks next.
    assert before_it(LAST) == [b"200"]


@needs_nginx
@pytest.mark.parametrize("how", ONE_READING)
def test_what_has_one_reading_is_read_by_nginx(how: str, before_it: Ask) -> None:
    asked, count = ONE_READING[how]
    assert len(before_it(asked + LAST)) == count
