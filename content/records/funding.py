"""Who pays: a funder runs programmes, a programme awards grants, a grant pays for a project.

The wording a funder requires differs by programme and period, so it hangs on the programme, one row a language.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel

from content.records.localized import LocalizedText, in_language
from media.renditions import LOGO


class Funder(models.Model):
    """An institution or company that pays for projects."""

    class Kind(models.TextChoices):
        EU = "eu", _("European Union")
        PUBLIC = "public", _("Other public body")
        PRIVATE = "private", _("Private")

    name = models.CharField(_("name"), max_length=255, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    description = models.TextField(_("description"), max_length=5000, blank=True)
    website = models.URLField(_("website"), blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("funder")
        verbose_name_plural = _("funders")

    def __str__(self) -> str:
        return self.name


class ProgrammeForm(WagtailAdminModelForm):
    """A programme is saved with its statement in the site's main language, which stands in for every other."""

    def clean(self) -> Any:
        """Look at the statements as they were typed."""
        cleaned = super().clean()
        rows = self.formsets["statements"]
        if rows.is_valid() and not self.is_deferred_validation:
            kept = [row.cleaned_data for row in rows.forms if row.cleaned_data and not row.cleaned_data.get("DELETE")]
            if settings.LANGUAGE_CODE not in {row["language"] for row in kept}:
                main = dict(settings.LANGUAGES)[settings.LANGUAGE_CODE]
                text = _("Add the statement in %(language)s: pages in languages without their own wording show it.")
                self.add_error(None, text % {"language": main})
        return cleaned


class Programme(ClusterableModel):
    """A funding programme with the statement it requires on everything it pays for."""

    funder = models.ForeignKey(Funder, on_delete=models.PROTECT, related_name="programmes", verbose_name=_("funder"))
    name = models.CharField(_("name"), max_length=255, unique=True)
    period = models.CharField(_("period"), max_length=20, blank=True, help_text=_("For example 2014-2020."))
    funds = models.CharField(_("funds"), max_length=100, blank=True, help_text=_("For example ERDF, IPA, ENI."))
    shows_eu_emblem = models.BooleanField(
        _("shows the EU emblem"), default=False, help_text=_("The emblem always stands together with the statement.")
    )
    logo = models.ForeignKey(
        "media.CampaignImage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
        help_text=_(
            "The programme's own logo, where the programme asks for it. It is never shown larger than the emblem."
        ),
    )

    base_form_class = ProgrammeForm
    panels = [
        FieldPanel("name"),
        FieldPanel("funder"),
        FieldRowPanel([FieldPanel("period"), FieldPanel("funds")]),
        FieldPanel("logo"),
        InlinePanel(
            "statements",
            heading=_("Funding statements"),
            label=_("statement"),
            min_num=1,
            help_text=_("Word for word as the programme asks, one a language. Every page about its projects shows it."),
        ),
    ]

    class Meta:
        ordering = ["name"]
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A private funder's name never stands beside the EU emblem, and is disclosed in words, without a logo."""
        super().clean()
        if not self.funder_id:
            return
        if self.shows_eu_emblem and self.funder.kind != Funder.Kind.EU:
            raise ValidationError({"shows_eu_emblem": _("Only programmes of the European Union carry its emblem.")})
        if self.logo_id and self.funder.kind == Funder.Kind.PRIVATE:
            raise ValidationError({"logo": _("A private funder is named in words. Remove the logo.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Money of the European Union always comes with its emblem. The logo's small size is made here, so that no
        reader's request has to."""
        self.shows_eu_emblem = self.funder.kind == Funder.Kind.EU
        super().save(*args, **kwargs)
        if self.logo is not None:
            self.logo.get_rendition(LOGO)

    @property
    def statement(self) -> FundingStatement | None:
        """The required statement in the active language, else in the default one."""
        found: FundingStatement | None = in_language(self.statements.all())
        return found


class FundingStatement(LocalizedText):
    """The sentence a programme requires, and the disclaimer that goes with it, in one language."""

    programme = ParentalKey(Programme, on_delete=models.CASCADE, related_name="statements")
    statement = models.CharField(_("statement"), max_length=500)
    disclaimer = models.TextField(
        _("disclaimer"),
        max_length=5000,
        blank=True,
        help_text=_("Where the programme asks for one: whose view the text is."),
    )

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
    currency = models.CharField(_("currency"), max_length=3, default="EUR", help_text=_("Three letters, ISO 4217."))

    class Meta:
        ordering = ["name"]
        verbose_name = _("grant")
        verbose_name_plural = _("grants")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A funder pays no more than it costs."""
        super().clean()
        if self.total_cost is not None and self.contribution is not None and self.contribution > self.total_cost:
            raise ValidationError({"contribution": _("It is more than the total cost. Correct one of the two.")})
