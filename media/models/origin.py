from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from media.facts import Facts, Lack, People, lacks


class WithPeople(models.Model):
    """A picture or a video: who can be recognised in it, whether they agreed, and until when."""

    credit: Any
    licence: Any
    people = models.CharField(
        _("people in it"),
        max_length=12,
        blank=True,
        choices=[
            (People.NONE.value, _("Nobody can be recognised")),
            (People.AGREED.value, _("People can be recognised, and have agreed in writing")),
            (People.NOT_AGREED.value, _("People can be recognised, and have not agreed")),
        ],
        help_text=_("Without the agreement of the people in it, it is not published."),
    )
    people_shown = models.CharField(
        _("who is in it"),
        max_length=255,
        blank=True,
        help_text=_("Names or tasks, as far as they are needed to ask again. Only staff see this."),
    )
    consent_note = models.CharField(
        _("where the agreement is kept"),
        max_length=255,
        blank=True,
        help_text=_("So that it can be shown when somebody asks. Only staff see this."),
    )
    consent_until = models.DateField(
        _("agreed until"),
        null=True,
        blank=True,
        help_text=_("The last day. Empty if the agreement has no end. Staff are warned 60 days before."),
    )

    class Meta:
        abstract = True

    @property
    def facts(self) -> Facts:
        """What is written down of it. What a video shows is told where it stands, so it needs no description here."""
        return Facts(
            description=getattr(self, "description", ""),
            decorative=getattr(self, "decorative", True),
            credit=self.credit,
            licence=self.licence,
            people=self.people,
            consent_note=self.consent_note,
            consent_until=self.consent_until,
        )

    @property
    def lacks(self) -> list[Lack]:
        """What keeps it from readers; none where it may be published."""
        return lacks(self.facts, timezone.localdate())
