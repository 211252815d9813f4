"""Holding everything, a campaign or a channel. It takes effect before the next network call of every process."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from content.records import Campaign
from social_publisher.approval.audit import record
from social_publisher.models import Channel, Pause


@transaction.atomic
def pause(*, reason: str, user: Any, channel: Channel | None = None, campaign: Campaign | None = None) -> Pause:
    """Hold a scope (both None: everything). A scope that is held already stays held for its first reason."""
    standing, created = Pause.objects.get_or_create(
        channel=channel,
        campaign=campaign,
        lifted_at=None,
        defaults={"reason": reason, "paused_by": user, "paused_at": timezone.now()},
    )
    if created:
        record("paused", standing, user, reason=reason)
    return standing


@transaction.atomic
def resume(*, user: Any, channel: Channel | None = None, campaign: Campaign | None = None) -> bool:
    """Release a scope. Returns whether it was held. What is due and still useful leaves at once."""
    held = Pause.objects.filter(channel=channel, campaign=campaign, lifted_at=None)
    released = held.update(lifted_at=timezone.now(), lifted_by=user)
    if released:
        record("resumed", channel or campaign or "everything", user)
    return bool(released)
