"""Break-glass: an alert that cannot wait for a second person, half a minute to think again, and the look afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from social_publisher.approval.audit import display_name, record
from social_publisher.approval.checks import findings
from social_publisher.approval.errors import ApprovalError, ChangedError, NotSendableError, OwnWorkError
from social_publisher.approval.links import ensure_short_links
from social_publisher.approval.package import Package, build_package
from social_publisher.approval.service import create_deliveries, make_room, void_standing, write_approval
from social_publisher.messages.checks import ALWAYS_BLOCKING, Finding
from social_publisher.models import Alert, Approval, BreakGlass, Delivery, Post
from social_publisher.models.ledger import State

UNDO = timedelta(seconds=30)
LEAST_REASON = 20
FIRST_REMINDER = timedelta(hours=1)
REMINDER = timedelta(days=1)

BREAK, SIGN = "social_publisher.break_glass", "social_publisher.sign_off"


def leaving_at_once(content: Post, now: datetime) -> tuple[Package, Package]:
    """The content's package, whose digest is what is seen and sent, and the same as it leaves after the half minute."""
    package = build_package(content)
    leaves_at = now + UNDO
    return package, replace(package, parcels=tuple(replace(parcel, due_at=leaves_at) for parcel in package.parcels))


def found_at_once(content: Post, urgent: Package, now: datetime) -> tuple[list[Finding], list[Finding]]:
    """What stands against sending it at once, and what is only told: networks' limits and descriptions still hold."""
    found = findings(content, urgent, now)
    return [row for row in found if row.check in ALWAYS_BLOCKING], [
        row for row in found if row.check not in ALWAYS_BLOCKING
    ]


@transaction.atomic
def break_glass(post: Post, user: Any, seen_digest: str, reason: str, now: datetime) -> BreakGlass:
    """Send an alert in half a minute without a second person, and tell everybody. `now` is the ledger's time.

    Raises NotSendableError, ChangedError when it is no longer what was seen, or ApprovalError when the person, the
    post or the reason does not allow it.
    """
    post = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    content = post.current()
    _require_alert(content, user, reason)
    if post.awaits_page:
        raise ApprovalError(
            _("It waits for its page to go live. Publish the page first, or write an alert without it.")
        )
    ensure_short_links(content)
    package, urgent = leaving_at_once(content, now)
    if package.digest != seen_digest:
        raise ChangedError(_("The post changed while you were looking at it. Look at it again, then decide."))
    blocking, told = found_at_once(content, urgent, now)
    if blocking:
        raise NotSendableError(" ".join(finding.message for finding in blocking))
    make_room(post, package)
    void_standing(post, _("Sent at once instead."), user)
    if state := post.current_workflow_state:
        state.cancel(user=user)
    revision = post.latest_revision
    approval = write_approval(post, package, urgent=True, comment=reason, approved_at=now)
    if post.has_unpublished_changes:
        revision.publish(user=user, skip_permission_checks=True)
    create_deliveries(approval, urgent)
    messages = [finding.message for finding in told]
    broken: BreakGlass = BreakGlass.objects.create(
        approval=approval,
        reason=reason,
        findings=messages,
        by=user,
        by_name=display_name(user),
        at=now,
        undo_until=now + UNDO,
    )
    words = _("%(name)s sent it at once: %(reason)s") % {"name": display_name(user), "reason": reason}
    Alert.objects.tell(Alert.Kind.BREAK_GLASS, now, words, post=post)
    record(
        "post.break-glass", post, user, post=post.pk, digest=package.digest, revision=revision.pk, reason=reason,
        findings=messages,
    )  # fmt: skip
    return broken


def _require_alert(content: Post, user: Any, reason: str) -> None:
    if not user.has_perm(BREAK):
        raise ApprovalError(_("Your role does not send anything without a second person. Ask an approver."))
    if not content.is_alert:
        raise ApprovalError(_("Only an alert can be sent without a second person. Have this post approved."))
    if len(reason.strip()) < LEAST_REASON:
        raise ApprovalError(_("Say why it cannot wait, in %(count)d characters or more.") % {"count": LEAST_REASON})


