"""Keys to the numbers: random, kept as a hash, and worth no more than their owner's role."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date
from typing import Any

from social_publisher.models import ResultsToken

PERMISSION = "social_publisher.view_engagementsnapshot"
PREFIX = "results_"
MOST = 20


def make(owner: Any, name: str) -> str:
    """A new key for a person. It is returned once; only its hash is kept."""
    key = PREFIX + secrets.token_urlsafe(32)
    ResultsToken.objects.create(owner=owner, name=name, digest=_digest(key))
    return key


def owner_of(key: str, today: date) -> Any | None:
    """Who asks with this key, if it holds and its owner may see the numbers still."""
    if not key.startswith(PREFIX):
        return None
    token = ResultsToken.objects.select_related("owner").filter(digest=_digest(key)).first()
    if token is None or not token.owner.is_active or not token.owner.has_perm(PERMISSION):
        return None
    if token.used_on != today:
        ResultsToken.objects.filter(pk=token.pk).update(used_on=today)
    return token.owner


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
