"""Bluesky, and every other server of the AT Protocol that keeps Bluesky posts."""

from social_publisher.networks.bluesky.network import BlueskyNetwork

__all__ = ["BlueskyNetwork"]
