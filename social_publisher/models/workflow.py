from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask

from social_publisher.models.post import Post


def may_approve(post: Post, user: Any) -> bool:
    """Four eyes: neither the author, nor the last editor, nor who submitted it approves, whatever else they may do.

    In a launch neither does who edited the page last: the page is part of what is approved.
    """
    own = {post.author_id, post.latest_revision.user_id if post.latest_revision else None}
    own.add(getattr(getattr(post, "submission", None), "by_id", None))
    if post.launch is not None and post.launch.page.latest_revision is not None:
        own.add(post.launch.page.latest_revision.user_id)
    return user.pk is not None and user.pk not in own


_posts_left_out: ContextVar[bool] = ContextVar("posts_left_out", default=False)


@contextmanager
def posts_left_out() -> Iterator[None]:
    """Have Wagtail's list of what to moderate ask for no post: it would read each for some lines that are not shown."""
    before = _posts_left_out.set(True)
    try:
        yield
    finally:
        _posts_left_out.reset(before)


class PostApprovalTask(AbstractGroupApprovalTask):
    """The second person's step. Approving happens on the review screen alone, which shows what leaves."""

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """Offer nothing in the editor's own menu: the review screen shows what leaves and takes the decision."""
        return []

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        """Refuse every way of deciding that has not shown the person what leaves."""
        raise PermissionDenied(_("Open the review screen to decide on this post."))

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> models.QuerySet[Any]:
        """What waits for this person, without their own work."""
        states: models.QuerySet[Any] = super().get_task_states_user_can_moderate(user, **kwargs)
        of_posts = models.Q(workflow_state__base_content_type=Post.get_content_type())
        if _posts_left_out.get():
            return states.exclude(of_posts)
        is_own = models.Q(author=user) | models.Q(latest_revision__user=user) | models.Q(submission__by=user)
        waiting = [int(pk) for pk in states.filter(of_posts).values_list("workflow_state__object_id", flat=True)]
        own = Post.objects.filter(is_own, pk__in=waiting).values_list("pk", flat=True)
        return states.exclude(of_posts, workflow_state__object_id__in=[str(pk) for pk in own])

    @classmethod
    def get_description(cls) -> Any:
        return _("A second person approves exactly what leaves; never the author, never the last editor.")

    class Meta:
        verbose_name = _("second person's approval")
        verbose_name_plural = _("second person's approvals")
