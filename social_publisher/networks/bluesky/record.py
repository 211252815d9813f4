"""From a message to the record that is kept. The same message always makes the same record, to the byte.

It is written field by field after the lexicons app.bsky.feed.post and app.bsky.embed.*, and not with a library's
models, so that a repeat after an update of the library is still the same record.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from social_publisher.messages.render import Attachment
from social_publisher.networks.base import Outgoing
from social_publisher.networks.bluesky.addresses import POSTS
from social_publisher.networks.bluesky.facets import facets

# RFC 5646: a language, and what narrows it down.
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def record_of(post: Outgoing, dids: Mapping[str, str], reply: Mapping[str, Any] | None) -> dict[str, Any]:
    """The record. `dids` says whom its mentions mean; `reply` names the post it answers and the first of its thread."""
    record: dict[str, Any] = {"$type": POSTS, "text": post.text, "createdAt": _time(post.created_at)}
    language = post.language.replace("_", "-")
    if _LANGUAGE.fullmatch(language):
        record["langs"] = [language]
    if found := facets(post.text, dids):
        record["facets"] = found
    if reply:
        record["reply"] = dict(reply)
    if embed := _embed(post):
        record["embed"] = embed
    return record


def as_remote_id(blob: Mapping[str, Any]) -> str:
    """An uploaded blob's reference, as text."""
    return json.dumps(blob, sort_keys=True, separators=(",", ":"))


def _time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _embed(post: Outgoing) -> dict[str, Any] | None:
    """A post shows one thing beside its text: a video, pictures or a link's card."""
    if post.attachments and post.attachments[0].is_video:
        video = {"video": _blob(post.media[0]), **_described(post.attachments[0])}
        return {"$type": "app.bsky.embed.video", **video}
    if post.attachments:
        shown = zip(post.attachments, post.media, strict=True)
        images = [{"image": _blob(given), **_described(attachment)} for attachment, given in shown]
        return {"$type": "app.bsky.embed.images", "images": images}
    if post.card and post.link:
        external = {"uri": post.link, "title": post.card.title, "description": post.card.description}
        if post.card_media is not None:
            external["thumb"] = _blob(post.card_media)
        return {"$type": "app.bsky.embed.external", "external": external}
    return None


def _described(attachment: Attachment) -> dict[str, Any]:
    described: dict[str, Any] = {"alt": attachment.alt_text}
    if attachment.width > 0 and attachment.height > 0:
        described["aspectRatio"] = {"width": attachment.width, "height": attachment.height}
    return described


def _blob(remote_id: str | bytes) -> Any:
    return json.loads(remote_id)
