"""X's API v2 as its OpenAPI description 2.167 and docs.x.com describe it, as far as an account's own posts go."""

from __future__ import annotations

from social_publisher.networks.base import ACCOUNT_ID, Account
from social_publisher.networks.x import XNetwork
from tests.fakes.x.common import number
from tests.fakes.x.oauth import CLIENT_ID, PUBLIC_ID, SECRET, OAuth
from tests.fakes.x.posts import Posts

__all__ = ["CLIENT_ID", "PUBLIC_ID", "SECRET", "X", "account", "adapter", "number"]


class X(OAuth, Posts):
    """Every handle is an account, and `access-<handle>` opens it until `control` revokes. `selec` signs in on its page.

    `control` also takes `user_limit` and `app_limit`, the posts of 15 minutes and of 24 hours, and
    `broken_videos`: none can be processed. `says` is what the next post or lookup is answered with instead.
    """


def adapter(base: str, seconds: float = 5) -> XNetwork:
    """The module under test, speaking to the fake."""
    return XNetwork(base, authorize=f"{base}/i/oauth2/authorize", seconds=seconds)


def account(base: str, handle: str) -> Account:
    """An account the fake knows."""
    return Account(handle, {ACCOUNT_ID: number(handle)}, {"token": f"access-{handle}"})
