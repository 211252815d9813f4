"""Submitting, approving, rejecting and voiding: the one way, for every screen, import and command."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Workflow, WorkflowState

from social_publisher.approval import checks
from social_publisher.approval.audit import acting, display_name, record
from social_publisher.approval.errors import ApprovalError, ChangedError, OwnWorkError
from social_publisher.approval.links import ensure_short_links
from social_publisher.approval.package import Package, build_package
from social_publisher.approval.stopping import stop
from social_publisher.models import Alert, Approval, Delivery, Endorsement, Post, Submission
from social_publisher.models.ledger import Event, State
from social_publisher.models.rules import rules_of
from social_publisher.models.workflow import PostApprovalTask, may_approve

# What the audit calls the two ways of saying no.
SENT_BACK, REJECTED = "post.changes-requested", "post.rejected"


def submit(post: Post, user: Any) -> WorkflowState:
    """Put the newest draft before a second person. Raises NotSendableError with everything that stands against it.

    Its outside links are opened first, which may take seconds: before the transaction, not in it.
    """
    open_links(post)
    return put_up(post, user)


def open_links(post: Post) -> None:
    """Look where the newest draft's outside links lead, for `put_up`. Never in a transaction."""
    content = post.current()
    checks.look_at_links(content, build_package(content))


@transaction.atomic
def put_up(post: Post, user: Any) -> WorkflowState:
    """Submit, opening nothing: for transactions of several posts. Raises NotSendableError."""
    post = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    content = post.current()
    ensure_short_links(content)
    checks.require_passed(content, build_package(content))
    workflow: Workflow | None = post.get_workflow()
    if workflow is None:
        raise ApprovalError(_("No approval workflow is set up for posts. Ask an administrator to assign one."))
    state = post.current_workflow_state
    if state is None:
        return workflow.start(post, user)
    if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user)
    return state


def can_approve(post: Post, user: Any) -> bool:
    """Whether this person may decide on the post now: a reviewer, with the post before them, not their own work."""
    task = post.current_workflow_task
    if not isinstance(task, PostApprovalTask):
        return False
    return task.user_can_access_editor(post, user) and may_approve(post, user)


@transaction.atomic
def approve(post: Post, user: Any, seen_digest: str, comment: str = "") -> Approval | None:
    """Approve exactly what the person saw, and put one delivery a channel on the ledger.

    Where the campaign asks for two, the first yes is kept as an `Endorsement` and nothing leaves yet: None.

    Raises OwnWorkError, ChangedError when the post is no longer what was seen, NotSendableError, or ApprovalError
    when the post is not up for approval or the person is no approver.
    """
    post = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    if not may_approve(post, user):
        raise OwnWorkError(_("You wrote, edited or submitted this post last. Another person has to approve it."))
    task_state = _open_task(post, user)
    content = post.current()
    ensure_short_links(content)
    package = build_package(content)
    if package.digest != seen_digest:
        raise ChangedError(_("The post changed while you were looking at it. Look at it again, then decide."))
    if not Submission.objects.filter(post=post, digest=package.digest).exists():
        raise ChangedError(
            _("Its picture, channel or campaign changed since it was submitted. Request changes to have it sent anew.")
        )
    checks.require_passed(content, package)
    first = None
    if rules_of(content.campaign).second_level:
        first = _first_yes(post, user, package.digest)
        if first is None:
            _endorse(post, user, package.digest, comment)
            return None
    make_room(post, package)
    void_standing(post, _("Replaced by a newer approval."), user)
    approval = write_approval(
        post,
        package,
        approver=first.person if first else user,
        second_approver=user if first else None,
        approver_name=first.person_name if first else display_name(user),
        second_approver_name=display_name(user) if first else "",
        comment="\n\n".join(filter(None, [first.comment if first else "", comment])),
        approved_at=timezone.now(),
    )
    task_state.approve(user=user, comment=comment)
    if not WorkflowState.objects.filter(pk=task_state.workflow_state_id, status=WorkflowState.STATUS_APPROVED).exists():
        raise ApprovalError(_("The workflow has another step, or was ended meanwhile. Nothing was approved."))
    with acting(user):
        create_deliveries(approval, package)
    ask_no_more(post)
    record("post.approved", post, user, post=post.pk, digest=package.digest, revision=approval.revision_id_seen)
    return approval


