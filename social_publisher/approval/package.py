"""Everything of a post that leaves, built from the content the same way for preview, approval and arming."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.models import Page

from media.models import CampaignVideo
from media.renditions import POST_SPECS
from social_publisher.approval.attachments import Media, canonical
from social_publisher.approval.launched import PageVersion, page_versions
from social_publisher.messages.render import Attachment, Composed, Draft, Problem, Rendered
from social_publisher.messages.rules import PictureRules
from social_publisher.messages.untranslated import is_untranslated
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

    @property
    def url(self) -> str:
        """The short link as it stands in the text, or a placeholder of its length; empty without a link."""
        if not self.link:
            return ""
        return self.short_link.url if self.short_link else address(PLACEHOLDER)

    @cached_property
    def price(self) -> Decimal | None:
        """What the network charges for it, in US dollars; None where it charges nothing."""
        try:
            return self.channel.adapter.price(self.channel.account, self.composed)
        except UnknownNetworkError:
            return None

    @cached_property
    def rendered(self) -> Rendered:
        """What leaves with its length and everything that stands against it."""
        try:
            return self.channel.adapter.examine(self.channel.account, self.composed)
        except UnknownNetworkError:
            length = len(self.composed.text)
            return Rendered(self.composed, length, 0, lengths=((length, 0),))

    def canonical(self) -> dict[str, Any]:
        """The parcel as plain data; equal data means that the same thing leaves at the same time."""
        data: dict[str, Any] = {
            "channel": [self.channel.network, self.channel.handle, self.channel.rehearses],
            "due_at": self.due_at.astimezone(UTC).isoformat() if self.due_at else None,
            "text": self.composed.text,
            "language": self.composed.language,
            "link": self.link,
            "attachments": [canonical(attachment) for attachment in self.composed.attachments],
        }
        if len(self.composed.parts) > 1:
            data["parts"] = list(self.composed.parts)
        if self.composed.warning:
            data["warning"] = self.composed.warning
        if card := self.composed.card:
            data["card"] = [card.title, card.description, canonical(card.image) if card.image else None]
        return data


@dataclass(frozen=True)
class Package:
    """What leaves of a post on all its channels. `faults` are what it needs and is not there, such as a lost file."""

    campaign: str
    useful_minutes: int
    parcels: tuple[Parcel, ...]
    faults: tuple[Problem, ...] = ()
    from_machine: bool = False
    launch: PageVersion | None = None

    def canonical(self) -> dict[str, Any]:
        """The package as plain data, its parcels in a fixed order. In a launch the page's version is part of it."""
        parcels = sorted((parcel.canonical() for parcel in self.parcels), key=lambda parcel: str(parcel["channel"]))
        data = {"version": 1, "campaign": self.campaign, "useful_minutes": self.useful_minutes, "parcels": parcels}
        if self.from_machine:
            data["from_machine"] = True
        if self.launch is not None:
            data["launch"] = [self.launch.page_id, self.launch.digest]
        return data

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
class _Leg:
    """A post on one channel as plain data."""

    channel: Channel
    text: str
    minutes_later: int
    media: str
    image: Any
    alt_text: str

    def attachments(self, media: Media, rules: PictureRules) -> tuple[Attachment, ...]:
        """The post's pictures or video, its own picture, or none."""
        if self.media == Variant.Media.NONE:
            return ()
        if self.media == Variant.Media.OWN:
            return media.own(self.image, self.alt_text, rules)
        return media.shared(rules)


@dataclass(frozen=True)
class _Content:
    """A post's content as plain data, wherever it came from."""

    row: Mapping[str, Any]
    link_page: Any
    legs: tuple[_Leg, ...]
    pictures: tuple[tuple[Any, str], ...]
    video: Any
    launch: PageVersion | None = None

    @property
    def link(self) -> str:
        """The link's target by identity: a page keeps its identity when its address changes."""
        page = self.row["link_page_id"]
        return f"page:{page}" if page else self.row["link_url"]


