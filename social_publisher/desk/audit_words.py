"""The audit in sentences, and its kinds of entries as people ask for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from social_publisher.models import AuditEvent

# What an action begins with, by kind; each with its name.
KINDS: Mapping[str, tuple[Any, tuple[str, ...]]] = {
    "deliveries": (_("What became of posts"), ("delivery.", "deliveries.")),
    "approvals": (_("Approvals and edits"), ("post.", "approval.", "translation.")),
    "corrections": (_("Corrections and takedowns"), ("correction.", "takedown.", "foreign-post.")),
    "pauses": (_("Pauses"), ("paused", "resumed")),
    "planning": (_("Planning and launches"), ("series.", "slots.", "launch.", "blackout.", "calendar.")),
    "channels": (_("Channels and webhooks"), ("channel.", "app.", "credentials.", "webhook.")),
    "rules": (_("Rules and workflows"), ("rules.", "workflow")),
    "sign-ins": (_("Sign-ins"), ("person.signed-", "person.sign-in-")),
    "people": (_("People and roles"), ("person.", "role", "group.", "permission.")),
    "indicators": (_("Indicators"), ("indicator.", "reporting.")),
    "files": (_("Imports, exports and reports"), ("posts.", "audit.", "report.", "archive.", "key.")),
}

SENTENCES: Mapping[str, Promise] = {
    "delivery.waiting": _("%(subject)s: waits for its time."),
    "delivery.published": _("%(subject)s: published."),
    "delivery.failed": _("%(subject)s: refused by the network."),
    "delivery.unknown": _("%(subject)s: not known whether it is out."),
    "delivery.needs_person": _("%(subject)s: needs a person."),
    "delivery.missed": _("%(subject)s: missed."),
    "delivery.cancelled": _("%(subject)s: stopped."),
    "delivery.recalled": _("%(subject)s: taken back."),
    "delivery.deleted": _("%(subject)s: its row was deleted."),
    "delivery.confirmed": _("%(person)s said that it is out: %(subject)s."),
    "delivery.sent-again": _("%(person)s had it sent again: %(subject)s."),
    "delivery.left-half-out": _("%(person)s left the thread as it is: %(subject)s."),
    "delivery.late-receipt": _("The network's answer came late: %(subject)s."),
    "deliveries.completed": _("The deliveries of “%(subject)s” that were missing were made."),
    "post.drafted": _("%(person)s began the post “%(subject)s”."),
    "post.moved": _("%(person)s gave “%(subject)s” another time."),
    "post.pulled": _("%(person)s took the page's own text into “%(subject)s”."),
    "post.translated": _("%(person)s began a translation of “%(subject)s”."),
    "post.rejected": _("%(person)s rejected “%(subject)s”."),
    "post.approved-in-advance": _("“%(subject)s” is a correction whose text was approved in advance."),
    "post.break-glass-undone": _("%(person)s took back “%(subject)s” within its thirty seconds."),
    "post.signed-off": _("%(person)s signed off “%(subject)s”, which left without a second person."),
    "post.objected": _("%(person)s objected to “%(subject)s”, which left without a second person."),
    "translation.checked": _("%(person)s checked a machine's translation: “%(subject)s”."),
    "correction.saved": _("%(person)s saved the correction text “%(subject)s”."),
    "correction.approved": _("%(person)s approved the correction text “%(subject)s”."),
    "takedown.started": _("%(person)s began to take down “%(subject)s”."),
    "takedown.done": _("The takedown of “%(subject)s” is done."),
    "takedown.removed-by-hand": _("%(person)s said that it was removed by hand: %(subject)s."),
    "takedown.tried-again": _("%(person)s had the takedown tried again: %(subject)s."),
    "takedown.correction-posted": _("%(person)s had the correction posted: “%(subject)s”."),
    "delivery.gone": _("The network no longer has it, though nobody here took it back: %(subject)s."),
    "delivery.back": _("The network has it again: %(subject)s."),
    "foreign-post.seen": _("An account posted something this system did not send: %(subject)s."),
    "foreign-post.settled": _("%(person)s settled a post this system did not send: %(subject)s."),
    "indicator.created": _("%(person)s added the indicator “%(subject)s”."),
    "indicator.changed": _("%(person)s changed the indicator “%(subject)s”."),
    "indicator.deleted": _("%(person)s removed the indicator “%(subject)s”."),
    "reporting.created": _("%(person)s set up indicators and reports of %(subject)s."),
    "reporting.changed": _("%(person)s changed what is reported of %(subject)s, or to whom."),
    "reporting.deleted": _("%(person)s removed the indicators and reports of %(subject)s."),
    "report.made": _("%(person)s made a report about %(subject)s."),
    "report.mailed": _("The monthly report about %(subject)s was mailed."),
    "report.refused": _("The mail server refused an address of the monthly report about %(subject)s."),
    "archive.made": _("%(person)s began to pack the evidence of %(subject)s."),
    "archive.sealed": _("The evidence of %(subject)s was packed to its end."),
    "key.made": _("%(person)s made a key to the numbers: “%(subject)s”."),
    "key.revoked": _("%(person)s revoked a key to the numbers: “%(subject)s”."),
    "series.begun": _("%(person)s made a series of “%(subject)s”."),
    "series.extended": _("A series was extended with copies of “%(subject)s”."),
    "series.submitted": _("%(person)s submitted the series %(subject)s."),
    "series.approved": _("%(person)s approved the series %(subject)s."),
    "series.replaced": _("%(person)s gave a whole series the text of “%(subject)s”."),
    "series.ended": _("%(person)s ended the series %(subject)s."),
    "slots.changed": _("%(person)s changed the posting times of %(subject)s."),
    "launch.created": _("%(person)s began the launch of “%(subject)s”."),
    "launch.timed": _("%(person)s set the time of a launch: %(subject)s."),
    "launch.submitted": _("%(person)s submitted a launch: %(subject)s."),
    "launch.changes-requested": _("%(person)s sent a launch back for changes: %(subject)s."),
    "launch.approved": _("%(person)s approved a launch: %(subject)s."),
    "launch.voided": _("The approval of a launch ended: %(subject)s. By: %(person)s."),
    "launch.seen-live": _("The page of a launch was seen live: %(subject)s."),
    "calendar.feed-made": _("%(person)s made a calendar feed with a secret address."),
    "calendar.feed-revoked": _("%(person)s ended their calendar feed."),
    "channel.checked": _("%(person)s had the connection of %(subject)s checked."),
    "app.registered": _("%(person)s entered the keys of an app: %(subject)s."),
    "credentials.rotated": _("The keys that protect accounts' permissions were changed."),
    "webhook.secret-renewed": _("%(person)s renewed the secret of the webhook %(subject)s."),
    "post.submitted": _("%(person)s submitted “%(subject)s”."),
    "post.withdrawn": _("%(person)s took “%(subject)s” back from approval."),
    "post.approved": _("%(person)s approved “%(subject)s”."),
    "post.endorsed": _("%(person)s approved “%(subject)s” as the first of two."),
    "post.changes-requested": _("%(person)s sent “%(subject)s” back for changes."),
    "post.edited-after-approval": _("%(person)s edited “%(subject)s” after an approval."),
    "post.deleted": _("%(person)s deleted the post “%(subject)s”."),
    "post.break-glass": _("%(person)s sent “%(subject)s” without a second person."),
    "approval.voided": _("The approval of “%(subject)s” ended. By: %(person)s."),
    "paused": _("%(person)s paused: %(subject)s."),
    "resumed": _("%(person)s resumed: %(subject)s."),
    "channel.connected": _("%(person)s connected the channel %(subject)s."),
    "channel.reconnected": _("%(person)s connected the channel %(subject)s again."),
    "channel.protection": _("%(person)s said how the account of %(subject)s is protected on its network."),
    "channel.disconnected": _("%(person)s disconnected the channel %(subject)s."),
    "person.signed-in": _("%(subject)s signed in."),
    "person.signed-out": _("%(subject)s signed out."),
    "person.sign-in-failed": _("Somebody failed to sign in as “%(subject)s”."),
    "person.password-changed": _("The password of %(subject)s was changed. By: %(person)s."),
    "person.invited": _("%(person)s sent %(subject)s a link to set a password."),
    "person.sessions-ended": _("%(person)s ended sessions of %(subject)s."),
    "person.confirmed": _("%(subject)s showed once more that it was them."),
    "person.code-wrong": _("%(subject)s, or whoever knew the password, typed a wrong code."),
    "person.locked-out": _("Too many wrong tries as “%(subject)s”: locked for a while."),
    "person.factor-added": _("%(subject)s has a new second factor. By: %(person)s."),
    "person.factor-removed": _("A second factor of %(subject)s was removed. By: %(person)s."),
    "person.unlocked": _("%(person)s unlocked the sign-in of %(subject)s."),
    "person.added": _("%(person)s made the account %(subject)s."),
    "person.changed": _("%(person)s changed the account %(subject)s."),
    "person.removed": _("%(person)s deleted the account %(subject)s."),
    "person.roles-changed": _("%(person)s changed the roles of %(subject)s."),
    "person.permissions-changed": _("%(person)s changed the permissions of %(subject)s."),
    "role.permissions-changed": _("%(person)s changed the permissions of the role %(subject)s."),
    "posts.imported": _("%(person)s imported posts: %(subject)s."),
    "posts.exported": _("%(person)s exported posts as %(subject)s."),
    "audit.exported": _("%(person)s exported the record as %(subject)s."),
}

# What is added, changed and removed, by what an action begins with.
THINGS: Mapping[str, Promise] = {
    "role": _("role of staff"),
    "role-permission": _("permission of a role"),
    "workflow": _("workflow"),
    "workflow-step": _("step of a workflow"),
    "workflow-use": _("use of a workflow"),
    "workflow-task": _("task of a workflow"),
    "channel": _("channel"),
    "webhook": _("webhook"),
    "rules": _("rules of a campaign"),
    "blackout": _("time when nothing should be posted"),
}
ADDED, CHANGED, DELETED = (
    _("%(person)s added %(subject)s (%(what)s)."),
    _("%(person)s changed %(subject)s (%(what)s)."),
    _("%(person)s deleted %(subject)s (%(what)s)."),
)
DONE: Mapping[str, Promise] = {
    "added": ADDED,
    "created": ADDED,
    "changed": CHANGED,
    "removed": DELETED,
    "deleted": DELETED,
}


def sentence(event: AuditEvent) -> str:
    """An entry in one sentence; what has none is said with its action's own words."""
    told = {"person": event.actor_name, "subject": event.subject}
    if (known := SENTENCES.get(event.action)) is not None:
        return str(known % told)
    thing, _dot, done = event.action.partition(".")
    if thing in THINGS and done in DONE:
        return str(DONE[done] % {**told, "what": THINGS[thing]})
    what = event.action.replace(".", " ").replace("-", " ").replace("_", " ")
    return gettext("%(person)s: %(what)s, %(subject)s.") % {**told, "what": what}


# Kept for the program alone.
UNSPOKEN = {("post.pulled", "own")}


def details(event: AuditEvent) -> list[tuple[str, str]]:
    """An entry's data as names and values for people; what a field was before a change stands before the arrow."""
    found: list[tuple[str, str]] = []
    for name, value in event.data.items():
        if (event.action, name) in UNSPOKEN:
            continue
        pairs = value.items() if isinstance(value, dict) else [(name.replace("_", " "), value)]
        between = " → " if isinstance(value, dict) else ", "
        found += [(key, between.join(map(str, it)) if isinstance(it, list) else str(it)) for key, it in pairs]
    return found
