"""The columns of a table of posts: their headings, what they mean, and which field of a post each fills."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MOST_PICTURES = 20


class Column(Enum):
    """A column of its own. The value is its heading, in English in every language, so that files stay exchangeable."""

    CAMPAIGN = "campaign"
    LANGUAGE = "language"
    TEXT = "text"
    CHANNELS = "channels"
    DUE = "due"
    ZONE = "time zone"
    LINK_PAGE = "link page"
    LINK_URL = "link url"
    LINK_TITLE = "link title"
    LINK_DESCRIPTION = "link description"
    WARNING = "content warning"
    VIDEO = "video"
    VIDEO_ALT = "video description"
    USEFUL = "useful minutes"
    ALERT = "alert"
    CORRECTION = "correction"
    GROUP = "group"
    MACHINE = "machine translated"


# Each is written for one picture ("picture 2") or one channel ("text: Name of the channel").
PICTURE, PICTURE_ALT, PICTURE_PEOPLE = "picture", "description", "people"
OWN_TEXT, OWN_MINUTES, OWN_MEDIA, OWN_ALT = "text", "minutes later", "picture", "picture description"
OF_CHANNEL = (OWN_TEXT, OWN_MINUTES, OWN_MEDIA, OWN_ALT)

REQUIRED = (Column.CAMPAIGN, Column.TEXT, Column.CHANNELS, Column.DUE)
HELP: dict[str, str | Promise] = {
    Column.CAMPAIGN.value: _("The campaign's code, from the list of codes."),
    Column.LANGUAGE.value: _("The language's code, such as en or ro. Empty: the campaign's main language."),
    Column.TEXT.value: _("For all channels. The link stands at the end, or where you write {link}."),
    Column.CHANNELS.value: _("Names of channels, from the list, separated by |."),
    Column.DUE.value: _("Date and time such as 2027-03-04 15:30, or 2027-03-04 15:30+02:00 where clocks repeat it."),
    Column.ZONE.value: _("Where that time is, such as Europe/Bucharest. Empty: your own zone."),
    Column.LINK_PAGE.value: _("Path of a page of this site, such as /news/one/, or its number."),
    Column.LINK_URL.value: _("Or an outside address. Not both."),
    Column.LINK_TITLE.value: _("Title of the link's card, where a network shows what we write."),
    Column.LINK_DESCRIPTION.value: _("Text of the link's card."),
    Column.WARNING.value: _("What readers are told before they see the rest."),
    Column.VIDEO.value: _("Number or title of a video of the library; instead of pictures."),
    Column.VIDEO_ALT.value: _("What a person who cannot see or hear it should know."),
    Column.USEFUL.value: _("After so many minutes it does not leave any more. Empty: as usual."),
    Column.ALERT.value: _("yes or no: it warns the public of something."),
    Column.CORRECTION.value: _("Name or number of the correction that is prepared for it."),
    Column.GROUP.value: _("The same word in all rows that are translations of each other."),
    Column.MACHINE.value: _("yes or no: translated by a machine and not checked yet."),
    "picture 1": _("Number, title or file name of a picture of the library. Further ones: picture 2 and so on."),
    "picture 1 description": _("What a person who cannot see it should know."),
    "picture 1 people": _("none, consent or recognisable. Empty: none."),
    "text: …": _("Own text on one channel; the channel's name stands after the colon."),
    "minutes later: …": _("So many minutes later on this channel."),
    "picture: …": _("none, or number, title or file name of an own picture on this channel."),
    "picture description: …": _("Its description."),
}

_PICTURE = re.compile(rf"{PICTURE} (\d{{1,2}})(?: ({PICTURE_ALT}|{PICTURE_PEOPLE}))?")


@dataclass(frozen=True, slots=True)
class Place:
    """What a heading stands for: a column, or a part of the picture or channel it names."""

    column: Column | None = None
    picture: int = 0
    channel: str = ""
    part: str = ""


def place_of(heading: str) -> Place | None:
    """What a heading stands for; None for one that is not known."""
    low = " ".join(heading.lower().split())
    if low in {column.value for column in Column}:
        return Place(column=Column(low))
    if match := _PICTURE.fullmatch(low):
        number = int(match[1])
        return Place(picture=number, part=match[2] or PICTURE) if 1 <= number <= MOST_PICTURES else None
    part, _colon, channel = heading.partition(":")
    if part.strip().lower() in OF_CHANNEL and channel.strip():
        return Place(channel=channel.strip(), part=part.strip().lower())
    return None


def picture_heading(number: int, part: str) -> str:
    """The heading of one part of a picture, counted from 1."""
    return f"{PICTURE} {number}" if part == PICTURE else f"{PICTURE} {number} {part}"


def channel_heading(channel: str, part: str) -> str:
    """The heading of one part of a channel."""
    return f"{part}: {channel}"
