"""Listens for changes to what was approved, on every path, and voids at once. Arming checks again in any case."""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, WorkflowState
from wagtail.signals import page_published, page_unpublished, task_submitted, workflow_cancelled, workflow_rejected

from content.records import Campaign
from media.models import CampaignImage, CampaignVideo
from social_publisher.approval import launches, service
from social_publisher.approval.audit import display_name
from social_publisher.approval.blackout_stops import stop_inside
from social_publisher.approval.links import ensure_short_links
from social_publisher.models import Alert, Approval, Blackout, CampaignRules, Channel, Launch, Post, PostImage, Variant

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
    page_unpublished.connect(_page_unpublished, dispatch_uid="void-on-page-unpublished")
    post_save.connect(_channel_saved, sender=Channel, dispatch_uid="void-on-channel")
    post_save.connect(_campaign_saved, sender=Campaign, dispatch_uid="void-on-campaign")
    post_save.connect(_rules_saved, sender=CampaignRules, dispatch_uid="void-on-rules")
    post_save.connect(_blackout_changed, sender=Blackout, dispatch_uid="stop-inside-blackout")
    for through in (Blackout.countries.through, Blackout.campaigns.through):
        m2m_changed.connect(_blackout_changed, sender=through, dispatch_uid=f"stop-inside-{through.__name__}")
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
    model = instance.content_type.model_class()
    if model is not Post:
        if model is not None and issubclass(model, Page):
            _look_at_launch(int(instance.object_id))
        return
    _check_later([int(instance.object_id)])
    post = Post.objects.filter(pk=instance.object_id).first()
    if post is not None and post.workflow_in_progress:
        transaction.on_commit(lambda: service.note_submission(Post.objects.get(pk=post.pk), instance.user), robust=True)


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
    _look_at_launch(instance.pk)


def _page_unpublished(sender: Any, instance: Any, **kwargs: Any) -> None:
    launches.page_unpublished(instance.pk)
    _page_changed(sender, instance, **kwargs)


def _look_at_launch(page_id: int) -> None:
    """After the commit, see whether a launch of the page is still what was approved; arming checks again anyway."""
    if Launch.objects.filter(page_id=page_id).exists():
        transaction.on_commit(lambda: launches.note_page(page_id), robust=True)


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
        lacking = _standing().filter(post__campaign=instance.campaign, urgent=False, in_advance=False)
        lacking = lacking.filter(second_approver_name="").order_by("post_id")
        for approval in lacking.select_related("post"):
            service.void(approval.post, _("Its campaign now asks for a second approver. Submit it again."))


def _blackout_changed(sender: Any, instance: Any, action: str = "post", pk_set: Any = None, **kwargs: Any) -> None:
    """Judged after the commit, when its countries and campaigns stand: without any it would be for all of them."""
    if action.startswith("post"):
        ids = {instance.pk} if isinstance(instance, Blackout) else pk_set or set()
        transaction.on_commit(lambda: [stop_inside(pk, timezone.now()) for pk in sorted(ids)], robust=True)


def _standing() -> QuerySet[Approval]:
    return Approval.objects.filter(voided_at=None, deliveries__state="waiting").distinct()


def _submitted(sender: Any, instance: Any, **kwargs: Any) -> None:
    post = instance.workflow_state.content_object
    if isinstance(post, Post):
        ensure_short_links(post.current())
        user = kwargs.get("user")
        service.note_submission(post, user)
        Alert.objects.tell(Alert.Kind.TO_APPROVE, timezone.now(), _submitted_by(user), post=post)


def _submitted_by(user: Any) -> str:
    return _("Submitted by %(name)s.") % {"name": display_name(user)}


def _ended(sender: Any, instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    """A workflow that is cancelled or sent back leaves no approval standing, whichever screen did it."""
    post = instance.content_object
    if isinstance(post, Post):
        service.void(post, _("Taken back from approval."), user)
        service.ask_no_more(post)
