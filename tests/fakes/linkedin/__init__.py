"""LinkedIn's API for pages as learn.microsoft.com/linkedin describes it: sign-in, pages, media, posts, counts."""

from tests.fakes.linkedin.common import CLIENT_ID, CLIENT_SECRET, MEMBER, organization
from tests.fakes.linkedin.posts import LinkedIn, account, adapter, read_little

__all__ = ["CLIENT_ID", "CLIENT_SECRET", "MEMBER", "LinkedIn", "account", "adapter", "organization", "read_little"]
