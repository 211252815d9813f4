"""Everything of a post that leaves, built from the content the same way for preview, approval and arming."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.images.models import SourceImageIOError

from media.renditions import POST
from social_publisher.messages.render import Attachment, Composed, Draft, Problem, Rendered
from social_publisher.models import Channel, Post, PostImage, ShortLink, Variant
from social_publisher.models.short_link import PLACEHOLDER, address
from social_publisher.networks.registry import UnknownNetworkError

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Parcel:
    """What leaves on one channel. `link` names the link's target, `due_at` is in UTC."""

    channel: Channel
    due_at: datetime | None
    composed: Composed
    link: str
    short_link: ShortLink | None

    @cached_property
    def rendered(self) -> Rendered:
        """What leaves with its length and everything that stands against it."""
        try:
            return self.channel.adapter.examine(self.channel.account, self.composed)
        except UnknownNetworkError:
            return Rendered(self.composed, len(self.composed.text), 0)

    def canonical(self) -> dict[str, Any]:
        """The parcel as plain data; equal data means that the same thing leaves at the same time."""
        data = {
            "channel": [self.channel.network, self.channel.handle, self.channel.rehearses],
            "due_at": self.due_at.astimezone(UTC).isoformat() if self.due_at else None,
            "text": self.composed.text,
            "language": self.composed.language,
            "link": self.link,
            "attachments": [
                {key: value for key, value in asdict(attachment).items() if key != "location"}
                for attachment in self.composed.attachments
            ],
        }
        if len(self.composed.parts) > 1:
            data["parts"] = list(self.composed.parts)
        return data


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


@dataclass(frozen=True)
class _Content:
    """A post's content as plain data, wherever it came from. `variants` are channel, own text, minutes later."""

    campaign: str
    useful_minutes: int
    text: str
    language: str
    due_at: datetime | None
    link_page_id: int | None
    link_page_live: bool
    link_url: str
    variants: tuple[tuple[Channel, str, int], ...]
    pictures: tuple[tuple[Any, str], ...]


def build_package(post: Post) -> Package:
    """Return what leaves of this content (a saved row, a draft, or an unsaved form's instance).

    A channel without its short link yet shows a placeholder of the same length, so that lengths are right.
    """
    variants = list(post.variants.all())
    links = {}
    if post.pk and post.has_link and variants:
        links = {link.channel_id: link for link in ShortLink.objects.filter(post_id=post.pk)}
    content = _Content(
        campaign=post.campaign.code,
        useful_minutes=post.useful_minutes,
        text=post.text,
        language=post.language,
        due_at=post.due_at,
        link_page_id=post.link_page_id,
        link_page_live=bool(post.link_page and post.link_page.live),
        link_url=post.link_url,
        variants=tuple((variant.channel, variant.text, variant.offset_minutes) for variant in variants),
        pictures=tuple((item.image, item.alt_text) for item in _in_order(post.images.all())),
    )
    return _assemble(content, links)


def build_packages(post_ids: Collection[int]) -> dict[int, Package | None]:
    """Return what leaves of several posts as they are now, read together; None for one that cannot be built."""
    packages: dict[int, Package | None] = {}
    rows = Post.objects.filter(pk__in=post_ids).values(*ROW)
    sources = _Sources(post_ids)
    for row in rows:
        pk = row["pk"]
        try:
            if row["has_unpublished_changes"]:
                with transaction.atomic():
                    packages[pk] = build_package(Post.objects.get(pk=pk).current())
            else:
                packages[pk] = _assemble(sources.content(row), sources.links.get(pk, {}))
        except Exception:
            logger.exception("post %s could not be prepared", pk)
            packages[pk] = None
    return packages


ROW = (
    "pk", "campaign__code", "useful_minutes", "text", "language", "due_at", "link_page_id", "link_page__live",
    "link_url", "has_unpublished_changes",
)  # fmt: skip


