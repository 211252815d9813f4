"""What is told of a request that is counted: its language and where it came from. Programs are left out.

No address and no user agent is kept: both are forgotten with the request, but for what memory holds of user agents that
it has seen lately.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

from crawleruseragents import is_crawler
from django.conf import settings
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

LONGEST = 500
# Hosts that readers come from, by network; a link may come through the network's own shortener.
HOSTS = {
    "t.co": "x", "x.com": "x", "twitter.com": "x",
    "facebook.com": "facebook", "l.facebook.com": "facebook", "m.facebook.com": "facebook",
    "lm.facebook.com": "facebook", "lnkd.in": "linkedin", "linkedin.com": "linkedin",
    "bsky.app": "bluesky", "go.bsky.app": "bluesky", "t.me": "telegram", "web.telegram.org": "telegram",
}  # fmt: skip
NETWORKS = frozenset({*HOSTS.values(), "mastodon"})


@lru_cache(maxsize=4096)
def is_program(user_agent: str) -> bool:
    """Whether a request comes from a program rather than a reader; no user agent at all counts as a program."""
    return not user_agent.strip() or bool(is_crawler(user_agent[:LONGEST]))


def counts(environ: Mapping[str, Any]) -> bool:
    """Whether a request is counted: not from a program, and not from somebody who asks not to be tracked.

    `DNT` is W3C's "Tracking Preference Expression", `Sec-GPC` the "Global Privacy Control".
    """
    if environ.get("HTTP_DNT") == "1" or environ.get("HTTP_SEC_GPC") == "1":
        return False
    return not is_program(environ.get("HTTP_USER_AGENT", ""))


@lru_cache(maxsize=4096)
def language_of(accepted: str) -> str:
    """The reader's first language that the site has, from `Accept-Language`; the site's own where it has none."""
    for code, _quality in parse_accept_lang_header(accepted[:LONGEST]):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return str(settings.LANGUAGE_CODE)


def network_of(query: str, referrer: str) -> str:
    """Which network a reader came from: as our own links say it, else by where they come from; empty where unknown."""
    named = parse_qs(query).get("utm_source", [""])[0]
    if named in NETWORKS:
        return named
    try:
        host = urlsplit(referrer).hostname or ""
    except ValueError:
        return ""
    return HOSTS.get(host.removeprefix("www."), "")
