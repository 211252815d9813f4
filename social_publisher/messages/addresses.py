"""One place, written in many ways: with or without "www.", a trailing slash, a tracking parameter."""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

# Names of hosts that show the same posts.
SAME_HOSTS = (frozenset({"x.com", "twitter.com"}), frozenset({"t.me", "telegram.me"}))
PREFIXES = ("www.", "m.", "mobile.")


def same_place(address: str) -> list[str]:
    """Return the addresses a network may have given for the one somebody pasted; nothing for what is no address."""
    text = unicodedata.normalize("NFKC", address).strip()
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return []
    if parts.scheme not in {"http", "https"} or "." not in host or parts.path in {"", "/"}:
        return []
    bare = next((host.removeprefix(prefix) for prefix in PREFIXES if host.startswith(prefix)), host)
    hosts = next((group for group in SAME_HOSTS if bare in group), frozenset({bare}))
    path = parts.path.rstrip("/")
    names = sorted({f"{prefix}{name}" for name in hosts for prefix in ("", "www.")})
    queries = ["", f"?{parts.query}"] if parts.query else [""]
    return [f"https://{name}{path}{slash}{query}" for name in names for slash in ("", "/") for query in queries]
