"""What the organisation's own sign-in says of somebody, believed only as OpenID Connect Core 1.0 (3.1.3.7) allows."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from typing import Any

import jwt
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings
from django.utils.crypto import constant_time_compare
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# By the kind of key that makes them. Nothing that a shared secret could sign.
ALGORITHMS = {"RS256": "RSA", "PS256": "RSA", "ES256": "EC"}
NEEDED = ["iss", "sub", "aud", "exp", "iat", "nonce"]
SUBJECT = re.compile(r"[ -~]{1,191}")
# How far apart two clocks may be, in seconds.
CLOCKS_APART = 30
# RFC 8176: several factors, a one-time code, a key in hardware; or a key in software together with who unlocked it.
SECOND_FACTORS = {"mfa", "otp", "hwk"}
SOFTWARE_KEY = "swk"
UNLOCKED_BY = {"user", "pin", "fpt", "face", "iris", "retina", "vbm"}

DISTRUSTED = _("The organisation's sign-in gave an answer that cannot be trusted. Nobody was signed in.")


class NotTrustedError(OAuth2Error):
    """An answer that lets nobody in: `reason` is for the log and free of secrets, `sentence` is for the person."""

    def __init__(self, reason: str, sentence: Promise = DISTRUSTED) -> None:
        super().__init__(reason)
        self.reason, self.sentence = reason, sentence


def verified(token: str, keys: Mapping[str, Any], *, issuer: str, client_id: str, nonce: str) -> dict[str, Any]:
    """What an ID token says, by the issuer's published keys (a JWK Set). Raises NotTrustedError."""
    try:
        header = jwt.get_unverified_header(token)
        claims: dict[str, Any] = jwt.decode(
            token,
            _key(header, keys),
            algorithms=list(ALGORITHMS),
            issuer=issuer,
            audience=client_id,
            leeway=CLOCKS_APART,
            options={"require": NEEDED, "enforce_minimum_key_length": True},
        )
    except (jwt.PyJWTError, TypeError, ValueError) as error:
        raise NotTrustedError(f"its ID token is not good: {type(error).__name__}") from error
    if not SUBJECT.fullmatch(claims["sub"]):
        raise NotTrustedError("its ID token names nobody, or in a way that cannot be kept")
    if not constant_time_compare(str(claims["nonce"]), nonce):
        raise NotTrustedError("its ID token answers another sign-in")
    several = not isinstance(claims["aud"], str) and len(claims["aud"]) > 1
    if claims.get("azp", "" if several else client_id) != client_id:
        raise NotTrustedError("its ID token was made for another site")
    return claims


def has_second_factor(claims: Mapping[str, Any]) -> bool:
    """Whether a token says that a second factor was shown."""
    asked = settings.OIDC_SECOND_FACTOR_ACR
    if asked and claims.get("acr") == asked:
        return True
    said = claims.get("amr")
    ways = {way for way in said if isinstance(way, str)} if isinstance(said, list) else set()
    return bool(ways & SECOND_FACTORS or (SOFTWARE_KEY in ways and ways & UNLOCKED_BY))


def shown_at(claims: Mapping[str, Any]) -> float:
    """When the person last showed there who they are, in seconds since 1970; 0 if it is not said."""
    said = claims.get("auth_time")
    now = time.time()
    if isinstance(said, bool) or not isinstance(said, int | float) or not 0 < said <= now + CLOCKS_APART:
        return 0.0
    return float(min(said, now))


def _key(header: Mapping[str, Any], keys: Mapping[str, Any]) -> jwt.PyJWK:
    """The one published key that a token says it is signed with; a key or an address in the token itself is not
    looked at."""
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or algorithm not in ALGORITHMS:
        raise NotTrustedError("its ID token is signed in a way that is not taken")
    if str(header.get("typ", "JWT")).upper() != "JWT":
        raise NotTrustedError("it gave a token of another kind in place of an ID token")
    published = keys.get("keys")
    fitting = [key for key in published if _fits(key, algorithm, header)] if isinstance(published, list) else []
    if len(fitting) != 1:
        raise NotTrustedError("its ID token is signed with a key that it does not publish")
    return jwt.PyJWK(fitting[0], algorithm=algorithm)


def _fits(key: Any, algorithm: str, header: Mapping[str, Any]) -> bool:
    """Whether a published key signs so; a token that names no key may fit any."""
    if not isinstance(key, dict) or key.get("kty") != ALGORITHMS[algorithm]:
        return False
    is_named = header.get("kid", key.get("kid")) == key.get("kid")
    return bool(is_named and key.get("use", "sig") == "sig" and key.get("alg", algorithm) == algorithm)
