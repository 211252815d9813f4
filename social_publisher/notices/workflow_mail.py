"""Wagtail's own workflow mails, for everything but posts: of those people are told as they chose."""

from __future__ import annotations

from typing import Any

from wagtail.admin import mail
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from social_publisher.models import Post


def _spares_posts(notifier: type[Any]) -> Any:
    class ExceptOfPosts(notifier):
        def can_handle(self, instance: Any, **kwargs: Any) -> bool:
            state = instance.workflow_state if isinstance(instance, TaskState) else instance
            return super().can_handle(instance, **kwargs) and not isinstance(state.content_object, Post)

    return ExceptOfPosts()


# Signals hold their receivers weakly.
NOTIFIERS = [
    (
        task_submitted,
        TaskState,
        "group_approval_task_submitted_email_notification",
        _spares_posts(mail.GroupApprovalTaskStateSubmissionEmailNotifier),
    ),
    (
        workflow_submitted,
        WorkflowState,
        "workflow_state_submitted_email_notification",
        _spares_posts(mail.WorkflowStateSubmissionEmailNotifier),
    ),
    (
        workflow_rejected,
        WorkflowState,
        "workflow_state_rejected_email_notification",
        _spares_posts(mail.WorkflowStateRejectionEmailNotifier),
    ),
    (
        workflow_approved,
        WorkflowState,
        "workflow_state_approved_email_notification",
        _spares_posts(mail.WorkflowStateApprovalEmailNotifier),
    ),
]


def connect() -> None:
    """Take the place of Wagtail's notifiers under their own names, whether they are connected yet or not."""
    for signal, sender, uid, notifier in NOTIFIERS:
        signal.disconnect(sender=sender, dispatch_uid=uid)
        signal.connect(notifier, sender=sender, dispatch_uid=uid)
