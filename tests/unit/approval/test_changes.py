"""What an approver is told is new: everything that makes another fingerprint."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from social_publisher.approval.changes import ChannelChange, Fact, held_against
from social_publisher.approval.launched import PageVersion
from social_publisher.approval.package import Package, Parcel
from social_publisher.messages.render import Attachment, Card, Composed
from social_publisher.models import Channel


def picture(name: str, alt_text: str = "A road") -> Attachment:
    return Attachment(f"{name}.jpg", "image/jpeg", alt_text, name * 8, 800, 600)


def version(digest: str) -> PageVersion:
    return PageVersion(7, None, None, digest, True)


COMPOSED = Composed(
    parts=("Ask first.", "Then report."),
    attachments=(picture("a", "A road"), picture("b", "A bridge")),
    language="en",
    card=Card("A route is closed", "Three states.", picture("c", "A map")),
)
PARCEL = Parcel(
    Channel(network="mastodon", handle="desk", name="Desk"),
    datetime(2027, 3, 1, 10, tzinfo=UTC),
    COMPOSED,
    "page:7",
    None,
)
PACKAGE = Package("FAIT-1", 120, (PARCEL,), launch=version("old"))


def told(package: Package) -> tuple[list[Fact], list[ChannelChange]]:
    facts, channels = held_against(PACKAGE.canonical(), package)
    return [*facts, *(fact for one in channels for fact in one.facts)], [one for one in channels if one.differs]


def leaving(**changes: Any) -> Package:
    return replace(PACKAGE, parcels=(replace(PARCEL, composed=replace(COMPOSED, **changes)),))


OTHERS = {
    "another campaign": replace(PACKAGE, campaign="FAIT-2"),
    "useful for longer": replace(PACKAGE, useful_minutes=240),
    "a machine translated it": replace(PACKAGE, from_machine=True),
    "another version of the page": replace(PACKAGE, launch=version("new")),
    "out of its launch": replace(PACKAGE, launch=None),
    "no channel": replace(PACKAGE, parcels=()),
    "another time": replace(PACKAGE, parcels=(replace(PARCEL, due_at=datetime(2027, 3, 1, 11, tzinfo=UTC)),)),
    "no time": replace(PACKAGE, parcels=(replace(PARCEL, due_at=None),)),
    "another link": replace(PACKAGE, parcels=(replace(PARCEL, link="page:8"),)),
    "another account": replace(PACKAGE, parcels=(replace(PARCEL, channel=Channel(network="x", handle="desk")),)),
    "other words": leaving(parts=("Ask first.", "Then tell.")),
    "one part": leaving(parts=("Ask first.\n\nThen report.",)),
    "another language": leaving(language="ro"),
    "a warning": leaving(warning="About violence"),
    "no picture": leaving(attachments=()),
    "pictures in another order": leaving(attachments=COMPOSED.attachments[::-1]),
    "a picture twice": leaving(attachments=(*COMPOSED.attachments, picture("a", "A road"))),
    "another description": leaving(attachments=(picture("a", "A lane"), picture("b", "A bridge"))),
    "another file": leaving(attachments=(picture("z", "A road"), picture("b", "A bridge"))),
    "another title of the card": leaving(card=Card("Closed", "Three states.", picture("c", "A map"))),
    "another picture on the card": leaving(card=Card("A route is closed", "Three states.", picture("d", "A map"))),
    "no picture on the card": leaving(card=Card("A route is closed", "Three states.")),
    "no card": leaving(card=None),
}


@pytest.mark.parametrize("package", OTHERS.values(), ids=OTHERS)
def test_whatever_makes_another_fingerprint_is_told(package: Package) -> None:
    facts, channels = told(package)
    assert package.digest != PACKAGE.digest
    assert facts or channels


def test_the_same_is_told_as_nothing() -> None:
    assert told(replace(PACKAGE, launch=version("old"))) == ([], [])


def test_the_order_of_pictures_is_told_by_their_descriptions() -> None:
    facts, (channel,) = told(OTHERS["pictures in another order"])
    assert facts == [Fact("Order of the pictures", "A road, A bridge", "A bridge, A road")]
    assert (channel.added, channel.removed) == ((), ())


def test_a_new_picture_between_others_changes_no_order() -> None:
    first, last = COMPOSED.attachments
    facts, (channel,) = told(leaving(attachments=(first, picture("z", "A lake"), last)))
    assert (facts, channel.added, channel.removed) == ([], (picture("z", "A lake"),), ())


def test_pictures_of_the_same_description_are_told_apart_by_their_files() -> None:
    facts, _channels = told(OTHERS["another picture on the card"])
    assert facts == [Fact("Picture of the card", "A map (ccccccc)", "A map (ddddddd)")]
