"""Posting a correction at once: its approval in advance becomes the post's, for exactly its words and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from social_publisher.approval import service
from social_publisher.approval.audit import record
from social_publisher.approval.corrections import exactly, problems, stands
from social_publisher.approval.errors import ApprovalError, ChangedError, NotSendableError
from social_publisher.approval.package import Package, build_package
from social_publisher.models import Approval, Channel, Correction, Post, Variant


@transaction.atomic
def approve_prepared(post: Post, correction: Correction) -> Approval:
    """Approve a post that says exactly what a standing correction of its campaign says, and nothing beside it.

    Author and approver are the correction's: whoever posts it decides nothing about the words. Raises ChangedError
    where a character, the language or anything else differs, or the correction stands no more; NotSendableError.
    """
    correction = Correction.objects.select_for_update(of=("self",)).get(pk=correction.pk)
    post = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    if not stands(correction):
        raise ChangedError(_("This correction is not approved as it stands now. Have it approved, or choose another."))
    package = build_package(post.current())
    if post.campaign_id != correction.campaign_id or not _is_exactly(package, correction):
        raise ChangedError(_("The post does not say exactly what the approved correction says."))
    if Approval.objects.filter(post=post).exists():
        raise ApprovalError(_("This post has an approval of its own. A correction leaves as a post of its own."))
    found = package.problems(timezone.now())
    if found:
        raise NotSendableError(" ".join(problem.message for problem in found))
    approval = Approval.objects.create(
        post=post,
        digest=package.digest,
        package=package.canonical(),
        revision_id_seen=post.latest_revision.pk,
        author=correction.author,
        last_editor=correction.author,
        approver=correction.approver,
        author_name=correction.author_name,
        last_editor_name=correction.author_name,
        approver_name=correction.approver_name,
        comment=_("Approved in advance as the correction “%(name)s”.") % {"name": correction.name},
        approved_at=timezone.now(),
    )
    record("post.approved-in-advance", post, None, post=post.pk, digest=package.digest, correction=correction.pk)
    service.complete(approval.pk)
    return approval


@transaction.atomic
def post_correction(correction: Correction, channels: Sequence[Channel], due_at: datetime) -> Post:
    """Make and approve the post that says the correction on those of the channels where it fits, due then (UTC).

    Raises NotSendableError where it fits on none, and what `approve_prepared` raises.
    """
    fitting = [channel for channel in channels if not problems(correction, channel)]
    if not fitting:
        raise NotSendableError(_("This correction fits on none of the channels. Choose another, or none."))
    post = Post(
        campaign=correction.campaign,
        text=correction.text,
        language=correction.language,
        due_at=due_at,
        author=correction.author,
        live=False,
    )
    post.variants = [Variant(channel=channel, sort_order=place) for place, channel in enumerate(fitting)]
    post.save()
    post.save_revision(user=correction.author).publish(user=correction.author, skip_permission_checks=True)
    approve_prepared(post, correction)
    return post


def _is_exactly(package: Package, correction: Correction) -> bool:
    """Whether every channel gets the correction's words alone: no link, picture, warning or second part."""
    said = exactly(correction)
    return bool(package.parcels) and all(parcel.composed == said and not parcel.link for parcel in package.parcels)