def build_package(post: Post) -> Package:
    """Return what leaves of this content (a saved row, a draft, or an unsaved form's instance).

    A channel without its short link yet shows a placeholder of the same length, so that lengths are right.
    """
    variants = list(post.variants.all())
    prefetch_related_objects(variants, "channel", "image")
    links = {}
    if post.pk and post.has_link and variants:
        links = {link.channel_id: link for link in ShortLink.objects.filter(post_id=post.pk)}
    content = _Content(
        row={"campaign__code": post.campaign.code, **{name: getattr(post, name) for name in FIELDS}},
        link_page=post.link_page,
        legs=tuple(
            _Leg(row.channel, row.text, row.offset_minutes, row.media, row.image, row.alt_text) for row in variants
        ),
        pictures=tuple((item.image, item.alt_text) for item in _in_order(post.images.all())),
        video=post.video,
        launch=page_versions([post.launch_id]).get(post.launch_id) if post.launch_id else None,
    )
    return _assemble(content, links)


def build_packages(post_ids: Collection[int]) -> dict[int, Package | None]:
    """Return what leaves of several posts as they are now, read together; None for one that cannot be built."""
    packages: dict[int, Package | None] = {}
    rows = list(Post.objects.filter(pk__in=post_ids).values(*ROW, *FIELDS))
    sources = _Sources(rows)
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


ROW = ("pk", "campaign__code", "has_unpublished_changes")
FIELDS = (
    "useful_minutes", "text", "language", "due_at", "link_page_id", "link_url", "link_title", "link_description",
    "video_id", "video_alt", "content_warning", "from_machine", "launch_id",
)  # fmt: skip


class _Sources:
    """Everything that belongs to some posts, in one query a kind."""

    def __init__(self, posts: Sequence[Mapping[str, Any]]) -> None:
        ids = [row["pk"] for row in posts]
        variants = Variant.objects.filter(post_id__in=ids).order_by("sort_order", "pk")
        names = ("post_id", "channel_id", "text", "offset_minutes", "media", "image_id", "alt_text")
        legs = list(variants.values_list(*names, named=True))
        channels = {leg.channel_id for leg in legs}
        self.channels = Channel.objects.select_related("credential").in_bulk(channels)
        self.links: dict[int, dict[int, ShortLink]] = {}
        for link in ShortLink.objects.filter(post_id__in=ids):
            self.links.setdefault(link.post_id, {})[link.channel_id] = link
        self.pictures: dict[int, list[tuple[int, str]]] = {}
        pictures = PostImage.objects.filter(post_id__in=ids).order_by("sort_order", "pk")
        for post_id, image_id, alt_text in pictures.values_list("post_id", "image_id", "alt_text"):
            self.pictures.setdefault(post_id, []).append((image_id, alt_text))
        images = {row[0] for rows in self.pictures.values() for row in rows} | {
            leg.image_id for leg in legs if leg.image_id
        }
        self.images = get_image_model().objects.prefetch_renditions(*POST_SPECS).in_bulk(images) if images else {}
        self.legs: dict[int, list[_Leg]] = {}
        for row in legs:
            channel, image = self.channels[row.channel_id], self.images.get(row.image_id)
            leg = _Leg(channel, row.text, row.offset_minutes, row.media, image, row.alt_text)
            self.legs.setdefault(row.post_id, []).append(leg)
        # Titles, summaries and pictures of pages are read together, and only where a network wants them from us.
        pages = Page.objects.specific() if any(map(_wants_cards, self.channels.values())) else Page.objects
        self.pages = _by_pk(pages, {row["link_page_id"] for row in posts})
        self.videos = _by_pk(CampaignVideo.objects, {row["video_id"] for row in posts})
        self.launches = page_versions({row["launch_id"] for row in posts if row["launch_id"]})

    def content(self, row: Mapping[str, Any]) -> _Content:
        """The content of one row."""
        pk = row["pk"]
        return _Content(
            row=row,
            link_page=self.pages.get(row["link_page_id"]),
            legs=tuple(self.legs.get(pk, [])),
            pictures=tuple((self.images[key], alt_text) for key, alt_text in self.pictures.get(pk, [])),
            video=self.videos.get(row["video_id"]),
            launch=self.launches.get(row["launch_id"]),
        )


