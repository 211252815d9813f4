"""Writing the audit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from wagtail.log_actions import get_active_log_context

from social_publisher.approval.request_id import request_id
from social_publisher.models import AuditEvent, Delivery, Post

SYSTEM = "system"
SUBJECT = 255
ACTOR = "SELECT set_config('campaign.actor_id', %s, true), set_config('campaign.actor_name', %s, true)"


def display_name(user: Any) -> str:
    """The name a record keeps of an account; "system" for the clock."""
    if user is None:
        return SYSTEM
    return str(user.get_full_name() or user.get_username())[:SUBJECT]


def record(action: str, subject: object, actor: Any = None, **data: Any) -> AuditEvent:
    """Append one entry, in the caller's transaction. `data` holds plain values only, never a secret.

    Without an actor it is whoever works in the admin at the moment, if anybody does, else the system. What came of a
    request carries its id, by which it is found in the log.
    """
    actor = _whoever(actor)
    return AuditEvent.objects.create(
        actor_id=actor and actor.pk,
        actor_name=display_name(actor)[:SUBJECT],
        action=action,
        subject=str(subject).replace("\0", "")[:SUBJECT],
        data={**_ids(subject), **data, **_asked()},
    )


@contextmanager
def acting(user: Any) -> Iterator[None]:
    """Have the database name this person in what it writes itself of the deliveries. Call in a transaction."""
    user = _whoever(user)
    with connection.cursor() as cursor:
        cursor.execute(ACTOR, [str(user.pk), display_name(user)] if user else ["", ""])
    yield
    # After an error the transaction is rolled back, and the setting with it.
    with connection.cursor() as cursor:
        cursor.execute(ACTOR, ["", ""])


def _whoever(actor: Any) -> Any:
    return get_active_log_context().user if actor is None else actor


def _asked() -> dict[str, str]:
    number = request_id.get()
    return {"request": number} if number else {}


def _ids(subject: object) -> dict[str, int]:
    """What the entry can be found by later."""
    if isinstance(subject, Post):
        return {"post": subject.pk}
    if isinstance(subject, Delivery):
        return {"delivery": subject.pk, "post": subject.post_id, "channel": subject.channel_id}
    return {}
