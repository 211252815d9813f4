"""Facebook Pages, through the Graph API. Source: developers.facebook.com/docs/graph-api and /docs/pages-api.

There is no key against doubling: what is unknown is settled by the page's own published posts. Tokens travel in the
Authorization header or in a body, never in an address, for addresses are logged.
"""

from __future__ import annotations

from social_publisher.networks.facebook.network import FacebookNetwork

__all__ = ["FacebookNetwork"]