def write_approval(post: Post, package: Package, **decided: Any) -> Approval:
    """Keep a decision on the newest draft: what was seen, whose work it is, and who `decided` what."""
    return Approval.objects.create(
        post=post,
        digest=package.digest,
        package=package.canonical(),
        revision_id_seen=post.latest_revision_id,
        author=post.author,
        last_editor=post.last_editor,
        author_name=display_name(post.author),
        last_editor_name=display_name(post.last_editor),
        **decided,
    )


@transaction.atomic
def request_changes(post: Post, user: Any, comment: str) -> None:
    """Send the post back to its author, who can change it and submit it again; the same review goes on.

    Raises ApprovalError when it is not up for approval or no comment is given.
    """
    _send_back(post, user, comment, _("Sent back for changes."), SENT_BACK)


@transaction.atomic
def reject(post: Post, user: Any, comment: str) -> None:
    """End the review with a no. The post is a draft again; whoever wants it after all begins anew.

    Raises ApprovalError when it is not up for approval or no comment is given.
    """
    state = _send_back(post, user, comment, _("Rejected."), REJECTED)
    state.cancel(user=user)


def _send_back(post: Post, user: Any, comment: str, reason: str, action: str) -> WorkflowState:
    if not comment.strip():
        raise ApprovalError(_("Write a comment: the author has to know why."))
    post = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    task_state = _open_task(post, user)
    void_standing(post, reason, user)
    task_state.reject(user=user, comment=comment)
    Alert.objects.tell(Alert.Kind.REJECTED, timezone.now(), f"{reason} {display_name(user)}: {comment}", post=post)
    record(action, post, user, post=post.pk, comment=comment)
    return WorkflowState.objects.get(pk=task_state.workflow_state_id)


def _first_yes(post: Post, user: Any, digest: str) -> Endorsement | None:
    """Another person's yes to the same, who still may decide. Raises ApprovalError where the only yes is one's own."""
    given = Endorsement.objects.filter(post=post, digest=digest, person__is_active=True).select_related("person")
    others = [row for row in given if row.person != user and can_approve(post, row.person)]
    if not others and any(row.person == user for row in given):
        raise ApprovalError(_("You have approved it already. This campaign asks for one more person."))
    return others[0] if others else None


def _endorse(post: Post, user: Any, digest: str, comment: str) -> None:
    Endorsement.objects.create(
        post=post, digest=digest, person=user, person_name=display_name(user), at=timezone.now(), comment=comment
    )
    record("post.endorsed", post, user, post=post.pk, digest=digest)
    words = _("%(name)s has approved it. It needs one more person.") % {"name": display_name(user)}
    Alert.objects.tell(Alert.Kind.TO_APPROVE, timezone.now(), words, post=post)


def ask_no_more(post: Post) -> None:
    """The review is over, whatever came of it: nobody needs to be told of it, and a first yes is no yes any more."""
    Endorsement.objects.filter(post=post).delete()
    Alert.objects.filter(kind=Alert.Kind.TO_APPROVE, post=post).withdraw()


def note_submission(post: Post, by: Any = None) -> None:
    """Remember what the person who submitted or edited has before them now; a yes to anything else is gone.

    They answer for it as it is, pictures and channels included, so they do not approve it.
    """
    digest = build_package(post.current()).digest
    Endorsement.objects.filter(post_id=post.pk).exclude(digest=digest).delete()
    Submission.objects.update_or_create(
        post_id=post.pk, defaults={"digest": digest, "by": by, "submitted_at": timezone.now()}
    )


@transaction.atomic
def complete(approval_id: int) -> int:
    """Make the deliveries a standing approval lacks, and return how many; nothing if it no longer stands."""
    approval = Approval.objects.filter(pk=approval_id, voided_at=None).first()
    if approval is None:
        return 0
    Post.objects.select_for_update(of=("self",)).get(pk=approval.post_id)
    if not Approval.objects.filter(pk=approval_id, voided_at=None).exists():
        return 0
    package = build_package(approval.post.current())
    if package.digest != approval.digest:
        return 0
    made = create_deliveries(approval, package)
    if made:
        record("deliveries.completed", approval.post, post=approval.post_id, deliveries=made)
    return made


@transaction.atomic
def void(post: Post, reason: str, actor: Any = None) -> None:
    """Take the standing approval back; what waits is stopped with the reason."""
    void_standing(Post.objects.select_for_update(of=("self",)).get(pk=post.pk), reason, actor)


