"""Signed tokens of a fake OpenID provider, and the ways to forge them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import ECAlgorithm, RSAAlgorithm


@dataclass(frozen=True)
class Making:
    """What an ID token is made of."""

    claims: dict[str, Any]
    access_token: str
    client_secret: str
    base: str


@cache
def private_key(name: str) -> Any:
    """The key of that name; one that ends with "-ec" lies on a curve. Made once a process."""
    if name.endswith("-ec"):
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public_jwk(name: str) -> dict[str, Any]:
    """As RFC 7517 describes it."""
    maker = ECAlgorithm if name.endswith("-ec") else RSAAlgorithm
    made: dict[str, Any] = maker.to_jwk(private_key(name).public_key(), as_dict=True)
    return {**made, "kid": name, "use": "sig"}


def key_set(*names: str) -> dict[str, Any]:
    """Published keys."""
    return {"keys": [public_jwk(name) for name in names]}


def signed(
    claims: Mapping[str, Any],
    key: str = "own",
    algorithm: str = "RS256",
    headers: Mapping[str, Any] | None = None,
) -> str:
    """A token of these claims; `headers` come before its own, and None takes one away."""
    given = {"kid": key, **(headers or {})}
    return jwt.encode(
        dict(claims),
        private_key(key),
        algorithm=algorithm,
        headers={name: value for name, value in given.items() if value is not None},
    )


def by_secret(claims: Mapping[str, Any], secret: bytes) -> str:
    """A token that is authenticated with a shared secret, whatever that is."""
    head = f"{_part({'alg': 'HS256', 'typ': 'JWT', 'kid': 'own'})}.{_part(claims)}"
    return f"{head}.{_text(hmac.new(secret, head.encode(), hashlib.sha256).digest())}"


def _public_pem() -> bytes:
    made: bytes = private_key("own").public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return made


def _part(content: Mapping[str, Any]) -> str:
    return _text(json.dumps(dict(content)).encode())


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _changed_afterwards(making: Making) -> str:
    head, _body, signature = signed(making.claims).split(".")
    return f"{head}.{_part({**making.claims, 'name': 'Somebody else'})}.{signature}"


Forges = Callable[[Making], str]
FORGERIES: dict[str, Forges] = {
    "another key under the same name": lambda it: signed(it.claims, "attacker", headers={"kid": "own"}),
    "another key without a name": lambda it: signed(it.claims, "attacker", headers={"kid": None}),
    "a key that is not published": lambda it: signed(it.claims, "attacker"),
    "keys at an address of the token's": lambda it: signed(
        it.claims, "attacker", headers={"jku": f"{it.base}/attacker/keys"}
    ),
    "a key inside the token": lambda it: signed(
        it.claims, "attacker", headers={"jwk": public_jwk("attacker"), "kid": "own"}
    ),
    "no signature": lambda it: jwt.encode(it.claims, None, algorithm="none"),
    "a signature cut off": lambda it: signed(it.claims).rpartition(".")[0] + ".",
    "content changed afterwards": _changed_afterwards,
    "the client's secret": lambda it: by_secret(it.claims, it.client_secret.encode()),
    "the public key as a secret": lambda it: by_secret(it.claims, _public_pem()),
    "another algorithm": lambda it: signed(it.claims, algorithm="RS512"),
    "the access token": lambda it: it.access_token,
    "an access token that hides its kind": lambda it: signed(
        {name: value for name, value in it.claims.items() if name != "nonce"}, headers={"typ": None}
    ),
    "an access token with all that an ID token has": lambda it: signed(it.claims, headers={"typ": "at+jwt"}),
    "a good key under a name that is not published": lambda it: signed(it.claims, headers={"kid": "another"}),
    "no token": lambda it: "",
    "no JSON in it": lambda it: "e30.e30",
}
GOOD: dict[str, Forges] = {
    "RS256 without a key's name": lambda it: signed(it.claims, headers={"kid": None}),
    "PS256": lambda it: signed(it.claims, algorithm="PS256"),
    "ES256": lambda it: signed(it.claims, "own-ec", "ES256"),
}
