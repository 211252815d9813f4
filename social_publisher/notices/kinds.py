"""Whom each kind of alert concerns, and how people are told of it unless they chose otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from social_publisher.models import Alert, Mail

Kind = Alert.Kind


class Audience(Enum):
    """Groups of people, as seen from an alert."""

    OWN = "the post's author and its last editor"
    APPROVERS = "who may approve it: neither of those"
    TROUBLE = "who may decide about deliveries, or pause"
    DESK = "everybody who sees posts"


OWN, APPROVERS, TROUBLE, DESK = Audience
AUDIENCES: Mapping[str, frozenset[Audience]] = {
    Kind.TO_APPROVE: frozenset({APPROVERS}),
    Kind.REJECTED: frozenset({OWN}),
    Kind.PUBLISHED: frozenset({OWN}),
    Kind.REFUSED: frozenset({OWN, TROUBLE}),
    Kind.UNKNOWN: frozenset({OWN, TROUBLE}),
    Kind.MISSED: frozenset({OWN, TROUBLE}),
    Kind.NEEDS_PERSON: frozenset({OWN, TROUBLE}),
    Kind.STOPPED: frozenset({OWN, TROUBLE}),
    Kind.STUCK: frozenset({TROUBLE}),
    Kind.CHANNEL_PAUSED: frozenset({TROUBLE}),
    Kind.EXPIRING: frozenset({TROUBLE}),
    Kind.PROTECTION: frozenset({TROUBLE}),
    Kind.FOREIGN_POST: frozenset({TROUBLE}),
    Kind.GONE: frozenset({OWN, TROUBLE}),
    Kind.LAUNCH: frozenset({OWN, TROUBLE}),
    Kind.TAKEDOWN: frozenset({OWN, TROUBLE}),
    Kind.BREAK_GLASS: frozenset({DESK}),
    Kind.UNSIGNED: frozenset({APPROVERS, TROUBLE}),
}

# Nobody can be unaware that a post left without a second person.
ALWAYS_SHOWN = frozenset({Kind.BREAK_GLASS, Kind.UNSIGNED})
# What ends well by itself is mailed to nobody who did not ask for it.
NOT_MAILED = frozenset({Kind.PUBLISHED, Kind.UNKNOWN})


def usual_mail(kind: str) -> Mail:
    """When people are mailed who chose nothing."""
    return Mail.OFF if kind in NOT_MAILED else Mail.AT_ONCE
