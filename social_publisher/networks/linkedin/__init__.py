"""LinkedIn pages, through somebody who may post for them. Source: learn.microsoft.com/linkedin, Community Management.

There is no key against doubling. LinkedIn refuses what it takes for a repetition and names the post it repeats; that
post is believed only after it was looked at. The page's posts can be read back, so an unknown outcome settles itself.
"""

from social_publisher.networks.linkedin.network import LinkedInNetwork

__all__ = ["LinkedInNetwork"]
