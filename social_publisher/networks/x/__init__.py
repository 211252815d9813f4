"""X accounts, through API v2 and OAuth 2. Sources: docs.x.com and X's OpenAPI description, version 2.167.

X has no key against doubling. It refuses a text it has had before without saying which post that is, so an unknown
outcome is settled on the account's own timeline, by the delivery's own short link or by the exact words.
"""

from social_publisher.networks.x.network import XNetwork

__all__ = ["XNetwork"]
