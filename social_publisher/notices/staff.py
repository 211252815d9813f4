"""Who the people are whom an alert concerns."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.urls import reverse

from social_publisher.models import Alert, Post, PostApprovalTask
from social_publisher.notices.kinds import AUDIENCES, Audience

BACKEND = "django.contrib.auth.backends.ModelBackend"
REVIEWED = frozenset({Alert.Kind.TO_APPROVE, Alert.Kind.BREAK_GLASS, Alert.Kind.UNSIGNED})
UNDECIDED = frozenset({Alert.Kind.TO_APPROVE, Alert.Kind.REJECTED})
DECIDED = frozenset({Alert.Kind.NEEDS_PERSON, Alert.Kind.REFUSED})


def post_of(alert: Alert) -> Post | None:
    """The post an alert is about, if it is about one."""
    return alert.post or (alert.delivery.post if alert.delivery else None)


def text_of(alert: Alert, post: Post) -> str:
    """The text the alert is about: the newest draft's where somebody decides on it, else what was approved."""
    draft = draft_of(alert, post)
    return str(draft.get("text", "")) if draft else post.text


def draft_of(alert: Alert, post: Post) -> dict[str, Any]:
    """The newest draft's content, where somebody decides on it; else nothing."""
    draft = post.latest_revision if alert.kind in UNDECIDED else None
    return dict(draft.content) if draft is not None else {}


def channel_of(alert: Alert) -> Any:
    """The channel an alert is about, if it is about one."""
    return alert.channel or (alert.delivery and alert.delivery.channel)


class Staff:
    """The active accounts by what they may do; read once for a batch of alerts, whatever its size."""

    @cached_property
    def deciders(self) -> frozenset[int]:
        """May decide about deliveries that nothing else can settle."""
        return _having("social_publisher.change_delivery")

    @cached_property
    def pausers(self) -> frozenset[int]:
        """May pause."""
        return _having("social_publisher.add_pause")

    @cached_property
    def connectors(self) -> frozenset[int]:
        """May connect accounts."""
        return _having("social_publisher.add_credential")

    @cached_property
    def desk(self) -> frozenset[int]:
        """See posts."""
        return _having("social_publisher.view_post")

    @cached_property
    def approvers(self) -> frozenset[int]:
        """Decide on posts that are not their own: the groups of the workflow's step, as the step itself says."""
        groups = PostApprovalTask.objects.filter(active=True).values("groups")
        people = get_user_model().objects.filter(Q(is_superuser=True) | Q(groups__in=groups), is_active=True)
        return frozenset(people.values_list("pk", flat=True))

    @cached_property
    def active(self) -> frozenset[int]:
        """All active accounts."""
        return frozenset(get_user_model().objects.filter(is_active=True).values_list("pk", flat=True))

    def concerned(self, alert: Alert) -> frozenset[int]:
        """The ids of everybody who is told."""
        return frozenset().union(*(self._group(audience, alert) for audience in AUDIENCES[alert.kind]))

    def _group(self, audience: Audience, alert: Alert) -> frozenset[int]:
        match audience:
            case Audience.OWN:
                return own(alert) & self.active
            case Audience.APPROVERS:
                return self.approvers - own(alert)
            case Audience.TROUBLE:
                return self.deciders | self.pausers
            case Audience.DESK:
                return self.desk

    def screen(self, alert: Alert, person: int) -> str:
        """The address of the screen where this person can see to it."""
        post, channel = post_of(alert), alert.channel_id
        if alert.kind in REVIEWED and post is not None:
            return reverse("social_queue:review", args=[post.pk])
        if alert.correction_id is not None:
            return reverse("wagtailsnippets_social_publisher_correction:review", args=[alert.correction_id])
        if alert.kind in DECIDED and alert.delivery_id and person in self.deciders:
            return reverse("social_queue:decide", args=[alert.delivery_id])
        if post is not None and person in own(alert):
            return reverse("wagtailsnippets_social_publisher_post:edit", args=[post.pk])
        if channel is not None and person in self.connectors:
            return reverse("wagtailsnippets_social_publisher_channel:edit", args=[channel])
        return reverse("social_queue:index")


def own(alert: Alert) -> frozenset[int]:
    """The author and the last editor of the alert's post, or who wrote its correction."""
    if alert.correction is not None:
        author = alert.correction.author_id
        return frozenset() if author is None else frozenset({author})
    post = post_of(alert)
    if post is None:
        return frozenset()
    editor = post.latest_revision.user_id if post.latest_revision else None
    return frozenset({post.author_id, editor} - {None})


def _having(permission: str) -> frozenset[int]:
    people = get_user_model().objects.with_perm(permission, backend=BACKEND)
    return frozenset(people.filter(is_active=True).values_list("pk", flat=True))
