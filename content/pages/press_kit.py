"""A press kit: pictures in every shape the networks ask for, with the words that go with them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Any

from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage
from django.utils.text import slugify
from django.utils.translation import gettext as _

from content.records import Campaign
from content.visibility import Notice
from media.models import CampaignImage
from media.renditions import KIT

if TYPE_CHECKING:
    from content.pages.campaign import CampaignPage

EMBLEM = "campaign_site/img/eu-emblem.svg"
IN_MEMORY = 4 * 1024 * 1024
# The same kit is the same file: no time of packing in it.
TIMESTAMP = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class KitFile:
    """A picture in one shape; `name` is its name in the media storage."""

    code: str
    label: str
    name: str
    url: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class KitPicture:
    """A picture of the kit with its words and its files."""

    image: CampaignImage
    alt_text: str
    caption: str
    files: tuple[KitFile, ...]


def shapes() -> dict[str, str]:
    """What each shape is for, in the active language."""
    return {
        "whole": _("Whole picture"),
        "wide": _("Wide, for links and cards"),
        "square": _("Square"),
        "portrait": _("Portrait"),
        "story": _("Story, full screen"),
    }


def pictures(stream: Iterable[Any]) -> list[KitPicture]:
    """Return the pictures of a stream of kit blocks with those sizes that are there; nothing is made here."""
    labels = shapes()
    values = (block.value for block in stream)
    return [
        KitPicture(value["image"], value["alt_text"], value["caption"], tuple(_files(value["image"], labels)))
        for value in values
        if value["image"] is not None
    ]


def _files(image: CampaignImage, labels: dict[str, str]) -> Iterator[KitFile]:
    for kit_size in KIT:
        if (size := image.size(kit_size.spec)) is not None:
            name = image.sizes[kit_size.spec][1]
            yield KitFile(kit_size.code, labels[kit_size.code], name, size.url, size.width, size.height)


def words(page: CampaignPage, campaign: Campaign) -> str:
    """Return the kit's words as plain text: what the campaign says, who pays, and where it is."""
    lines = [page.title, "=" * len(page.title), "", page.summary]
    for block in page.key_messages.raw_data:
        lines += ["", f"* {block['value']['title']}", block["value"]["text"]]
    if campaign.hashtag:
        lines += ["", campaign.hashtag]
    statement = campaign.project.grant.programme.statement if campaign.project.grant else None
    if statement is not None:
        lines += ["", statement.statement, statement.disclaimer]
    lines += ["", page.full_url or ""]
    return "\n".join(lines).rstrip() + "\n"


def pack(text: str, kit: Sequence[KitPicture], notice: Notice | None = None) -> IO[bytes]:
    """Return a ZIP of the words and every picture, each with a text that says what it shows and whose it is, and of the
    emblem where the funder's sentence stands beside it. Pictures that are gone from the storage are left out."""
    target = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        _write(archive, _("words.txt"), text.encode())
        if notice is not None and notice.emblem and (drawing := finders.find(EMBLEM)):
            _write(archive, "emblem-of-the-european-union.svg", Path(str(drawing)).read_bytes())
        for number, picture in enumerate(kit, start=1):
            folder = f"{number:02d}-{slugify(picture.image.title)[:60] or 'picture'}"
            _write(archive, f"{folder}/{_('about.txt')}", about(picture).encode())
            for file in picture.files:
                if default_storage.exists(file.name):
                    with default_storage.open(file.name) as stream:
                        _write(archive, f"{folder}/{file.code}-{file.width}x{file.height}.jpg", stream.read())
    target.seek(0)
    return target


def about(picture: KitPicture) -> str:
    """What a picture shows, its caption, who made it and how it may be used, as far as that is known."""
    image = picture.image
    told = (
        (_("Description"), picture.alt_text),
        (_("Caption"), picture.caption),
        (_("Credit"), image.credit),
        (_("Licence"), image.licence),
    )
    return "".join(f"{name}: {value}\n" for name, value in told if value)


def _write(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, TIMESTAMP), data)
