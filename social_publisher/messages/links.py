"""Addresses: which ones may leave or be followed, and how a campaign is named in them."""

from __future__ import annotations

import unicodedata
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.utils.translation import gettext as _


class UnsafeLinkError(ValueError):
    """An address that must not leave the site: not http(s), no host, or hidden characters in it."""


def check_link(url: str) -> str:
    """Return the address unchanged. Raises UnsafeLinkError.

    Control and format characters are refused first: sanitisers let `javascript<ZWSP>:` through.
    """
    if any(unicodedata.category(character) in {"Cc", "Cf", "Zl", "Zp"} or character.isspace() for character in url):
        raise UnsafeLinkError(_("The address contains hidden characters. Type it again instead of pasting it."))
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UnsafeLinkError(_("The address must start with https:// or http:// and name a site."))
    return url


def with_campaign(url: str, *, source: str, campaign: str, content: str, medium: str = "social") -> str:
    """Return the address with the campaign's UTM parameters; parameters it already has stay, except older UTM ones."""
    parts = urlsplit(url)
    kept = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not key.startswith("utm_")]
    utm = [("utm_source", source), ("utm_medium", medium), ("utm_campaign", campaign), ("utm_content", content)]
    return urlunsplit(parts._replace(query=urlencode(kept + utm)))
