"""Everything of a post that leaves, built from the content the same way for preview, approval and arming."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from wagtail.images.models import SourceImageIOError

from media.renditions import POST
from social_publisher.messages.render import Attachment, Draft, Problem, Rendered
from social_publisher.models import Channel, Post, ShortLink
from social_publisher.models.short_link import PLACEHOLDER, address
from social_publisher.networks.registry import UnknownNetworkError

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Parcel:
    """What leaves on one channel. `link` names the link's target, `due_at` is in UTC."""

    channel: Channel
    due_at: datetime | None
    rendered: Rendered
    link: str
    short_link: ShortLink | None

    def canonical(self) -> dict[str, Any]:
        """The parcel as plain data; equal data means that the same thing leaves at the same time."""
        return {
            "channel": [self.channel.network, self.channel.handle, self.channel.rehearses],
            "due_at": self.due_at.astimezone(UTC).isoformat() if self.due_at else None,
            "text": self.rendered.text,
            "language": self.rendered.language,
            "link": self.link,
            "attachments": [
                {key: value for key, value in asdict(attachment).items() if key != "location"}
                for attachment in self.rendered.attachments
            ],
        }


@dataclass(frozen=True)
class Package:
    """What leaves of a post on all its channels. `faults` are what it needs and is not there, such as a lost file."""

    campaign: str
    useful_minutes: int
    parcels: tuple[Parcel, ...]
    faults: tuple[Problem, ...] = ()

    def canonical(self) -> dict[str, Any]:
        """The package as plain data, its parcels in a fixed order."""
        parcels = sorted((parcel.canonical() for parcel in self.parcels), key=lambda parcel: str(parcel["channel"]))
        return {"version": 1, "campaign": self.campaign, "useful_minutes": self.useful_minutes, "parcels": parcels}

    @property
    def digest(self) -> str:
        """SHA-256, in hex, over the canonical form as compact JSON with sorted keys."""
        text = json.dumps(self.canonical(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def problems(self, now: datetime) -> list[Problem]:
        """Everything that stands against sending; empty means it can leave."""
        found = list(self.faults)
        found += [] if self.parcels else [Problem("no-channel", _("No channel is chosen. Choose at least one."))]
        for parcel in self.parcels:
            if parcel.due_at is None:
                found.append(Problem("no-time", _("There is no time to leave. Choose one.")))
            elif parcel.due_at.timestamp() + self.useful_minutes * 60 <= now.timestamp():
                found.append(Problem("past", _("The time to leave is past. Choose a later one.")))
            found += [
                Problem(problem.code, f"{parcel.channel}: {problem.message}") for problem in parcel.rendered.problems
            ]
        return list(dict.fromkeys(found))

    def for_channel(self, channel_id: int) -> Parcel | None:
        """The parcel of one channel."""
        return next((parcel for parcel in self.parcels if parcel.channel.pk == channel_id), None)


def build_package(post: Post) -> Package:
    """Return what leaves of this content (a saved row, a draft, or an unsaved form's instance).

    A channel without its short link yet shows a placeholder of the same length, so that lengths are right.
    """
    variants = list(post.variants.all())
    links = {}
    if post.pk and post.has_link and variants:
        links = {link.channel_id: link for link in ShortLink.objects.filter(post_id=post.pk)}
    faults: list[Problem] = []
    attachments = tuple(_attachment(item, faults) for item in _in_order(post.images.all()))
    target = _target(post, faults)
    parcels = []
    for variant in variants:
        short_link = links.get(variant.channel_id)
        url = (short_link.url if short_link else address(PLACEHOLDER)) if post.has_link else ""
        channel = variant.channel
        draft = Draft(variant.text.strip() or post.text, url, attachments, post.language)
        due_at = post.due_on(variant) if post.due_at else None
        try:
            rendered = channel.adapter.render(channel.account, draft)
        except UnknownNetworkError as error:
            faults.append(Problem("network", str(error)))
            rendered = Rendered(draft.text, len(draft.text), 0, draft.language, attachments)
        parcels.append(Parcel(channel, due_at, rendered, target, short_link))
    return Package(post.campaign.code, post.useful_minutes, tuple(parcels), tuple(faults))


def _in_order(items: Iterable[Any]) -> list[Any]:
    return sorted(items, key=lambda item: (item.sort_order or 0, item.pk or 0))


def _target(post: Post, faults: list[Problem]) -> str:
    """The link's target by identity: a page keeps its identity when its address changes."""
    if post.link_page_id:
        if not (post.link_page and post.link_page.live):
            faults.append(Problem("link", _("The page it links to is not published. Publish it, or choose another.")))
        return f"page:{post.link_page_id}"
    return post.link_url


def _attachment(item: Any, faults: list[Problem]) -> Attachment:
    try:
        return _stored(item)
    except (OSError, SourceImageIOError) as error:
        logger.warning("the picture %s cannot be read: %s", item.image_id, error)
        faults.append(Problem("picture", _("A picture's file cannot be read. Upload it again, or remove it.")))
        return Attachment("", "", item.alt_text.strip(), "", 0, 0)


def _stored(item: Any) -> Attachment:
    rendition = item.image.get_rendition(POST)
    return Attachment(
        location=rendition.file.name,
        content_type="image/jpeg",
        alt_text=item.alt_text.strip(),
        sha256=file_digest(rendition.file.name),
        width=rendition.width,
        height=rendition.height,
    )


def file_digest(name: str) -> str:
    """Return the SHA-256 of a stored file's bytes; read again whenever the file's size or time changed."""
    path = Path(default_storage.path(name))
    stat = path.stat()
    return _digest_of(path, stat.st_size, stat.st_mtime_ns, stat.st_ino)


@lru_cache(maxsize=1024)
def _digest_of(path: Path, size: int, modified: int, inode: int) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
