"""Listens for changes to what was approved, on every path, and voids at once. Arming checks again in any case."""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Revision, WorkflowState
from wagtail.signals import page_published, page_unpublished, task_submitted, workflow_cancelled, workflow_rejected

from content.records import Campaign
from media.models import CampaignImage, CampaignVideo
from social_publisher.approval import service
from social_publisher.approval.audit import display_name
from social_publisher.approval.links import ensure_short_links
from social_publisher.models import Alert, Approval, CampaignRules, Channel, Post, PostImage, Variant

logger = logging.getLogger(__name__)


def connect() -> None:
    """Connect every receiver once."""
    for model in (Post, Variant, PostImage):
        label = model.__name__
        post_save.connect(_content_saved, sender=model, dispatch_uid=f"void-on-save-{label}")
        post_delete.connect(_content_saved, sender=model, dispatch_uid=f"void-on-delete-{label}")
    post_save.connect(_revision_saved, sender=Revision, dispatch_uid="void-on-revision")
    post_save.connect(_image_saved, sender=CampaignImage, dispatch_uid="void-on-image")
    post_save.connect(_video_saved, sender=CampaignVideo, dispatch_uid="void-on-video")
    page_published.connect(_page_changed, dispatch_uid="void-on-page-published")
    page_unpublished.connect(_page_changed, dispatch_uid="void-on-page-unpublished")
    post_save.connect(_channel_saved, sender=Channel, dispatch_uid="void-on-channel")
    post_save.connect(_campaign_saved, sender=Campaign, dispatch_uid="void-on-campaign")
    post_save.connect(_rules_saved, sender=CampaignRules, dispatch_uid="void-on-rules")
    task_submitted.connect(_submitted, dispatch_uid="note-on-submit")
    workflow_cancelled.connect(_ended, dispatch_uid="void-on-cancel")
    workflow_rejected.connect(_ended, dispatch_uid="void-on-reject")


def _check_later(post_ids: list[int], reason: str = "") -> None:
    """After the commit, void what changed; a failure is logged, never raised, since arming checks again."""

    def check() -> None:
        for post_id in post_ids:
            try:
                service.void_if_changed(post_id, reason)
            except Exception:
                logger.exception("the approval of post %s could not be checked", post_id)

    transaction.on_commit(check, robust=True)


def _content_saved(sender: Any, instance: Any, **kwargs: Any) -> None:
    _check_later([instance.pk if isinstance(instance, Post) else instance.post_id])


def _revision_saved(sender: Any, instance: Revision, **kwargs: Any) -> None:
    if instance.content_type.model_class() is not Post:
        return
    _check_later([int(instance.object_id)])
    post = Post.objects.filter(pk=instance.object_id).first()
    if post is not None and post.workflow_in_progress:
        transaction.on_commit(lambda: service.note_submission(Post.objects.get(pk=post.pk)), robust=True)


def _image_saved(sender: Any, instance: CampaignImage, created: bool, **kwargs: Any) -> None:
    if not created:
        shared = PostImage.objects.filter(image=instance).values_list("post_id", flat=True)
        posts = shared.union(Variant.objects.filter(image=instance).values_list("post_id", flat=True))
        _check_later(list(posts), _("A picture of it was changed after approval. It leaves only after a new approval."))


def _video_saved(sender: Any, instance: CampaignVideo, created: bool, **kwargs: Any) -> None:
    if not created:
        posts = Post.objects.filter(video=instance).values_list("pk", flat=True)
        _check_later(list(posts), _("Its video was changed after approval. It leaves only after a new approval."))


def _page_changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    posts = _standing().filter(post__link_page_id=instance.pk).values_list("post_id", flat=True)
    _check_later(
        list(posts), _("The page it links to was changed after approval. It leaves only after a new approval.")
    )


def _channel_saved(sender: Any, instance: Channel, created: bool, **kwargs: Any) -> None:
    if not created:
        posts = _standing().filter(deliveries__channel=instance).values_list("post_id", flat=True)
        _check_later(list(posts), _("Its channel was changed after approval. It leaves only after a new approval."))


def _campaign_saved(sender: Any, instance: Campaign, created: bool, **kwargs: Any) -> None:
    if not created:
        posts = _standing().filter(post__campaign=instance).values_list("post_id", flat=True)
        _check_later(list(posts), _("Its campaign was changed after approval. It leaves only after a new approval."))


def _rules_saved(sender: Any, instance: CampaignRules, **kwargs: Any) -> None:
    """A campaign that asks for a second approver asks it of what already waits, too."""
    if instance.second_level:
        lacking = _standing().filter(post__campaign=instance.campaign, urgent=False, second_approver_name="")
        for approval in lacking.select_related("post"):
            service.void(approval.post, _("Its campaign now asks for a second approver. Submit it again."))


def _standing() -> QuerySet[Approval]:
    return Approval.objects.filter(voided_at=None, deliveries__state="waiting").distinct()


def _submitted(sender: Any, instance: Any, **kwargs: Any) -> None:
    post = instance.workflow_state.content_object
    if isinstance(post, Post):
        ensure_short_links(post.current())
        service.note_submission(post)
        Alert.objects.tell(Alert.Kind.TO_APPROVE, timezone.now(), _submitted_by(kwargs.get("user")), post=post)


def _submitted_by(user: Any) -> str:
    return _("Submitted by %(name)s.") % {"name": display_name(user)}


def _ended(sender: Any, instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    """A workflow that is cancelled or sent back leaves no approval standing, whichever screen did it."""
    post = instance.content_object
    if isinstance(post, Post):
        service.void(post, _("Taken back from approval."), user)
        service.ask_no_more(post)
