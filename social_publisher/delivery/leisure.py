"""When a channel may be asked what can wait: not beside a post, and not where its service wants to be left alone."""

from __future__ import annotations

from datetime import datetime, timedelta

from social_publisher.delivery import budget
from social_publisher.models import Channel, Circuit, Delivery, RateBudget
from social_publisher.models.delivery import UPCOMING
from social_publisher.networks.base import Scope

# Nothing is asked of a channel that has a post to send this soon.
SENDING_SOON = timedelta(minutes=1)


def about_to_send(now: datetime) -> set[int]:
    """The channels that have a post to send now or soon; what is paused does not count."""
    soon = Delivery.objects.filter(state__in=UPCOMING, next_at__lte=now + SENDING_SOON).unheld()
    return set(soon.values_list("channel_id", flat=True))


def held_back(channel: Channel, now: datetime) -> bool:
    """Whether the service is in trouble, or asked us to wait."""
    service = channel.adapter.service(channel.account)
    keys = [budget.key_of(scope, service, channel.pk) for scope in Scope]
    return (
        RateBudget.objects.filter(key__in=keys, blocked_until__gt=now).exists()
        or Circuit.objects.filter(service=service, open_until__gt=now).exists()
    )
