"""The audit in sentences, and its kinds of entries as people ask for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from social_publisher.models import AuditEvent

# What an action begins with, by kind; each with its name.
KINDS: Mapping[str, tuple[Any, tuple[str, ...]]] = {
    "deliveries": (lazy("What became of posts"), ("delivery.", "deliveries.")),
    "approvals": (lazy("Approvals and edits"), ("post.", "approval.", "translation.")),
    "corrections": (lazy("Corrections and takedowns"), ("correction.", "takedown.", "foreign-post.")),
    "pauses": (lazy("Pauses"), ("paused", "resumed")),
    "planning": (lazy("Planning and launches"), ("series.", "slots.", "launch.", "blackout.", "calendar.")),
    "channels": (lazy("Channels and webhooks"), ("channel.", "app.", "credentials.", "webhook.")),
    "rules": (lazy("Rules and workflows"), ("rules.", "workflow")),
    "sign-ins": (lazy("Sign-ins"), ("person.signed-", "person.sign-in-")),
    "people": (lazy("People and roles"), ("person.", "role", "group.", "permission.")),
    "files": (lazy("Imports and exports"), ("posts.", "audit.")),
}

SENTENCES: Mapping[str, Promise] = {
    "delivery.waiting": lazy("%(subject)s: waits for its time."),
    "delivery.published": lazy("%(subject)s: published."),
    "delivery.failed": lazy("%(subject)s: refused by the network."),
    "delivery.unknown": lazy("%(subject)s: not known whether it is out."),
    "delivery.needs_person": lazy("%(subject)s: needs a person."),
    "delivery.missed": lazy("%(subject)s: missed."),
    "delivery.cancelled": lazy("%(subject)s: stopped."),
    "delivery.recalled": lazy("%(subject)s: taken back."),
    "delivery.deleted": lazy("%(subject)s: its row was deleted."),
    "delivery.confirmed": lazy("%(person)s said that it is out: %(subject)s."),
    "delivery.sent-again": lazy("%(person)s had it sent again: %(subject)s."),
    "delivery.left-half-out": lazy("%(person)s left the thread as it is: %(subject)s."),
    "post.submitted": lazy("%(person)s submitted “%(subject)s”."),
    "post.withdrawn": lazy("%(person)s took “%(subject)s” back from approval."),
    "post.approved": lazy("%(person)s approved “%(subject)s”."),
    "post.endorsed": lazy("%(person)s approved “%(subject)s” as the first of two."),
    "post.changes-requested": lazy("%(person)s sent “%(subject)s” back for changes."),
    "post.edited-after-approval": lazy("%(person)s edited “%(subject)s” after an approval."),
    "post.deleted": lazy("%(person)s deleted the post “%(subject)s”."),
    "post.break-glass": lazy("%(person)s sent “%(subject)s” without a second person."),
    "approval.voided": lazy("The approval of “%(subject)s” ended. By: %(person)s."),
    "paused": lazy("%(person)s paused: %(subject)s."),
    "resumed": lazy("%(person)s resumed: %(subject)s."),
    "channel.connected": lazy("%(person)s connected the channel %(subject)s."),
    "channel.reconnected": lazy("%(person)s connected the channel %(subject)s again."),
    "channel.disconnected": lazy("%(person)s disconnected the channel %(subject)s."),
    "channel.changed": lazy("%(person)s changed the channel %(subject)s."),
    "rules.changed": lazy("%(person)s changed: %(subject)s."),
    "person.signed-in": lazy("%(subject)s signed in."),
    "person.signed-out": lazy("%(subject)s signed out."),
    "person.sign-in-failed": lazy("Somebody failed to sign in as “%(subject)s”."),
    "person.password-changed": lazy("The password of %(subject)s was changed. By: %(person)s."),
    "person.added": lazy("%(person)s made the account %(subject)s."),
    "person.changed": lazy("%(person)s changed the account %(subject)s."),
    "person.removed": lazy("%(person)s deleted the account %(subject)s."),
    "person.roles-changed": lazy("%(person)s changed the roles of %(subject)s."),
    "person.permissions-changed": lazy("%(person)s changed the permissions of %(subject)s."),
    "role.permissions-changed": lazy("%(person)s changed the permissions of the role %(subject)s."),
    "posts.imported": lazy("%(person)s imported posts: %(subject)s."),
    "posts.exported": lazy("%(person)s exported posts as %(subject)s."),
    "audit.exported": lazy("%(person)s exported the record as %(subject)s."),
}


def sentence(event: AuditEvent) -> str:
    """An entry in one sentence; what has none is said with its action's own words."""
    told = {"person": event.actor_name, "subject": event.subject}
    if (known := SENTENCES.get(event.action)) is not None:
        return str(known % told)
    what = event.action.replace(".", " ").replace("-", " ").replace("_", " ")
    return _("%(person)s: %(what)s, %(subject)s.") % {**told, "what": what}


def details(event: AuditEvent) -> list[tuple[str, str]]:
    """An entry's data as names and values for people; what a field was before a change stands before the arrow."""
    found: list[tuple[str, str]] = []
    for name, value in event.data.items():
        pairs = value.items() if isinstance(value, dict) else [(name.replace("_", " "), value)]
        between = " → " if isinstance(value, dict) else ", "
        found += [(key, between.join(map(str, it)) if isinstance(it, list) else str(it)) for key, it in pairs]
    return found
