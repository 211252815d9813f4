"""Mastodon, and GoToSocial, which speaks the same language. Source: docs.joinmastodon.org."""

from social_publisher.networks.mastodon.network import MastodonNetwork

__all__ = ["MastodonNetwork"]