@transaction.atomic
def undo(broken: BreakGlass, user: Any, now: datetime) -> int:
    """Stop what has not left yet, and return how many channels it had left on already. Raises ApprovalError when it
    has left on all of them, or the person is not allowed to."""
    if not user.has_perm(BREAK):
        raise ApprovalError(_("Your role does not decide on this. Ask an approver."))
    post = Post.objects.select_for_update(of=("self",)).get(pk=broken.approval.post_id)
    rows = Delivery.objects.filter(approval_id=broken.approval_id)
    if not rows.filter(state=State.WAITING.value).exists():
        raise ApprovalError(_("Nothing of it waits any more. Take it back on the networks instead."))
    void_standing(post, _("Undone by %(name)s.") % {"name": display_name(user)}, user)
    left = int(rows.exclude(state=State.CANCELLED.value).count())
    if not left:
        BreakGlass.objects.filter(pk=broken.pk).update(undone_at=now)
    record("post.break-glass-undone", post, user, post=post.pk, left_already=left)
    return left


def why_not_sign(broken: BreakGlass, user: Any) -> str:
    """Why this person cannot say what they think of it, in words for them; empty if they can."""
    approval = broken.approval
    if not user.has_perm(SIGN):
        return _("Your role does not sign off. An approver has to.")
    if user.pk in {broken.by_id, approval.author_id, approval.last_editor_id}:
        return _("You sent it, wrote it or edited it last. Another person has to sign it off.")
    if broken.undone_at is not None:
        return _("It was undone in time and never left.")
    if broken.signed_off_at is not None:
        return _("%(name)s has said so already.") % {"name": broken.signed_off_name}
    return ""


@transaction.atomic
def sign_off(broken: BreakGlass, user: Any, now: datetime, comment: str = "", *, objects: bool = False) -> None:
    """A second person's word on what left: that it was right, or, with a comment, that it was not.

    Raises OwnWorkError or ApprovalError.
    """
    broken = BreakGlass.objects.select_for_update(of=("self",)).select_related("approval__post").get(pk=broken.pk)
    if why := why_not_sign(broken, user):
        own = user.pk in {broken.by_id, broken.approval.author_id, broken.approval.last_editor_id}
        raise OwnWorkError(why) if own else ApprovalError(why)
    if objects and not comment.strip():
        raise ApprovalError(_("Say what is wrong with it: others have to act on it."))
    post, name = broken.approval.post, display_name(user)
    BreakGlass.objects.filter(pk=broken.pk).update(
        signed_off_by=user, signed_off_name=name, signed_off_at=now, is_objection=objects, comment=comment
    )
    if objects:
        words = _("%(name)s objects: %(comment)s") % {"name": name, "comment": comment}
        Alert.objects.tell(Alert.Kind.UNSIGNED, now, words, post=post)
    else:
        Approval.objects.filter(pk=broken.approval_id).update(approver=user, approver_name=name)
    action = "post.objected" if objects else "post.signed-off"
    record(action, post, user, post=post.pk, digest=broken.approval.digest, comment=comment)


def unsigned(limit: int) -> list[BreakGlass]:
    """What left without a second person and is still red, the oldest first; with its post and campaign."""
    rows = BreakGlass.objects.red().select_related("approval__post__campaign").order_by("at", "pk")
    return list(rows[:limit])


@transaction.atomic
def remind(now: datetime) -> int:
    """Tell people again of what nobody has signed off: after an hour, then once a day. Returns of how many posts."""
    told = Alert.objects.filter(
        kind=Alert.Kind.UNSIGNED, post=OuterRef("approval__post"), created_at__gt=now - REMINDER
    )
    rows = BreakGlass.objects.unsigned().filter(~Exists(told), at__lte=now - FIRST_REMINDER)
    waiting = list(rows.select_for_update(of=("self",), skip_locked=True).select_related("approval__post"))
    for broken in waiting:
        words = _("%(name)s sent it at once: %(reason)s") % {"name": broken.by_name, "reason": broken.reason}
        Alert.objects.tell(Alert.Kind.UNSIGNED, now, words, post=broken.approval.post)
    return len(waiting)