def _wants_cards(channel: Channel) -> bool:
    try:
        return channel.adapter.rules(channel.account).cards
    except UnknownNetworkError:
        return False


def _by_pk(rows: Any, ids: Collection[int | None]) -> dict[int, Any]:
    wanted = [pk for pk in ids if pk is not None]
    return {row.pk: row for row in rows.filter(pk__in=wanted)} if wanted else {}


def _assemble(content: _Content, links: Mapping[int, ShortLink]) -> Package:
    row, launch = content.row, content.launch
    launches_it = launch is not None and launch.page_id == row["link_page_id"]
    media = Media(row, content.pictures, content.video, launch.page if launch and launches_it else content.link_page)
    faults = media.faults
    # A launch's page is no fault until it was seen live: its posts are held till then.
    awaited = launch is not None and launches_it and launch.awaited
    if row["link_page_id"] and not awaited and not (content.link_page and content.link_page.live):
        faults.append(Problem("link", _("The page it links to is not published. Publish it, or choose another.")))
    faults += _language_faults(content)
    parcels = []
    for leg in content.legs:
        short_link = links.get(leg.channel.pk)
        url = (short_link.url if short_link else address(PLACEHOLDER)) if content.link else ""
        # Added in UTC: in a local zone an hour can be missing or come twice in between.
        due_at = row["due_at"].astimezone(UTC) + timedelta(minutes=leg.minutes_later) if row["due_at"] else None
        composed = _compose(leg, url, content, media)
        parcels.append(Parcel(leg.channel, due_at, composed, content.link, short_link if content.link else None))
    found = tuple(dict.fromkeys(faults))
    machine = bool(row["from_machine"])
    return Package(row["campaign__code"], row["useful_minutes"], tuple(parcels), found, machine, launch)


def _language_faults(content: _Content) -> list[Problem]:
    """A machine's words that nobody has checked, and words still in the language they were copied from."""
    found, row = [], content.row
    if row["from_machine"]:
        message = _("A machine translated it and nobody has checked it. Somebody who reads the language has to.")
        found.append(Problem("from-machine", message))
    words = [row[name] for name in ("text", "link_title", "link_description", "video_alt", "content_warning")]
    words += [leg.text for leg in content.legs]
    descriptions = [alt_text for _image, alt_text in content.pictures] + [leg.alt_text for leg in content.legs]
    if any(map(is_untranslated, words)):
        message = _("A text is not translated yet: it begins with a mark such as [en→ro]. Translate it, mark included.")
        found.append(Problem("untranslated", message))
    if any(map(is_untranslated, descriptions)):
        message = _(
            "A picture's description is not translated yet: it begins with a mark such as [en→ro]. Translate it."
        )
        found.append(Problem("untranslated-description", message))
    return found


def _compose(leg: _Leg, url: str, content: _Content, media: Media) -> Composed:
    """What leaves on one channel, its pictures fitted to its network."""
    text = leg.text.strip() or content.row["text"]
    try:
        adapter, account = leg.channel.adapter, leg.channel.account
        rules = adapter.rules(account)
        card = media.card(rules.pictures) if rules.cards and url else None
        attachments, warning = leg.attachments(media, rules.pictures), content.row["content_warning"]
        return adapter.compose(account, Draft(text, url, attachments, content.row["language"], warning, card))
    except UnknownNetworkError as error:
        media.faults.append(Problem("network", str(error)))
        return Composed((text,), content.row["language"], leg.attachments(media, PictureRules()))


def _in_order(items: Iterable[Any]) -> list[Any]:
    return sorted(items, key=lambda item: (item.sort_order or 0, item.pk or 0))
