"""What waits for a person's approval, and what of it they have opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.models import TaskState

from social_publisher.models import Endorsement, Post, PostApprovalTask, ReviewOpening, Submission

DECIDES = "_decides_on_posts"


class Opened(StrEnum):
    """How far a person knows a post that waits for them."""

    NO = "no"
    YES = "yes"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A post that waits for somebody. Title and time are of the draft that was submitted; `first_yes` names who has
    approved it where two have to; `digest` is what the person has opened."""

    post: Post
    title: str
    due_at: datetime | None
    opened: Opened
    digest: str
    first_yes: tuple[str, ...]


def is_approver(user: Any) -> bool:
    """Whether the person decides on posts at all; asked once for a request's user, whoever asks."""
    known: bool | None = getattr(user, DECIDES, None)
    if known is None:
        known = bool(user.is_active and _tasks(user).exists())
        setattr(user, DECIDES, known)
    return known


def count_waiting(user: Any) -> int:
    """How many posts wait for this person."""
    return _waiting(user).count()


def waiting_for(user: Any, limit: int) -> list[Waiting]:
    """What waits for this person, the soonest to leave first; in a fixed number of queries."""
    posts = list(
        _waiting(user)
        .select_related("campaign", "author", "latest_revision", "submission")
        .prefetch_related("endorsements")
        .order_by("plan__due_at", "pk")[:limit]
    )
    openings = ReviewOpening.objects.filter(person=user, post__in=posts)
    opened = dict(openings.values_list("post_id", "digest"))
    return [_row(post, opened.get(post.pk, "")) for post in posts]


def note_opening(post: Post, user: Any, digest: str) -> None:
    """Remember that the person has this before them."""
    ReviewOpening.objects.update_or_create(
        post=post, person=user, defaults={"digest": digest, "opened_at": timezone.now()}
    )


def _tasks(user: Any) -> QuerySet[PostApprovalTask]:
    tasks: QuerySet[PostApprovalTask] = PostApprovalTask.objects.filter(active=True)
    return tasks if user.is_superuser else tasks.filter(groups__in=user.groups.all()).distinct()


def _waiting(user: Any) -> QuerySet[Post]:
    """In review, nobody's own work, and not approved by this person already."""
    states = TaskState.objects.filter(
        task_id__in=_tasks(user).values("pk"),
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__base_content_type=Post.get_content_type(),
    )
    # Read by themselves: joined, every post there is would be looked at for the few that wait.
    ids = [int(pk) for pk in states.values_list("workflow_state__object_id", flat=True)]
    given = Endorsement.objects.filter(post=OuterRef("pk"), person=user)
    posts: QuerySet[Post] = Post.objects.filter(pk__in=ids)
    return posts.exclude(Q(author=user) | Q(latest_revision__user=user) | Q(submission__by=user) | Exists(given))


def _row(post: Post, opened: str) -> Waiting:
    draft: dict[str, Any] = post.latest_revision.content if post.latest_revision else {}
    submission: Submission | None = getattr(post, "submission", None)
    state = Opened.NO
    if opened:
        state = Opened.YES if submission and submission.digest == opened else Opened.CHANGED
    due = draft.get("due_at")
    return Waiting(
        post=post,
        title=str(Post(text=draft["text"])) if "text" in draft else str(post),
        due_at=parse_datetime(due) if due else post.due_at,
        opened=state,
        digest=opened,
        first_yes=tuple(row.person_name for row in post.endorsements.all()),
    )