@transaction.atomic
def void_if_changed(post_id: int, reason: str = "") -> bool:
    """Void the standing approval if what would leave is no longer what was approved. Returns whether it was voided.

    Without a reason the change is the post's own, and its last editor's; otherwise it came from beside the post.
    """
    post = Post.objects.select_for_update(of=("self",)).filter(pk=post_id).first()
    approval = post and Approval.objects.filter(post=post, voided_at=None).first()
    if post is None or approval is None:
        return False
    if build_package(post.current()).digest == approval.digest:
        return False
    void_standing(post, reason or changed_reason(post), None if reason else post.last_editor)
    return True


def changed_reason(post: Post) -> str:
    """Why a changed post does not leave, in words for staff."""
    return _("Changed after approval, last saved by %(name)s. It leaves only after a new approval.") % {
        "name": display_name(post.last_editor)
    }


def _open_task(post: Post, user: Any) -> Any:
    """Return the step this person may decide on, with its workflow locked against every other decision."""
    task_state = post.current_workflow_task_state
    workflow = task_state and WorkflowState.objects.select_for_update().get(pk=task_state.workflow_state_id)
    if task_state is not None:
        task_state.refresh_from_db()
    is_open = workflow is not None and workflow.status == WorkflowState.STATUS_IN_PROGRESS == task_state.status
    if not is_open or not can_approve(post, user):
        raise ApprovalError(_("This post is not waiting for your approval. Somebody may have decided already."))
    return task_state


def make_room(post: Post, package: Package) -> None:
    """Let a new approval replace what was missed or refused. Raises ApprovalError where the outcome is still open, or
    where the post is out on every channel."""
    rows = dict(
        Delivery.objects.filter(post=post).exclude(state=State.CANCELLED.value).values_list("channel_id", "state")
    )
    channels = {parcel.channel.pk for parcel in package.parcels}
    if {State.ARMED.value, State.UNKNOWN.value, State.NEEDS_PERSON.value} & set(rows.values()):
        raise ApprovalError(_("An earlier version is leaving or is being checked. Wait until that is settled."))
    if channels <= {pk for pk, state in rows.items() if state in {State.PUBLISHED.value, State.RECALLED.value}}:
        raise ApprovalError(_("This post is out on every channel already. Write a new one."))
    if Delivery.objects.filter(post=post).exclude(parts_out=[]).exclude(state=State.PUBLISHED.value).exists():
        raise ApprovalError(_("The first parts of this thread are out. Write a new post for the rest."))
    replaced = Delivery.objects.filter(post=post, state__in=[State.MISSED.value, State.FAILED.value])
    ids = list(replaced.values_list("pk", flat=True))
    Delivery.objects.move(Event.CANCELLED, ids, at=timezone.now(), reason=_("Replaced by a newer approval."))


def void_standing(post: Post, reason: str, actor: Any) -> None:
    """Void the standing approval and stop what waits under any that is void. Call in a transaction, the post locked."""
    now = timezone.now()
    approval = Approval.objects.filter(post=post, voided_at=None).first()
    if approval is not None:
        Approval.objects.filter(pk=approval.pk).update(voided_at=now, voided_reason=reason)
    # Also what waits again under an approval that was taken back while it was in hand.
    waiting = Delivery.objects.filter(post=post, state=State.WAITING.value, approval__voided_at__isnull=False)
    with acting(actor):
        stop(list(waiting.values_list("pk", flat=True)), now, reason)
    if approval is not None:
        record("approval.voided", post, actor, post=post.pk, digest=approval.digest, reason=reason)


def create_deliveries(approval: Approval, package: Package) -> int:
    """One delivery a channel at its parcel's time, except where the post is out already or its outcome is open.

    Return how many.
    """
    taken = set(
        Delivery.objects.filter(post=approval.post)
        .filter(Q(approval=approval) | ~Q(state=State.CANCELLED.value))
        .values_list("channel_id", flat=True)
    )
    made = Delivery.objects.bulk_create(
        Delivery(
            post=approval.post,
            channel=parcel.channel,
            approval=approval,
            short_link=parcel.short_link,
            price=parcel.price,
            due_at=parcel.due_at,
            next_at=parcel.due_at,
            cut_off_at=parcel.due_at + timedelta(minutes=package.useful_minutes),
        )
        for parcel in package.parcels
        if parcel.channel.pk not in taken and parcel.due_at is not None
    )
    return len(made)
