"""What a newcomer finds at the desk: demo people, rehearsal channels, and a few approved posts about to leave."""

from __future__ import annotations

from social_publisher.starter.accounts import create_demo_accounts
from social_publisher.starter.posts import load_demo_posts
from social_publisher.starter.reporting import load_demo_indicators

__all__ = ["create_demo_accounts", "load_demo_indicators", "load_demo_posts"]
