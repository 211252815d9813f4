"""Is this account, or this address, one of ours? Compared letter by letter: a lookalike is not ours."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from content.slots import Account

PREFIXES = ("www.", "m.", "mobile.")
SAME_HOSTS = {"twitter.com": "x.com", "telegram.me": "t.me"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known. `accounts` are those of ours that bear the name that was asked for.

    BELOW: the address begins with an account of ours, which proves nothing. Some networks show anybody's post under
    any account's name.
    """

    class Kind(StrEnum):
        ACCOUNT = "account"
        POST = "post"
        BELOW = "below"
        UNKNOWN = "unknown"

    kind: Kind
    accounts: tuple[Account, ...] = ()


def ask(question: str, accounts: Iterable[Account], has_posted: Callable[[str], bool]) -> Answer:
    """Look for an account by its name or the address of its page, and for a post by its address."""
    text = unicodedata.normalize("NFC", question).strip()
    asked, known = _address(text), list(accounts)
    if named := _those(known, lambda account: _is_named(text, account) or (asked != "" and asked == _own(account))):
        return Answer(Answer.Kind.ACCOUNT, named)
    if asked and has_posted(text):
        return Answer(Answer.Kind.POST)
    if asked and (below := _those(known, lambda account: _is_below(asked, account))):
        return Answer(Answer.Kind.BELOW, below)
    return Answer(Answer.Kind.UNKNOWN)


def _those(accounts: Iterable[Account], fits: Callable[[Account], bool]) -> tuple[Account, ...]:
    return tuple(account for account in accounts if fits(account))


def _is_named(text: str, account: Account) -> bool:
    return text.removeprefix("@").casefold() == account.handle.removeprefix("@").casefold()


def _is_below(asked: str, account: Account) -> bool:
    own = _own(account)
    return bool(own) and asked.startswith(f"{own}/")


def _own(account: Account) -> str:
    return _address(account.url)


def _address(text: str) -> str:
    """Host and path, written one way; empty for what is no address of a page."""
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return ""
    host = next((host.removeprefix(prefix) for prefix in PREFIXES if host.startswith(prefix)), host)
    path = parts.path.rstrip("/")
    if parts.scheme not in {"http", "https"} or "@" in parts.netloc or "." not in host or not path:
        return ""
    return f"{SAME_HOSTS.get(host, host)}{path}".casefold()
