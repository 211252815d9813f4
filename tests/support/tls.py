"""A server on this machine whose certificate is as a test wants it, and that writes down what it is told."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

# How long a client may take for each of its steps.
PATIENCE = 5.0
# The names by which clients of the tests call the server.
HERE = ("localhost", "127.0.0.1", "links.example")
Opening = Callable[[socket.socket], bytes]


@dataclass(frozen=True, slots=True)
class Certificate:
    """Files: a certificate with its key, and what has to be believed for it to be."""

    chain: Path
    authority: Path


def certificate(folder: Path, *names: str, self_signed: bool = False, days: float = 1) -> Certificate:
    """A certificate for these names, good for so long, of an authority of its own or of nobody but itself."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _signed("Authority", [], root_key, root_key, None)
    leaf = _signed(names[0], list(names), key, key if self_signed else root_key, None if self_signed else root, days)
    folder.mkdir(parents=True, exist_ok=True)
    written = Certificate(folder / "chain.pem", folder / "authority.pem")
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    written.chain.write_bytes(leaf.public_bytes(Encoding.PEM) + private)
    written.authority.write_bytes(root.public_bytes(Encoding.PEM))
    return written


def _signed(
    name: str,
    names: list[str],
    key: ec.EllipticCurvePrivateKey,
    signer: ec.EllipticCurvePrivateKey,
    issuer: x509.Certificate | None,
    days: float = 1,
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=not names, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
        .add_extension(_usage(authority=not names), critical=True)
    )
    if names:
        made = made.add_extension(x509.SubjectAlternativeName([_named(one) for one in names]), critical=False)
    return made.sign(signer, hashes.SHA256())


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        key_cert_sign=authority,
        crl_sign=authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _named(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


@dataclass
class Heard:
    """What clients did: what they said before TLS, why they left instead of going on, and what they said by TLS."""

    port: int
    plain: bytes = b""
    refusals: list[str] = field(default_factory=list)
    secret: bytes = b""


@contextmanager
def listening(shown: Certificate, opening: Opening = lambda _link: b"", greeting: bytes = b"") -> Iterator[Heard]:
    """The server: `opening` speaks before TLS, `greeting` is said by it. It hears a piece of each client, no more."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(shown.chain)
    with socket.create_server(("127.0.0.1", 0)) as door:
        heard = Heard(door.getsockname()[1])
        thread = threading.Thread(target=_serve, args=(door, context, opening, greeting, heard), daemon=True)
        thread.start()
        yield heard
        # A thread that waits in accept is not woken by closing.
        door.shutdown(socket.SHUT_RDWR)
        thread.join(PATIENCE)


def _serve(door: socket.socket, context: ssl.SSLContext, opening: Opening, greeting: bytes, heard: Heard) -> None:
    while True:
        try:
            link, _whom = door.accept()
        except OSError:
            return
        link.settimeout(PATIENCE)
        with link, suppress(OSError):
            heard.plain += opening(link)
            _hear(link, context, greeting, heard)


def _hear(link: socket.socket, context: ssl.SSLContext, greeting: bytes, heard: Heard) -> None:
    try:
        with context.wrap_socket(link, server_side=True) as secure:
            secure.sendall(greeting)
            heard.secret += secure.recv(65536)
    except ssl.SSLError as error:
        heard.refusals.append(error.reason or str(error))


def starttls(link: socket.socket) -> bytes:
    """What a mail server says until both change to TLS; returns what it was told."""
    link.sendall(b"220 mail\r\n")
    told = _line(link)
    link.sendall(b"250-mail\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN\r\n")
    told += _line(link)
    link.sendall(b"220 go ahead\r\n")
    return told


def no_starttls(link: socket.socket) -> bytes:
    """A mail server from whose words somebody on the way took STARTTLS out; returns everything it was told."""
    link.sendall(b"220 mail\r\n")
    told = _line(link)
    link.sendall(b"250-mail\r\n250 AUTH PLAIN LOGIN\r\n")
    while line := _line(link):
        told += line
        link.sendall(b"221 bye\r\n" if line.upper().startswith(b"QUIT") else b"502 no\r\n")
    return told


def postgres(link: socket.socket) -> bytes:
    """A database's yes to the request for TLS."""
    told = link.recv(8)
    link.sendall(b"S")
    return told


def _line(link: socket.socket) -> bytes:
    line = b""
    while not line.endswith(b"\n") and (piece := link.recv(1)):
        line += piece
    return line
