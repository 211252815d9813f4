"""Holding everything, a campaign or a channel. It takes effect before the next network call of every process."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from content.records import Campaign
from social_publisher.approval.audit import display_name, record
from social_publisher.models import Alert, Channel, Pause


@transaction.atomic
def pause(*, reason: str, user: Any, channel: Channel | None = None, campaign: Campaign | None = None) -> Pause:
    """Hold a scope (both None: everything) and have people told. One that is held already stays held for its first
    reason."""
    standing, created = Pause.objects.get_or_create(
        channel=channel,
        campaign=campaign,
        lifted_at=None,
        defaults={"reason": reason, "paused_by": user, "paused_at": timezone.now()},
    )
    if created:
        record("paused", standing, user, reason=reason)
        what = "" if channel else f"{campaign or _('Everything is paused')}: "
        words = f"{what}{reason} ({display_name(user)})"
        Alert.objects.tell(Alert.Kind.CHANNEL_PAUSED, standing.paused_at, words, channel=channel)
    return standing


@transaction.atomic
def resume(*, user: Any, channel: Channel | None = None, campaign: Campaign | None = None) -> bool:
    """Release a scope. Returns whether it was held. What is due and still useful leaves at once."""
    held = Pause.objects.filter(channel=channel, campaign=campaign, lifted_at=None)
    released = held.update(lifted_at=timezone.now(), lifted_by=user)
    if released:
        record("resumed", channel or campaign or "everything", user)
    return bool(released)


@transaction.atomic
def pause_for_lost_permission(channel_id: int, words: str, now: datetime) -> None:
    """Hold a channel whose account no longer lets us in, and have people told, both or neither.

    Its posts keep waiting: when a person has reconnected and resumed it, what is still useful leaves.
    """
    reason = _("The network refuses this account's permission. Reconnect the channel, then resume it.")
    standing, created = Pause.objects.get_or_create(
        channel_id=channel_id, campaign=None, lifted_at=None, defaults={"reason": reason, "paused_at": now}
    )
    if created:
        record("paused", standing, reason=reason, words=words)
        Alert.objects.create(
            kind=Alert.Kind.CHANNEL_PAUSED, channel_id=channel_id, words=f"{reason} {words}", created_at=now
        )
