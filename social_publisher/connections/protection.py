"""How accounts are protected on their networks: said by people, asked again in time.

A taken-over account posts without us. Networks do not tell programs whether an account has a second factor, so whoever
manages channels looks and says so, and is reminded twice a year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from social_publisher.approval.audit import display_name, record
from social_publisher.models import Alert, Channel, Protection

GOOD_FOR = timedelta(days=182)
REMINDED = timedelta(days=30)
# Somebody who has just connected an account is not reminded at once.
FIRST = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """What was last said, and what is to be done about it, in words; empty if nothing."""

    protection: Protection | None
    problem: str


@transaction.atomic
def attest(channel: Channel, said: Protection, user: Any, now: datetime) -> Protection:
    """Write down what a person saw on the network."""
    said.channel, said.looked_at = channel, now
    said.looked_by, said.looked_by_name = user, display_name(user)
    said.save()
    Alert.objects.filter(kind=Alert.Kind.PROTECTION, channel=channel).withdraw()
    record("channel.protection", channel, user, factor=said.factor, recovery=said.recovery_kept, people=said.people)
    return said


def standing(channel: Channel, now: datetime) -> Standing:
    """How an account stands."""
    last = Protection.objects.filter(channel=channel).first()
    return Standing(last, _problem(last, now))


def unprotected(now: datetime) -> list[tuple[Channel, str]]:
    """Connected accounts of which something is to be done, with what. Two queries."""
    channels = list(_connected(now))
    newest = {row.channel_id: row for row in Protection.objects.filter(pk__in=[row.newest for row in channels])}
    found = [(channel, _problem(newest.get(channel.pk), now)) for channel in channels]
    return [(channel, words) for channel, words in found if words]


@transaction.atomic
def remind(now: datetime) -> int:
    """Tell staff of accounts nobody has looked at for too long, once a month each; return how many."""
    lately = Alert.objects.filter(kind=Alert.Kind.PROTECTION, created_at__gt=now - REMINDED)
    told = set(lately.values_list("channel", flat=True))
    open_ones = [(channel, words) for channel, words in unprotected(now) if channel.pk not in told]
    for channel, words in open_ones:
        Alert.objects.tell(Alert.Kind.PROTECTION, now, words, channel=channel)
    return len(open_ones)


def _connected(now: datetime) -> QuerySet[Any]:
    newest = Protection.objects.filter(channel=OuterRef("pk")).values("pk")[:1]
    rows = Channel.objects.filter(credential__connected_at__lt=now - FIRST)
    return rows.annotate(newest=Subquery(newest)).order_by("pk")


def _problem(last: Protection | None, now: datetime) -> str:
    if last is None:
        return _("Nobody has said whether this account has a second factor on its network. Look there, and say so.")
    if last.factor == Protection.Factor.NONE:
        return _("This account has no second factor: whoever learns its password posts in your name. Switch it on.")
    days = (now - last.looked_at).days
    if now - last.looked_at > GOOD_FOR:
        words = ngettext(
            "Nobody has looked at this account's second factor for %(days)s day. Look again.",
            "Nobody has looked at this account's second factor for %(days)s days. Look again.",
            days,
        )
        return words % {"days": days}
    return ""
