"""The networks on loopback: servers that take and refuse what each network's own description says, and fail as told."""

from __future__ import annotations

SLUGS = ("bluesky", "facebook", "linkedin", "mastodon", "telegram", "x")
