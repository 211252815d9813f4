"""A table's rows as posts: what is wrong in which cell, and the drafts they become."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from content.records import Campaign
from social_publisher.approval.audit import record
from social_publisher.desk.importing import lookups
from social_publisher.desk.importing.columns import (
    OWN_MEDIA,
    PICTURE,
    PICTURE_PEOPLE,
    REQUIRED,
    Column,
    Place,
    channel_heading,
    picture_heading,
    place_of,
)
from social_publisher.desk.importing.form import (
    FIELDS,
    IMAGE_FIELDS,
    VARIANT_FIELDS,
    AnyZone,
    faults_of,
    formset_data,
    import_form,
)
from social_publisher.desk.importing.lookups import Names, UnknownNameError
from social_publisher.desk.importing.reader import Sheet
from social_publisher.messages import cells
from social_publisher.models import Channel, Post, PostImage, Variant
from social_publisher.models.channel import default_time_zone, validate_time_zone
from social_publisher.planning.drafts import create

YES, NO = {"yes", "true", "1", "x"}, {"", "no", "false", "0"}
FLAGS = (Column.ALERT, Column.MACHINE)
NO_PICTURE = "none"


@dataclass
class Row:
    """One row of the table: its number in the file, what is wrong with it by column, and its form once it was read."""

    number: int
    values: dict[Place, str]
    faults: list[tuple[str, str]] = field(default_factory=list)
    form: AnyZone | None = None

    def get(self, column: Column) -> str:
        """What stands in a column; empty where the table lacks it."""
        return self.values.get(Place(column=column), "")

    @property
    def channels(self) -> list[str]:
        """The names of its channels."""
        return cells.split(self.get(Column.CHANNELS))

    def fault(self, heading: str, words: str) -> None:
        """Something is wrong in this column."""
        self.faults.append((heading, words))


@dataclass
class Report:
    """What a table comes to. Nothing of it is imported while anything is wrong."""

    faults: list[str]
    rows: list[Row]

    @property
    def is_good(self) -> bool:
        return not self.faults and not any(row.faults for row in self.rows)

    @property
    def wrong(self) -> list[Row]:
        """The rows that something is wrong with."""
        return [row for row in self.rows if row.faults]


def examine(sheet: Sheet, request: HttpRequest) -> Report:
    """Read every row as the composer would; says everything that is wrong, and saves nothing."""
    places = [place_of(heading) for heading in sheet.heading]
    faults = _faults_of_heading(sheet.heading, places)
    if faults:
        return Report(faults, [])
    rows = [
        Row(number, {place: cell for place, cell in zip(places, row, strict=True) if place and cell})
        for number, row in sheet.rows
    ]
    world = _World(rows, request)
    for row in rows:
        world.read(row)
    _check_groups(rows)
    return Report([], rows)


@transaction.atomic
def make(report: Report, user: Any, name: str) -> list[Post]:
    """Make drafts of all rows of a good report, by this person. Raises ValueError if anything is wrong."""
    if not report.is_good:
        raise ValueError("The table has faults")
    keys: dict[str, uuid.UUID] = {}
    made = []
    for row in report.rows:
        assert row.form is not None
        post: Post = row.form.save(commit=False)
        post.live, post.author = False, user
        if group := row.get(Column.GROUP):
            post.translation_key = keys.setdefault(group, uuid.uuid4())
        create(post, user)
        made.append(post)
    record("posts.imported", name, user, posts=[post.pk for post in made])
    return made


def _faults_of_heading(headings: list[str], places: list[Place | None]) -> list[str]:
    unknown = [heading for heading, place in zip(headings, places, strict=True) if place is None]
    twice = [headings[places.index(place)] for place, count in Counter(places).items() if place and count > 1]
    lacking = [column.value for column in REQUIRED if Place(column=column) not in places]
    names = set(Channel.objects.values_list("name", flat=True))
    strangers = [place.channel for place in places if place and place.channel and place.channel not in names]
    return [
        *(_("There is no column “%(name)s”. See the template for the columns.") % {"name": name} for name in unknown),
        *(_("The column “%(name)s” comes twice.") % {"name": name} for name in twice),
        *(_("The column “%(name)s” is missing.") % {"name": name} for name in lacking),
        *(
            _("A column is for the channel “%(name)s”, which does not exist.") % {"name": name}
            for name in sorted(set(strangers))
        ),
    ]


def _check_groups(rows: list[Row]) -> None:
    """The translations of a post have different languages."""
    seen: set[tuple[str, str]] = set()
    for row in rows:
        group = row.get(Column.GROUP)
        language = row.form.data.get("language", "") if row.form else ""
        if group and (group, language) in seen:
            row.fault(Column.GROUP.value, _("Two rows of this group have the same language."))
        seen.add((group, language))


class _World:
    """What the rows speak of, and how each becomes a form."""

    def __init__(self, rows: list[Row], request: HttpRequest) -> None:
        self._campaigns = {campaign.code.casefold(): campaign for campaign in Campaign.objects.all()}
        self._channels = lookups.channels()
        self._names: dict[Column, Names] = {
            Column.LINK_PAGE: lookups.pages(_wanted(rows, Place(column=Column.LINK_PAGE)), request),
            Column.VIDEO: lookups.videos(_wanted(rows, Place(column=Column.VIDEO))),
            Column.CORRECTION: lookups.corrections(_wanted(rows, Place(column=Column.CORRECTION))),
        }
        pictures = {place for row in rows for place in row.values if place.part in {PICTURE, OWN_MEDIA}}
        self._images = lookups.images(_wanted(rows, *pictures))
        self._useful = str(Post._meta.get_field("useful_minutes").get_default())

    def read(self, row: Row) -> None:
        """Fill in the row's form, or say what is wrong with the row."""
        data = self._post(row)
        numbers, images = self._pictures(row)
        names, variants = self._variants(row)
        form = import_form()(
            data | formset_data("images", images) | formset_data("variants", variants), instance=Post()
        )
        known = {heading for heading, _words in row.faults}
        if not form.is_valid():
            row.faults += [fault for fault in faults_of(form, numbers, names) if fault[0] not in known]
        row.form = form

    def _post(self, row: Row) -> dict[str, Any]:
        data: dict[str, Any] = {name: row.get(column) for column, name in FIELDS.items()}
        campaign = self._campaigns.get(row.get(Column.CAMPAIGN).casefold())
        if campaign is None and row.get(Column.CAMPAIGN):
            row.fault(Column.CAMPAIGN.value, _("There is no campaign with this code. The template lists them."))
        data["campaign"] = campaign.pk if campaign else ""
        data["language"] = data["language"].lower() or (campaign.language if campaign else settings.LANGUAGE_CODE)
        data["useful_minutes"] = data["useful_minutes"] or self._useful
        try:
            validate_time_zone(data["due_zone"] or default_time_zone())
        except ValidationError as error:
            row.fault(Column.ZONE.value, error.messages[0])
            data["due_zone"] = ""
        for column, names in self._names.items():
            data[FIELDS[column]] = self._pk(row, column.value, names, row.get(column))
        for column in FLAGS:
            word = row.get(column).lower()
            data[FIELDS[column]] = "on" if word in YES else ""
            if word not in YES | NO:
                row.fault(column.value, _("Write yes or no."))
        return data

    def _pictures(self, row: Row) -> tuple[list[int], list[dict[str, Any]]]:
        numbers = sorted({place.picture for place in row.values if place.picture})
        rows = []
        for number in numbers:
            found = {name: row.values.get(Place(picture=number, part=part), "") for part, name in IMAGE_FIELDS.items()}
            found["image"] = self._pk(row, picture_heading(number, PICTURE), self._images, found["image"])
            found["people"] = found["people"].lower() or PostImage.People.NONE.value
            if found["people"] not in PostImage.People.values:
                row.fault(picture_heading(number, PICTURE_PEOPLE), _("Write none, consent or recognisable."))
            rows.append(found)
        return numbers, rows

    def _variants(self, row: Row) -> tuple[list[str], list[dict[str, Any]]]:
        chosen = row.channels
        for place in row.values:
            if place.channel and place.channel.casefold() not in {name.casefold() for name in chosen}:
                heading = channel_heading(place.channel, place.part)
                row.fault(heading, _("The channel is not among the channels of this row."))
        rows = []
        for name in chosen:
            own = {
                place.part: cell for place, cell in row.values.items() if place.channel.casefold() == name.casefold()
            }
            found: dict[str, Any] = {field_name: own.get(part, "") for part, field_name in VARIANT_FIELDS.items()}
            found["channel"] = self._pk(row, Column.CHANNELS.value, self._channels, name)
            found["offset_minutes"] = found["offset_minutes"] or "0"
            found |= self._media(row, name, found["image"])
            rows.append(found)
        return chosen, rows

    def _media(self, row: Row, channel: str, cell: str) -> dict[str, Any]:
        if not cell:
            return {"media": Variant.Media.SHARED.value, "image": ""}
        if cell.lower() == NO_PICTURE:
            return {"media": Variant.Media.NONE.value, "image": ""}
        image = self._pk(row, channel_heading(channel, OWN_MEDIA), self._images, cell)
        return {"media": Variant.Media.OWN.value, "image": image}

    def _pk(self, row: Row, heading: str, names: Names, name: str) -> Any:
        if not name:
            return ""
        try:
            return names.pk(name)
        except UnknownNameError as error:
            row.fault(heading, str(error))
            return ""


def _wanted(rows: list[Row], *places: Place) -> set[str]:
    return {row.values[place] for row in rows for place in places if place in row.values}
