"""Listens for changes to what was approved, on every path, and voids at once. Arming checks again in any case."""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Revision
from wagtail.signals import task_submitted

from media.models import CampaignImage
from social_publisher.approval import service
from social_publisher.approval.links import ensure_short_links
from social_publisher.models import Approval, Channel, Post, PostImage, Variant

logger = logging.getLogger(__name__)


def connect() -> None:
    """Connect every receiver once."""
    for model in (Post, Variant, PostImage):
        label = model.__name__
        post_save.connect(_content_saved, sender=model, dispatch_uid=f"void-on-save-{label}")
        post_delete.connect(_content_saved, sender=model, dispatch_uid=f"void-on-delete-{label}")
    post_save.connect(_revision_saved, sender=Revision, dispatch_uid="void-on-revision")
    post_save.connect(_image_saved, sender=CampaignImage, dispatch_uid="void-on-image")
    post_save.connect(_channel_saved, sender=Channel, dispatch_uid="void-on-channel")
    task_submitted.connect(_submitted, dispatch_uid="links-on-submit")


def _check_later(post_ids: list[int]) -> None:
    """After the commit, void what changed; a failure is logged, never raised, since arming checks again."""

    def check() -> None:
        for post_id in post_ids:
            try:
                service.void_if_changed(post_id)
            except Exception:
                logger.exception("the approval of post %s could not be checked", post_id)

    transaction.on_commit(check, robust=True)


def _content_saved(sender: Any, instance: Any, **kwargs: Any) -> None:
    _check_later([instance.pk if isinstance(instance, Post) else instance.post_id])


def _revision_saved(sender: Any, instance: Revision, **kwargs: Any) -> None:
    if instance.content_type.model_class() is Post:
        _check_later([int(instance.object_id)])


def _image_saved(sender: Any, instance: CampaignImage, created: bool, **kwargs: Any) -> None:
    if not created:
        _check_later(list(PostImage.objects.filter(image=instance).values_list("post_id", flat=True)))


def _channel_saved(sender: Any, instance: Channel, created: bool, **kwargs: Any) -> None:
    if not created:
        standing = Approval.objects.filter(voided_at=None, deliveries__channel=instance, deliveries__state="waiting")
        _check_later(list(standing.values_list("post_id", flat=True)))


def _submitted(sender: Any, instance: Any, **kwargs: Any) -> None:
    content = instance.workflow_state.content_object
    if isinstance(content, Post):
        ensure_short_links(content.current())
