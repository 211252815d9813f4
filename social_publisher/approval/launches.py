"""Launch packages: a page and its posts, submitted and approved together, and taken back together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from social_publisher.approval import service
from social_publisher.approval.audit import display_name, record
from social_publisher.approval.errors import ApprovalError, ChangedError, NotSendableError, OwnWorkError
from social_publisher.approval.launched import page_version
from social_publisher.approval.package import build_package
from social_publisher.models import Alert, Approval, Delivery, Launch, Post, Submission
from social_publisher.models.ledger import State

# Leaves, or may be tried again.
UNSETTLED = [State.WAITING.value, State.ARMED.value, State.UNKNOWN.value, State.NEEDS_PERSON.value]
UNDONE = {
    "revision": None,
    "revision_author": None,
    "approver": None,
    "approver_name": "",
    "approved_at": None,
    "seen_live_at": None,
    "problem": "",
    "late_told_at": None,
}


@dataclass(frozen=True)
class Seen:
    """What an approver had before them: the page's version, and each post's digest by its id."""

    version: str
    digests: Mapping[int, str]


def may_launch(page: Page, user: Any) -> bool:
    """Whether this person may put the page into a launch: they write posts and edit the page."""
    return bool(user.has_perm("social_publisher.add_post") and page.permissions_for_user(user).can_edit())


@transaction.atomic
def open_launch(page: Page, user: Any) -> Launch:
    """Return the page's launch, a new one if there is none or the last one is over.

    Raises ApprovalError where nothing of the page is unpublished: such a page is announced, not launched.
    """
    page = Page.objects.select_for_update(no_key=True).get(pk=page.pk)
    launch = Launch.objects.filter(page=page).first()
    if launch is not None and not is_over(launch):
        return launch
    if page.live and not page.has_unpublished_changes:
        raise ApprovalError(_("This page is live already, and no newer draft of it is waiting. Announce it instead."))
    if launch is not None:
        launch.delete()
    launch = Launch.objects.create(page=page, created_by=user, goes_live_at=_go_live_of(page.latest_revision))
    record("launch.created", page, user, launch=launch.pk, page=page.pk)
    return launch


@transaction.atomic
def set_go_live(launch: Launch, goes_live_at: datetime | None, user: Any) -> None:
    """Have the page go live then, or as soon as it is approved. It is a change of the page's draft, by this person.

    Raises ApprovalError where they may not edit the page.
    """
    page = Page.objects.select_for_update(no_key=True).get(pk=launch.page_id)
    permissions = page.permissions_for_user(user)
    if not permissions.can_edit() or permissions.page_locked():
        raise ApprovalError(_("You cannot edit this page now, so you cannot change its time."))
    draft = page.get_latest_revision_as_object()
    # A draft keeps no microseconds.
    draft.go_live_at = goes_live_at = goes_live_at and goes_live_at.replace(microsecond=0)
    draft.save_revision(user=user, log_action=True)
    Launch.objects.filter(pk=launch.pk).update(goes_live_at=goes_live_at)
    record("launch.timed", launch, user, launch=launch.pk, at=goes_live_at.isoformat() if goes_live_at else "")


def submit(launch: Launch, user: Any) -> None:
    """Put the page's draft and all its posts before another person; what is up already is put up as it is now.

    Raises ApprovalError, or NotSendableError with everything that stands against the posts.
    """
    for post in undecided(launch):
        service.open_links(post)
    _submit(launch, user)


@transaction.atomic
def _submit(launch: Launch, user: Any) -> None:
    page, posts = Page.objects.get(pk=launch.page_id).specific, _posts(launch)
    if not posts:
        raise ApprovalError(_("This launch has no posts. Add at least one."))
    if problems := [problem for post in posts for problem in timing_problems(launch, post)]:
        raise NotSendableError(" ".join(problems))
    approved = set(_approved_ids(launch))
    for post in posts:
        if post.pk in approved:
            continue
        if post.workflow_in_progress:
            _submit_again(post, user)
        else:
            service.put_up(post, user)
    state, workflow = page.current_workflow_state, page.get_workflow()
    if state is None and workflow is not None and not _is_out(page):
        workflow.start(page, user)
    elif state is not None and state.status == state.STATUS_NEEDS_CHANGES:
        state.resume(user)
    record("launch.submitted", launch, user, launch=launch.pk, posts=[post.pk for post in posts])


def _submit_again(post: Post, user: Any) -> None:
    """What waits for approval is put up as it is now; only by those who cannot approve it themselves."""
    if Submission.objects.filter(post=post, digest=build_package(post.current()).digest).exists():
        return
    if user.pk not in {post.author_id, post.last_editor and post.last_editor.pk}:
        text = _("The page changed since “%(post)s” was submitted. Its author or last editor has to submit it again.")
        raise ApprovalError(text % {"post": post.current()})
    service.note_submission(post, user)


def timing_problems(launch: Launch, post: Post) -> list[str]:
    """Why a post of the launch would be missed, in words for staff."""
    content = post.current()
    if launch.goes_live_at is None or content.due_at is None:
        return []
    if launch.goes_live_at < content.due_at + timedelta(minutes=content.useful_minutes):
        return []
    text = _("“%(post)s” would be missed: its page goes live only after its latest useful time.")
    return [text % {"post": content}]


def why_not(launch: Launch, user: Any) -> str:
    """Why this person cannot approve the page with its posts now; empty if they can."""
    page = launch.page.specific
    if user.pk in {page.owner_id, page.latest_revision.user_id if page.latest_revision else None}:
        return _("You wrote or edited this page last. Another person has to approve it.")
    if _is_out(page):
        return ""
    task = page.current_workflow_task
    if task is not None:
        if "approve" not in [action[0] for action in task.get_actions(page, user)]:
            return _("The page's own workflow does not let you approve it. Ask somebody it does let.")
    elif not page.permissions_for_user(user).can_publish():
        return _("You may not publish this page. Somebody who may has to approve the launch.")
    return ""


@transaction.atomic
def approve(launch: Launch, user: Any, seen: Seen, comment: str = "") -> bool:
    """Approve the page and every post as they were seen, all or nothing. Returns whether the page is approved with
    them: not yet where a post still needs a third person.

    Raises OwnWorkError, ChangedError when page or posts are no longer what was seen, or another ApprovalError.
    """
    # The page before its launch, as every change of a page locks them.
    page = Page.objects.select_for_update(no_key=True).get(pk=launch.page_id)
    launch = Launch.objects.select_for_update(of=("self",), no_key=True).get(pk=launch.pk)
    launch.page = page
    version = page_version(launch)
    if version.digest != seen.version or version.revision is None:
        raise ChangedError(_("The page changed while you were looking at it. Look at it again, then decide."))
    if user.pk in {version.revision.user_id, page.owner_id}:
        raise OwnWorkError(_("You wrote or edited this page last. Another person has to approve it."))
    if why := why_not(launch, user):
        raise ApprovalError(why)
    if not launch.posts.exists():
        raise ApprovalError(_("This launch has no posts. Add at least one."))
    posts = undecided(launch)
    if {post.pk for post in posts} != set(seen.digests):
        raise ChangedError(_("Posts were added or decided on meanwhile. Look at the launch again, then decide."))
    for post in posts:
        service.approve(post, user, seen.digests[post.pk], comment)
    if undecided(launch):
        return False
    Launch.objects.filter(pk=launch.pk).update(
        revision=version.revision,
        revision_author=version.revision.user,
        approver=user,
        approver_name=display_name(user),
        approved_at=timezone.now(),
        problem="",
        late_told_at=None,
    )
    if not _is_out(page):
        _publish(page, version.revision, user, comment)
    record("launch.approved", launch, user, launch=launch.pk, page=page.pk, revision=version.revision.pk)
    return True


@transaction.atomic
def request_changes(launch: Launch, user: Any, comment: str) -> None:
    """Send the page and every post that waits back with a reason. Raises ApprovalError where that is not theirs to
    do."""
    for post in undecided(launch):
        service.request_changes(post, user, comment)
    page = launch.page.specific
    task_state = page.current_workflow_task_state
    if task_state is not None and "reject" in [
        name for name, *_rest in task_state.task.specific.get_actions(page, user)
    ]:
        task_state.reject(user=user, comment=comment)
    record("launch.changes-requested", launch, user, launch=launch.pk, comment=comment)


@transaction.atomic
def note_page(page_id: int) -> bool:
    """The page's newest draft, or what is live of it, may have changed: follow its time, and take back an approval that
    is no longer of what will be seen. Returns whether one was taken back."""
    launch = Launch.objects.select_for_update(of=("self",), no_key=True).filter(page_id=page_id).first()
    if launch is None or is_over(launch):
        return False
    version = page_version(launch)
    fields: dict[str, Any] = {"goes_live_at": _go_live_of(version.revision)}
    page = launch.page
    if launch.revision_id is None and _is_out(page):
        fields["revision"] = page.live_revision
    elif not page.live and launch.seen_live_at is not None:
        fields["seen_live_at"] = None
    Launch.objects.filter(pk=launch.pk).update(**fields)
    approved = Approval.objects.filter(post__launch=launch, voided_at=None, deliveries__state=State.WAITING.value)
    reason = _("The page it launches was changed after approval. It leaves only after a new approval.")
    voided = [service.void_if_changed(pk, reason) for pk in set(approved.values_list("post_id", flat=True))]
    stale = launch.revision_id is not None and (version.revision is None or version.revision.pk != launch.revision_id)
    if launch.approved_at is None or not (stale or any(voided)):
        return any(voided)
    # The version that was approved with the posts does not go live alone.
    Revision.objects.filter(pk=launch.revision_id).update(approved_go_live_at=None)
    Launch.objects.filter(pk=launch.pk).update(**UNDONE)
    record("launch.voided", launch, launch=launch.pk, reason=reason)
    post = launch.posts.first()
    if post is not None:
        words = _("The page or its time was changed after approval. Nothing of the launch leaves before a new one.")
        Alert.objects.tell(Alert.Kind.LAUNCH, timezone.now(), words, post=post)
    return True


def is_over(launch: Launch) -> bool:
    """Whether the page was seen live and nothing can leave any more."""
    return launch.seen_live_at is not None and not _unsettled(launch).exists()


def page_unpublished(page_id: int) -> None:
    """Hold what has not left yet until the page is seen live again."""
    Launch.objects.filter(page_id=page_id).update(seen_live_at=None, late_told_at=None)


def undecided(launch: Launch) -> list[Post]:
    """The posts of a launch that no standing approval lets leave, in a fixed order."""
    return [post for post in _posts(launch) if post.pk not in _approved_ids(launch)]


def _posts(launch: Launch) -> list[Post]:
    return list(Post.objects.filter(launch=launch).select_related("latest_revision", "launch__page").order_by("pk"))


def _approved_ids(launch: Launch) -> list[int]:
    rows = Approval.objects.filter(post__launch=launch, voided_at=None)
    return list(rows.values_list("post_id", flat=True))


def _unsettled(launch: Launch) -> Any:
    return Delivery.objects.filter(post__launch=launch, state__in=UNSETTLED)


def _is_out(page: Page) -> bool:
    """Whether readers see the page's newest version already."""
    return bool(page.live and page.live_revision_id == page.latest_revision_id)


def _publish(page: Page, revision: Revision, user: Any, comment: str) -> None:
    """Publish the version that was seen, at its time or at once; through the page's workflow where it is in one."""
    task_state = page.current_workflow_task_state
    try:
        if task_state is None:
            revision.publish(user=user)
            return
        workflow = task_state.workflow_state
        task_state.approve(user=user, comment=comment)
    except PermissionDenied as error:
        raise ApprovalError(_("You may not publish this page. Somebody who may has to approve the launch.")) from error
    workflow.refresh_from_db()
    if workflow.status != workflow.STATUS_APPROVED:
        raise ApprovalError(_("The page's workflow has another step. Finish it there, then approve the launch."))


def _go_live_of(revision: Revision | None) -> datetime | None:
    written = revision.content.get("go_live_at") if revision is not None else None
    return parse_datetime(written) if written else None