class _Sources:
    """Everything that belongs to some posts, in one query a kind."""

    def __init__(self, post_ids: Collection[int]) -> None:
        self.variants: dict[int, list[tuple[int, str, int]]] = {}
        variants = Variant.objects.filter(post_id__in=post_ids).order_by("sort_order", "pk")
        for post_id, *variant in variants.values_list("post_id", "channel_id", "text", "offset_minutes"):
            self.variants.setdefault(post_id, []).append(tuple(variant))
        self.channels = Channel.objects.in_bulk({row[0] for rows in self.variants.values() for row in rows})
        self.links: dict[int, dict[int, ShortLink]] = {}
        for link in ShortLink.objects.filter(post_id__in=post_ids):
            self.links.setdefault(link.post_id, {})[link.channel_id] = link
        self.pictures: dict[int, list[tuple[int, str]]] = {}
        pictures = PostImage.objects.filter(post_id__in=post_ids).order_by("sort_order", "pk")
        for post_id, image_id, alt_text in pictures.values_list("post_id", "image_id", "alt_text"):
            self.pictures.setdefault(post_id, []).append((image_id, alt_text))
        ids = {row[0] for rows in self.pictures.values() for row in rows}
        self.images = get_image_model().objects.prefetch_renditions(POST).in_bulk(ids) if ids else {}

    def content(self, row: Mapping[str, Any]) -> _Content:
        """The content of one row."""
        pk = row["pk"]
        return _Content(
            campaign=row["campaign__code"],
            useful_minutes=row["useful_minutes"],
            text=row["text"],
            language=row["language"],
            due_at=row["due_at"],
            link_page_id=row["link_page_id"],
            link_page_live=bool(row["link_page__live"]),
            link_url=row["link_url"],
            variants=tuple((self.channels[key], text, later) for key, text, later in self.variants.get(pk, [])),
            pictures=tuple((self.images[key], alt_text) for key, alt_text in self.pictures.get(pk, [])),
        )


def _assemble(content: _Content, links: Mapping[int, ShortLink]) -> Package:
    faults: list[Problem] = []
    attachments = tuple(_attachment(image, alt_text, faults) for image, alt_text in content.pictures)
    has_link = bool(content.link_page_id or content.link_url)
    target = _target(content, faults)
    parcels = []
    for channel, own_text, minutes_later in content.variants:
        short_link = links.get(channel.pk)
        url = (short_link.url if short_link else address(PLACEHOLDER)) if has_link else ""
        draft = Draft(own_text.strip() or content.text, url, attachments, content.language)
        # Added in UTC: in a local zone an hour can be missing or come twice in between.
        due_at = content.due_at.astimezone(UTC) + timedelta(minutes=minutes_later) if content.due_at else None
        try:
            composed = channel.adapter.compose(channel.account, draft)
        except UnknownNetworkError as error:
            faults.append(Problem("network", str(error)))
            composed = Composed((draft.text,), draft.language, attachments)
        parcels.append(Parcel(channel, due_at, composed, target, short_link if has_link else None))
    return Package(content.campaign, content.useful_minutes, tuple(parcels), tuple(faults))


def _in_order(items: Iterable[Any]) -> list[Any]:
    return sorted(items, key=lambda item: (item.sort_order or 0, item.pk or 0))


def _target(content: _Content, faults: list[Problem]) -> str:
    """The link's target by identity: a page keeps its identity when its address changes."""
    if content.link_page_id:
        if not content.link_page_live:
            faults.append(Problem("link", _("The page it links to is not published. Publish it, or choose another.")))
        return f"page:{content.link_page_id}"
    return content.link_url


def _attachment(image: Any, alt_text: str, faults: list[Problem]) -> Attachment:
    try:
        return _stored(image, alt_text.strip())
    except (OSError, SourceImageIOError) as error:
        logger.warning("the picture %s cannot be read: %s", image.pk, error)
        faults.append(Problem("picture", _("A picture's file cannot be read. Upload it again, or remove it.")))
        return Attachment("", "", alt_text.strip(), "", 0, 0)


def _stored(image: Any, alt_text: str) -> Attachment:
    rendition = image.get_rendition(POST)
    return Attachment(
        location=rendition.file.name,
        content_type="image/jpeg",
        alt_text=alt_text,
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
