"""What a server says about itself, kept as an account's settings, and the rules that follow from it.

Source: docs.joinmastodon.org, entities Instance and V1::Instance.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from social_publisher.messages.rules import MASTODON, Counting, PictureRules, TextRules

SERVER, KIND, VERSION = "server", "kind", "version"
GOTOSOCIAL = "gotosocial"
# Each limit's name in the settings, and its place in the instance's `configuration`.
LIMITS = {
    "max_characters": ("statuses", "max_characters"),
    "url_length": ("statuses", "characters_reserved_per_url"),
    "max_media": ("statuses", "max_media_attachments"),
    "description_limit": ("media_attachments", "description_limit"),
    "image_size_limit": ("media_attachments", "image_size_limit"),
    "image_matrix_limit": ("media_attachments", "image_matrix_limit"),
    "video_size_limit": ("media_attachments", "video_size_limit"),
}


def settings_of(instance: Mapping[str, Any]) -> dict[str, str]:
    """The kind of server, its version and every limit it tells. GoToSocial is known by the address of its source."""
    configuration = instance.get("configuration") or {}
    kind = GOTOSOCIAL if GOTOSOCIAL in str(instance.get("source_url", "")).lower() else "mastodon"
    told = {KIND: kind, VERSION: str(instance.get("version", ""))}
    for name, (part, key) in LIMITS.items():
        value = (configuration.get(part) or {}).get(key)
        if isinstance(value, int) and value > 0:
            told[name] = str(value)
    return told


def rules_of(settings: Mapping[str, str]) -> TextRules:
    """The limits a server told; a new Mastodon server's where it told none.

    GoToSocial reports a length for links but counts them, like everything else, as code points as written. A picture
    whose longer side is the root of the pixels a server takes is never too large; what is larger than our own limit is
    scaled down by Mastodon in any case.
    """

    def told(name: str, default: int) -> int:
        value = settings.get(name, "")
        return int(value) if value.isdecimal() else default

    standard, video = MASTODON.pictures, MASTODON.video
    side = math.isqrt(told("image_matrix_limit", standard.max_side**2))
    rules = replace(
        MASTODON,
        limit=told("max_characters", MASTODON.limit),
        url_length=told("url_length", MASTODON.url_length or 0) or None,
        max_attachments=told("max_media", MASTODON.max_attachments),
        alt_limit=told("description_limit", MASTODON.alt_limit),
        pictures=PictureRules(told("image_size_limit", standard.max_bytes), min(side, standard.max_side)),
        video=video and replace(video, max_bytes=told("video_size_limit", video.max_bytes)),
    )
    if settings.get(KIND) != GOTOSOCIAL:
        return rules
    return replace(rules, name="GoToSocial", counting=Counting.CODE_POINTS, url_length=None, short_mentions=False)
