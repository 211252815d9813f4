"""Changing posts as a person would on their screen: a revision in their name, so that whatever was approved is void."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.log_actions import log
from wagtail.models import DraftStateMixin, LockableMixin, ReferenceIndex, RevisionMixin, WorkflowMixin
from wagtail.signal_handlers import disable_reference_index_auto_update

from social_publisher.models import Delivery, Post
from social_publisher.models.ledger import State

# The outcome of these leaves room for another attempt of the same post.
NOT_OUT = [State.WAITING.value, State.CANCELLED.value, State.MISSED.value, State.FAILED.value]
_STATE = {
    field.name
    for mixin in (DraftStateMixin, LockableMixin, RevisionMixin, WorkflowMixin)
    for field in mixin._meta.local_fields
}
CONTENT = [
    field.attname
    for field in Post._meta.concrete_fields
    if not field.primary_key and field.name not in {*_STATE, "due_at"} and field.attname not in Post.OWN
]


def not_out() -> QuerySet[Post]:
    """Posts of which nothing is out, on its way, or in question."""
    out = Delivery.objects.filter(post=OuterRef("pk")).exclude(state__in=NOT_OUT)
    posts: QuerySet[Post] = Post.objects.filter(~Exists(out))
    return posts


def copy_content(source: Post, target: Post) -> None:
    """Give `target` everything of `source` that leaves, but for its time. Nothing is saved."""
    for name in CONTENT:
        setattr(target, name, getattr(source, name))
    source.copy_all_child_relations(target)


def create(post: Post, user: Any) -> None:
    """Save a new post as the person's draft. Its content is valid already."""
    with disable_reference_index_auto_update():  # once a post, not once a row of it
        post.save()
        post.save_revision(user=user, changed=False, clean=False)
    ReferenceIndex.create_or_update_for_object(post)
    log(instance=post, action="wagtail.create", user=user, content_changed=True)
