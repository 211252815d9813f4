from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from social_publisher.models.approval import Approval
from social_publisher.models.channel import Channel
from social_publisher.models.ledger import STATES, DeliveryQuerySet, State
from social_publisher.models.post import Post
from social_publisher.models.short_link import ShortLink

# What leaves next, and where the desk looks for what did not leave as planned.
UPCOMING = (State.WAITING, State.ARMED)
TROUBLED = (State.FAILED, State.MISSED, State.UNKNOWN, State.NEEDS_PERSON, State.CANCELLED)


class Delivery(models.Model):
    """One post on one channel: the row that is the truth. Its state changes through `Delivery.objects.move` alone.

    All times are UTC. `owner` is the process that armed it, `lease_until` how long that process may be believed.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="deliveries")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="deliveries")
    approval = models.ForeignKey(Approval, on_delete=models.PROTECT, related_name="deliveries")
    short_link = models.ForeignKey(
        ShortLink, on_delete=models.PROTECT, null=True, blank=True, related_name="deliveries"
    )
    state = models.CharField(max_length=12, choices=STATES, default=State.WAITING.value)
    due_at = models.DateTimeField()
    next_at = models.DateTimeField(help_text=_("When it is tried next: the due time, or later after a setback."))
    cut_off_at = models.DateTimeField()
    owner = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts_made = models.PositiveSmallIntegerField(default=0)
    state_changed_at = models.DateTimeField(auto_now_add=True)
    remote_id = models.CharField(max_length=255, blank=True)
    remote_url = models.URLField(max_length=500, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    price = models.DecimalField(
        max_digits=8,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_("What the network charges for it, in US dollars, as it was when it was approved."),
    )
    parts_out = models.JSONField(
        default=list, blank=True, help_text=_("Receipts of those parts of a thread that are out, in their order.")
    )
    engagement_read_at = models.DateTimeField(null=True, blank=True)
    next_reading_at = models.DateTimeField(null=True, blank=True)
    missing_at = models.DateTimeField(
        null=True, blank=True, help_text=_("Since when its network names it no more; gone if it does so twice.")
    )
    gone_at = models.DateTimeField(
        null=True, blank=True, help_text=_("Since when the network no longer has it, though nobody here took it back.")
    )
    unknown_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When it could last not be told whether it had left.")
    )
    reason = models.TextField(blank=True, help_text=_("Why it is in its state, in words for staff."))

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "channel"], condition=~Q(state="cancelled"), name="one_delivery_per_post_and_channel"
            ),
            models.CheckConstraint(
                condition=~Q(state="armed") | Q(owner__isnull=False, lease_until__isnull=False),
                name="an_armed_delivery_has_an_owner",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False), name="a_published_delivery_has_a_time"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at"],
                condition=Q(state__in=[State.WAITING.value, State.ARMED.value]),
                name="delivery_next",
            ),
            models.Index(fields=["cut_off_at"], condition=Q(state="waiting"), name="delivery_cut_off"),
            models.Index(fields=["lease_until"], condition=Q(state="armed"), name="delivery_lease"),
            models.Index(fields=["state", "due_at"], name="delivery_state"),
            models.Index(
                fields=["state", "-state_changed_at"],
                condition=Q(state__in=[state.value for state in TROUBLED]),
                name="delivery_troubled",
            ),
            models.Index(fields=["published_at"], condition=Q(state="published"), name="delivery_published"),
            models.Index(
                fields=["next_reading_at"], condition=Q(next_reading_at__isnull=False), name="delivery_reading"
            ),
            models.Index(
                fields=["published_at"],
                condition=Q(state="published", engagement_read_at__isnull=True, next_reading_at__isnull=True),
                name="delivery_unread",
            ),
        ]
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")

    def __str__(self) -> str:
        return f"{self.post} → {self.channel}"

    @property
    def shown_at(self) -> datetime:
        """The time a list shows: when it left, else when it is due."""
        return self.published_at or self.due_at

    @property
    def needs_decision(self) -> bool:
        """A person can decide what becomes of it."""
        return self.state in {State.NEEDS_PERSON.value, State.FAILED.value}


class Attempt(models.Model):
    """One try of a delivery, written before the network is called, with all that is needed to repeat it exactly."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("Under way")
        PUBLISHED = "published", _("Published")
        RELEASED = "released", _("Held before sending")
        TEMPORARY = "temporary", _("Put off by the network")
        REFUSED = "refused", _("Refused by the network")
        UNKNOWN = "unknown", _("No answer")
        ABSENT = "absent", _("Surely not on the network")

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    idempotency_key = models.UUIDField(default=uuid.uuid4)
    record_key = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    payload = models.JSONField()
    owner = models.UUIDField()
    armed_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    absent_at = models.DateTimeField(null=True, blank=True, help_text=_("When it was first not found on the network."))
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.OPEN)
    words = models.TextField(blank=True, help_text=_("The network's own words, without secrets."))
    receipt = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["delivery", "number"]
        constraints = [models.UniqueConstraint(fields=["delivery", "number"], name="attempts_are_numbered")]
        indexes = [models.Index(fields=["armed_at"], condition=Q(outcome="open"), name="attempt_open")]
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")

    def __str__(self) -> str:
        return f"{self.delivery} #{self.number}"


class Upload(models.Model):
    """A picture that a network already has for a delivery, so that a retry does not upload it twice."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="uploads")
    sha256 = models.CharField(max_length=64)
    remote_id = models.TextField()
    kept_until = models.DateTimeField(null=True, blank=True)
    uploaded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["delivery", "sha256"], name="one_upload_per_picture")]
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.sha256[:12]}"
