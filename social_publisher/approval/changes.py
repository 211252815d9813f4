"""What is different from the last approval: each channel's words, pictures, link and times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from social_publisher.approval.package import Package
from social_publisher.messages.diff import Change, Piece, word_diff
from social_publisher.messages.render import Attachment
from social_publisher.models import Approval, Post

PART_MARK = "\n\n· · ·\n\n"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing about a channel's post that was another before. Times are moments, everything else is text."""

    name: str
    before: str | datetime | None
    after: str | datetime | None

    @property
    def is_time(self) -> bool:
        """Its values are moments, or a moment and none."""
        return isinstance(self.before or self.after, datetime)


@dataclass(frozen=True, slots=True)
class ChannelChange:
    """How one channel's post differs. `removed` are descriptions, since the pictures themselves may be gone."""

    channel: str
    change: Change
    text: tuple[Piece, ...] = ()
    added: tuple[Attachment, ...] = ()
    removed: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()

    @property
    def text_changed(self) -> bool:
        """Other words leave."""
        return any(piece.change is not Change.SAME for piece in self.text)

    @property
    def differs(self) -> bool:
        """Anything is other than it was."""
        return self.change is not Change.SAME or bool(self.text_changed or self.added or self.removed or self.facts)


@dataclass(frozen=True, slots=True)
class Changes:
    """A post beside its newest approval, voided or not."""

    approval: Approval
    facts: tuple[Fact, ...]
    channels: tuple[ChannelChange, ...]

    @property
    def any(self) -> bool:
        """Anything is other than it was approved."""
        return bool(self.facts) or any(channel.differs for channel in self.channels)


def changes_since_approval(post: Post, package: Package) -> Changes | None:
    """Hold what leaves against what was approved last; None for a post that never was."""
    approval = Approval.objects.filter(post=post).first()
    return Changes(approval, *held_against(approval.package, package)) if approval is not None else None


def held_against(before: Mapping[str, Any], package: Package) -> tuple[tuple[Fact, ...], tuple[ChannelChange, ...]]:
    """What of a package is other than an earlier one's plain data says, as a whole and by channel. Whatever makes
    another digest is told."""
    after = package.canonical()
    old = {_key(parcel): parcel for parcel in before["parcels"]}
    channels = []
    for parcel in package.parcels:
        canonical = parcel.canonical()
        attachments = parcel.composed.attachments
        channels.append(_channel(str(parcel.channel), old.pop(_key(canonical), None), canonical, attachments))
    channels += [_gone(parcel) for parcel in old.values()]
    facts = [
        *_fact(_("Campaign"), before["campaign"], after["campaign"]),
        *_fact(_("Useful for (minutes)"), str(before["useful_minutes"]), str(after["useful_minutes"])),
        *_fact(_("Translation"), _translation(before), _translation(after)),
        *_page(before.get("launch"), after.get("launch")),
    ]
    return tuple(facts), tuple(channels)


def _key(parcel: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(parcel["channel"])


def _channel(
    name: str, before: Mapping[str, Any] | None, after: Mapping[str, Any], attachments: tuple[Attachment, ...]
) -> ChannelChange:
    if before is None:
        return ChannelChange(name, Change.ADDED, (Piece(Change.ADDED, _words(after)),), attachments)
    old, new = [_seen(item) for item in before["attachments"]], [_seen(item) for item in after["attachments"]]
    stayed = Counter(old) & Counter(new)
    facts = [
        *_fact(_("Leaves"), _moment(before["due_at"]), _moment(after["due_at"])),
        *_fact(_("Link"), before["link"], after["link"]),
        *_fact(_("Language"), before["language"], after["language"]),
        *_fact(_("Content warning"), before.get("warning", ""), after.get("warning", "")),
        *_fact(_("Card of the link"), _card(before), _card(after)),
        *_card_picture(before, after),
        *_fact(_("Order of the pictures"), _order(old, stayed), _order(new, stayed)),
    ]
    return ChannelChange(
        channel=name,
        change=Change.SAME,
        text=tuple(word_diff(_words(before), _words(after))),
        added=tuple(attachments[place] for place in _others(new, stayed)),
        removed=tuple(old[place][1] for place in _others(old, stayed)),
        facts=tuple(facts),
    )


def _gone(parcel: Mapping[str, Any]) -> ChannelChange:
    network, handle, rehearses = parcel["channel"]
    name = f"{rehearses or network} @{handle}"
    return ChannelChange(name, Change.REMOVED, (Piece(Change.REMOVED, _words(parcel)),))


def _words(parcel: Mapping[str, Any]) -> str:
    """What is read, the parts of a thread one after the other, with a mark between them."""
    return PART_MARK.join(parcel.get("parts", [parcel["text"]]))


def _others(pictures: Sequence[tuple[str, str]], stayed: Counter[tuple[str, str]]) -> Iterator[int]:
    """The places of those that are on one side alone; a picture can be there twice."""
    left = Counter(stayed)
    for place, picture in enumerate(pictures):
        if left[picture]:
            left[picture] -= 1
        else:
            yield place


def _order(pictures: Sequence[tuple[str, str]], stayed: Counter[tuple[str, str]]) -> str:
    """Those on both sides, in their order. Equal descriptions are told apart by their files."""
    others = set(_others(pictures, stayed))
    kept = [picture for place, picture in enumerate(pictures) if place not in others]
    described = Counter(alt_text for _sha256, alt_text in dict.fromkeys(kept))
    return ", ".join(
        f"{alt_text} ({sha256[:7]})" if described[alt_text] > 1 else alt_text or sha256[:7] for sha256, alt_text in kept
    )


def _seen(attachment: Mapping[str, Any]) -> tuple[str, str]:
    return attachment["sha256"], attachment["alt_text"]


def _card(parcel: Mapping[str, Any]) -> str:
    title, description, _image = parcel.get("card") or ["", "", None]
    return " – ".join(filter(None, [title, description]))


def _card_picture(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Fact]:
    """Another picture on the link's card, by its description, or by its file where that is the same."""
    old, new = ((side.get("card") or ["", "", None])[2] for side in (before, after))
    if old == new:
        return []
    described = [picture["alt_text"] if picture else "" for picture in (old, new)]
    if old and new and described[0] == described[1]:
        described = [f"{picture['alt_text']} ({picture['sha256'][:7]})" for picture in (old, new)]
    return [Fact(_("Picture of the card"), *described)]


def _translation(parcels: Mapping[str, Any]) -> str:
    return _("by a machine, not checked") if parcels.get("from_machine") else ""


def _page(before: Sequence[Any] | None, after: Sequence[Any] | None) -> list[Fact]:
    """The launch's page in another version, or of another launch."""
    if before == after:
        return []
    now = (_("changed since") if before else _("added")) if after else _("taken out")
    return [Fact(_("Page of the launch"), _("as approved then") if before else "", now)]


def _moment(iso: str | None) -> datetime | None:
    return datetime.fromisoformat(iso) if iso else None


def _fact(name: str, before: Any, after: Any) -> list[Fact]:
    return [Fact(name, before, after)] if before != after else []
