"""Posts as a table of the columns that are imported: the newest draft of each, as it would be typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.dateparse import parse_datetime

from content.records import Campaign
from social_publisher.desk.importing.columns import (
    OF_CHANNEL,
    OWN_ALT,
    OWN_MEDIA,
    OWN_MINUTES,
    OWN_TEXT,
    PICTURE,
    PICTURE_ALT,
    PICTURE_PEOPLE,
    Column,
    channel_heading,
    picture_heading,
)
from social_publisher.desk.importing.form import FIELDS
from social_publisher.desk.importing.rows import FLAGS, NO_PICTURE
from social_publisher.desk.local_time import readings
from social_publisher.messages import cells
from social_publisher.models import Channel, Post, PostImage, Variant

CHUNK = 200
# A column of these for each picture or channel, even where no post of the table has one.
LEAST_PICTURES = 1


class Table:
    """Posts as rows. The columns of pictures and channels are as many as the posts need."""

    def __init__(self, posts: QuerySet[Post], zone: tzinfo, zone_name: str) -> None:
        twin = Post.objects.filter(translation_key=OuterRef("translation_key")).exclude(pk=OuterRef("pk"))
        related = posts.select_related("latest_revision").prefetch_related("variants", "images")
        self._posts = related.annotate(has_twin=Exists(twin))
        self._zone, self._zone_name = zone, zone_name
        self._campaigns = dict(Campaign.objects.values_list("pk", "code"))
        self._channels = dict(Channel.objects.values_list("pk", "name"))
        self._pictures, self._parts = LEAST_PICTURES, set[tuple[str, str]]()
        for content in self._contents():
            self._pictures = max(self._pictures, len(content["images"]))
            for variant in content["variants"]:
                name = self._channels.get(variant["channel"], "")
                self._parts |= {(name, part) for part, cell in _own(variant).items() if cell and name}

    @property
    def heading(self) -> list[str]:
        """The headings of all columns, as they are written in a file."""
        return [cells.written(name) for name in self._columns()]

    def _columns(self) -> list[str]:
        pictures = [
            picture_heading(number, part)
            for number in range(1, self._pictures + 1)
            for part in (PICTURE, PICTURE_ALT, PICTURE_PEOPLE)
        ]
        order = sorted(self._parts, key=lambda pair: (pair[0], OF_CHANNEL.index(pair[1])))
        return [*(column.value for column in Column), *pictures, *(channel_heading(*pair) for pair in order)]

    def rows(self) -> Iterator[list[str]]:
        """One row a post, its cells as they are written in a file."""
        columns = self._columns()
        for content in self._contents():
            row = self._row(content)
            yield [cells.written(row.get(name, "")) for name in columns]

    def _contents(self) -> Iterator[dict[str, Any]]:
        for post in self._posts.iterator(chunk_size=CHUNK):
            draft = post.latest_revision if post.has_unpublished_changes else None
            content = draft.content if draft is not None else post.serializable_data()
            yield {**content, "group": str(post.translation_key) if post.has_twin else ""}

    def _row(self, content: dict[str, Any]) -> dict[str, str]:
        row = {column.value: _plain(content.get(name)) for column, name in FIELDS.items() if name != "due_zone"}
        row |= {column.value: "yes" if content.get(FIELDS[column]) else "no" for column in FLAGS}
        row[Column.CAMPAIGN.value] = self._campaigns.get(content["campaign"], "")
        row[Column.DUE.value] = self._due(content.get("due_at"))
        row[Column.ZONE.value] = self._zone_name
        row[Column.GROUP.value] = content["group"]
        for number, image in enumerate(content["images"], 1):
            row[picture_heading(number, PICTURE)] = _plain(image["image"])
            row[picture_heading(number, PICTURE_ALT)] = image["alt_text"]
            row[picture_heading(number, PICTURE_PEOPLE)] = image.get("people", PostImage.People.NONE.value)
        names = []
        for variant in content["variants"]:
            name = self._channels.get(variant["channel"])
            if name is not None:
                names.append(name)
                row |= {channel_heading(name, part): cell for part, cell in _own(variant).items()}
        row[Column.CHANNELS.value] = cells.join(names)
        return row

    def _due(self, due_at: Any) -> str:
        """The time in the table's zone; with its offset where clocks repeat it."""
        moment = parse_datetime(due_at) if isinstance(due_at, str) else due_at
        if moment is None:
            return ""
        local: datetime = moment.astimezone(self._zone)
        plain = local.replace(tzinfo=None)
        shown = plain if len(readings(plain.replace(fold=0), self._zone)) == 1 else local
        return shown.isoformat(sep=" ", timespec="auto" if plain.microsecond else "seconds")


def _own(variant: dict[str, Any]) -> dict[str, str]:
    """What a variant has of its own, by part."""
    media = variant.get("media", Variant.Media.SHARED.value)
    picture = NO_PICTURE if media == Variant.Media.NONE.value else ""
    if media == Variant.Media.OWN.value:
        picture = _plain(variant.get("image"))
    minutes = variant["offset_minutes"]
    return {
        OWN_TEXT: variant["text"],
        OWN_MINUTES: str(minutes) if minutes else "",
        OWN_MEDIA: picture,
        OWN_ALT: variant.get("alt_text", "") if media == Variant.Media.OWN.value else "",
    }


def _plain(value: Any) -> str:
    return "" if value is None else str(value)
