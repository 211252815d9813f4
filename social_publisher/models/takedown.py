from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from social_publisher.models.correction import Correction
from social_publisher.models.delivery import Delivery
from social_publisher.models.post import Post


class Takedown(models.Model):
    """A published post is taken back, by one person: this is the safe direction. Kept for the record; times are UTC.

    `delivery` is the one channel it is limited to; without it, what waits is stopped and everything out comes back.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="takedowns")
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=255)
    at = models.DateTimeField()
    with_correction = models.ForeignKey(Correction, on_delete=models.PROTECT, null=True, related_name="takedowns")
    correction_post = models.OneToOneField(Post, on_delete=models.PROTECT, null=True, related_name="corrects")
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["-at"], condition=Q(done_at=None), name="takedown_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(correction_post=None) | Q(with_correction__isnull=False),
                name="a_correction_post_has_its_correction",
            ),
        ]
        verbose_name = _("takedown")
        verbose_name_plural = _("takedowns")

    def __str__(self) -> str:
        return str(self.post)


class TakedownStep(models.Model):
    """One channel of a takedown. `owner` is who is at work on it, believed until `lease_until`."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Being taken back")
        RECALLING = "recalling", _("Being taken back now")
        BY_HAND = "by_hand", _("To be removed by hand")
        FAILED = "failed", _("Could not be taken back")
        RECALLED = "recalled", _("Taken back")
        REMOVED = "removed", _("Removed by hand")
        GONE = "gone", _("Nothing was out")

    # What the program works on, what a person has to, and what is over.
    UNDER_WAY = (State.WAITING, State.RECALLING)
    FOR_A_PERSON = (State.BY_HAND, State.FAILED)
    DONE = (State.RECALLED, State.REMOVED, State.GONE)

    takedown = models.ForeignKey(Takedown, on_delete=models.CASCADE, related_name="steps")
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="takedown_steps")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    words = models.TextField(blank=True, help_text=_("Why it is in its state, in words for staff."))
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    owner = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, help_text=_("When staff were told that it needs them."))
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["delivery__channel__name"]
        constraints = [
            models.UniqueConstraint(fields=["takedown", "delivery"], name="one_step_per_takedown_and_delivery"),
            models.CheckConstraint(
                condition=~Q(state="recalling") | Q(owner__isnull=False, lease_until__isnull=False),
                name="a_step_at_work_has_an_owner",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["recalled", "removed", "gone"], done_at__isnull=False)
                | Q(state__in=["waiting", "recalling", "by_hand", "failed"], done_at=None),
                name="a_step_is_done_when_it_is_over",
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state__in=["waiting", "recalling"]), name="takedown_step_next")
        ]
        verbose_name = _("step of a takedown")
        verbose_name_plural = _("steps of takedowns")

    def __str__(self) -> str:
        return f"{self.delivery}: {self.get_state_display()}"

    @property
    def is_done(self) -> bool:
        """Nothing of it is left to do."""
        return self.state in self.DONE

    @property
    def for_a_person(self) -> bool:
        """Somebody has to look at the channel."""
        return self.state in self.FOR_A_PERSON
