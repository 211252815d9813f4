"""What is different from the last approval: each channel's words, pictures, link and times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from social_publisher.approval.package import Package
from social_publisher.messages.diff import Change, Piece, word_diff
from social_publisher.messages.render import Attachment
from social_publisher.models import Approval, Post


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
    if approval is None:
        return None
    before, after = approval.package, package.canonical()
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
    ]
    return Changes(approval, tuple(facts), tuple(channels))


def _key(parcel: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(parcel["channel"])


def _channel(
    name: str, before: Mapping[str, Any] | None, after: Mapping[str, Any], attachments: tuple[Attachment, ...]
) -> ChannelChange:
    if before is None:
        return ChannelChange(name, Change.ADDED, (Piece(Change.ADDED, _words(after)),), attachments)
    known = {_seen(attachment) for attachment in before["attachments"]}
    still = {_seen(attachment) for attachment in after["attachments"]}
    facts = [
        *_fact(_("Leaves"), _moment(before["due_at"]), _moment(after["due_at"])),
        *_fact(_("Link"), before["link"], after["link"]),
        *_fact(_("Language"), before["language"], after["language"]),
        *_fact(_("Content warning"), before.get("warning", ""), after.get("warning", "")),
        *_fact(_("Card of the link"), _card(before), _card(after)),
    ]
    return ChannelChange(
        channel=name,
        change=Change.SAME,
        text=tuple(word_diff(_words(before), _words(after))),
        added=tuple(item for item in attachments if (item.sha256, item.alt_text) not in known),
        removed=tuple(
            alt_text for sha256, alt_text in map(_seen, before["attachments"]) if (sha256, alt_text) not in still
        ),
        facts=tuple(facts),
    )


def _gone(parcel: Mapping[str, Any]) -> ChannelChange:
    network, handle, rehearses = parcel["channel"]
    name = f"{rehearses or network} @{handle}"
    return ChannelChange(name, Change.REMOVED, (Piece(Change.REMOVED, _words(parcel)),))


def _words(parcel: Mapping[str, Any]) -> str:
    """What is read, the parts of a thread one after the other."""
    return "\n\n".join(parcel.get("parts", [parcel["text"]]))


def _seen(attachment: Mapping[str, Any]) -> tuple[str, str]:
    return attachment["sha256"], attachment["alt_text"]


def _card(parcel: Mapping[str, Any]) -> str:
    title, description, _image = parcel.get("card") or ["", "", None]
    return " – ".join(filter(None, [title, description]))


def _moment(iso: str | None) -> datetime | None:
    return datetime.fromisoformat(iso) if iso else None


def _fact(name: str, before: Any, after: Any) -> list[Fact]:
    return [Fact(name, before, after)] if before != after else []
