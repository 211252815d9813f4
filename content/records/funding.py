"""Who pays: a funder runs programmes, a programme awards grants, a grant pays for a project.

The wording a funder requires differs by programme and period, so it hangs on the programme, one row a language.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel

from content.records.localized import LocalizedText, in_language


class Funder(models.Model):
    """An institution or company that pays for projects."""

    class Kind(models.TextChoices):
        EU = "eu", _("European Union")
        PUBLIC = "public", _("Other public body")
        PRIVATE = "private", _("Private")

    name = models.CharField(_("name"), max_length=255, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    description = models.TextField(_("description"), blank=True)
    website = models.URLField(_("website"), blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("funder")
        verbose_name_plural = _("funders")

    def __str__(self) -> str:
        return self.name


class Programme(ClusterableModel):
    """A funding programme with the statement it requires on everything it pays for."""

    funder = models.ForeignKey(Funder, on_delete=models.PROTECT, related_name="programmes", verbose_name=_("funder"))
    name = models.CharField(_("name"), max_length=255, unique=True)
    period = models.CharField(_("period"), max_length=20, blank=True, help_text=_("For example 2014-2020."))
    funds = models.CharField(_("funds"), max_length=100, blank=True, help_text=_("For example ERDF, IPA, ENI."))
    shows_eu_emblem = models.BooleanField(
        _("shows the EU emblem"), default=False, help_text=_("The emblem always stands together with the statement.")
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("funder"),
        FieldRowPanel([FieldPanel("period"), FieldPanel("funds")]),
        FieldPanel("shows_eu_emblem"),
        InlinePanel("statements", heading=_("Funding statements"), label=_("statement"), min_num=1),
    ]

    class Meta:
        ordering = ["name"]
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A private funder's name never stands beside the EU emblem."""
        super().clean()
        if self.shows_eu_emblem and self.funder_id and self.funder.kind != Funder.Kind.EU:
            raise ValidationError({"shows_eu_emblem": _("Only programmes of the European Union carry its emblem.")})

    @property
    def statement(self) -> FundingStatement | None:
        """The required statement in the active language, else in the default one."""
        return in_language(self.statements.all())


class FundingStatement(LocalizedText):
    """The sentence a programme requires, and the disclaimer that goes with it, in one language."""

    programme = ParentalKey(Programme, on_delete=models.CASCADE, related_name="statements")
    statement = models.CharField(_("statement"), max_length=500)
    disclaimer = models.TextField(_("disclaimer"), blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "language"], name="one_statement_per_language")]
        verbose_name = _("funding statement")
        verbose_name_plural = _("funding statements")

    def __str__(self) -> str:
        return self.statement


class Grant(models.Model):
    """One award of a programme. Amounts are in the grant's currency; unknown stays empty."""

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="grants", verbose_name=_("programme")
    )
    name = models.CharField(_("name"), max_length=255, help_text=_("How staff recognise this grant."))
    call = models.CharField(_("call"), max_length=100, blank=True)
    reference = models.CharField(_("grant reference"), max_length=100, blank=True)
    total_cost = models.DecimalField(_("total cost"), max_digits=14, decimal_places=2, null=True, blank=True)
    contribution = models.DecimalField(
        _("funder's contribution"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("currency"), max_length=3, default="EUR")

    class Meta:
        ordering = ["name"]
        verbose_name = _("grant")
        verbose_name_plural = _("grants")

    def __str__(self) -> str:
        return self.name
