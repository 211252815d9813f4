"""Addresses: of servers as people type them, of pages at bsky.app, of records (at://).

Sources: atproto.com/specs/at-uri-scheme, atproto.com/specs/handle.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from django.utils.translation import gettext as _

from social_publisher.networks.base import ACCOUNT_ID, Account
from social_publisher.networks.errors import RefusedError

DEFAULT_SERVER = "https://bsky.social"
PAGES = "https://bsky.app"
POSTS = "app.bsky.feed.post"
# What a server says instead of a handle that no longer leads to its account.
NO_HANDLE = "handle.invalid"

_POST = re.compile(
    r"(?:at://(?P<repo>[^/]+)/app\.bsky\.feed\.post"
    r"|https?://bsky\.app/profile/(?P<profile>[^/]+)/post)"
    r"/(?P<key>[A-Za-z0-9._:~-]{1,512})/?"
)


@dataclass(frozen=True, slots=True)
class RecordAddress:
    """Where a record is: whose, of which kind, under which key."""

    repo: str
    collection: str
    rkey: str

    def __str__(self) -> str:
        return f"at://{self.repo}/{self.collection}/{self.rkey}"

    @classmethod
    def read(cls, uri: str) -> RecordAddress:
        """From an at:// address. Raises RefusedError."""
        pieces = uri.removeprefix("at://").split("/")
        if not uri.startswith("at://") or len(pieces) != 3 or not all(pieces):
            raise RefusedError(_("This is no post's address: %(address)s") % {"address": uri})
        return cls(*pieces)


def profile_page(handle: str, did: str) -> str:
    """The account's public page."""
    return f"{PAGES}/profile/{did if handle == NO_HANDLE else handle}"


def post_address(account: Account, rkey: str) -> RecordAddress:
    """Where the account keeps the post with this key."""
    return RecordAddress(account.settings[ACCOUNT_ID], POSTS, rkey)


def post_page(account: Account, rkey: str) -> str:
    """The post's public page."""
    return f"{profile_page(account.handle, account.settings[ACCOUNT_ID])}/post/{rkey}"


def read_post(account: Account, url: str) -> RecordAddress:
    """Which post of the account a page's or a record's address means. Raises ValueError for any other."""
    found = _POST.fullmatch(re.split(r"[?#]", url.strip())[0])
    if found is None:
        raise ValueError(url)
    owner = unquote(found["repo"] or found["profile"])
    if owner != account.settings[ACCOUNT_ID] and owner.lower() != account.handle.lower():
        raise ValueError(url)
    return post_address(account, found["key"])
