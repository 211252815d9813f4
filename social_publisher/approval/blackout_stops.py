"""Stopping approved posts that a blackout has come to forbid since."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from social_publisher.approval import service
from social_publisher.approval.blackouts import forbidden, standing, with_scope
from social_publisher.models import Alert, Blackout, Delivery, Post
from social_publisher.models.ledger import State

logger = logging.getLogger(__name__)


def stop_inside(blackout_id: int, now: datetime) -> int:
    """Take back the approval of every post that waits to leave inside a blackout, and tell people.

    Returns how many posts were stopped. A failure is logged and stops no other: arming looks again in any case.
    """
    blackout = with_scope(Blackout.objects.filter(pk=blackout_id, ends_at__gt=now)).first()
    if blackout is None:
        return 0
    inside = Delivery.objects.filter(
        state=State.WAITING.value, next_at__gte=blackout.starts_at, next_at__lt=blackout.ends_at
    )
    by_post: dict[int, str] = dict(forbidden(inside, [blackout]).values())
    return sum(_stop(post_id, reason, now) for post_id, reason in by_post.items())


def forbidden_now(delivery_ids: Collection[int], until: datetime, now: datetime) -> Mapping[int, tuple[int, str]]:
    """Those of the deliveries, about to leave by `until`, that a blackout forbids: post and reason by id. One query
    where none stands."""
    return forbidden(Delivery.objects.filter(pk__in=delivery_ids), standing(now, until), now)


def _stop(post_id: int, reason: str, now: datetime) -> bool:
    try:
        with transaction.atomic():
            post = Post.objects.select_for_update(of=("self",)).get(pk=post_id)
            waiting = Delivery.objects.filter(post=post, state=State.WAITING.value)
            whole = list(waiting.filter(parts_out=[]).values_list("pk", flat=True))
            service.void(post, reason)
            Alert.objects.raise_for(Alert.Kind.STOPPED, whole, now, reason)
    except Exception:
        logger.exception("post %s waits inside a blackout and could not be stopped", post_id)
        return False
    return True
