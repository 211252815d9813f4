from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from content.records import Campaign
from content.records.localized import LocalizedText, in_language
from social_publisher.messages.lengths import LONGEST_LIST


class Stage(models.TextChoices):
    """Where in a campaign's effect a number stands (GCS Evaluation Cycle, AMEC): reach is never sold as impact."""

    INPUTS = "inputs", _("Inputs")
    OUTPUTS = "outputs", _("Outputs")
    OUT_TAKES = "out-takes", _("Out-takes")
    OUTCOMES = "outcomes", _("Outcomes")
    IMPACT = "impact", _("Impact")


class Audience(models.TextChoices):
    """Whom the Funding & Tenders Portal lets a communication activity address."""

    CITIZENS = "citizens", _("Citizens")
    CIVIL_SOCIETY = "civil-society", _("Civil society")
    NATIONAL = "national", _("National authorities")
    REGIONAL = "regional", _("Regional authorities")
    LOCAL = "local", _("Local authorities")
    EU = "eu", _("EU institutions")
    INTERNATIONAL = "international", _("International organisations")
    BUSINESS = "business", _("Industry, business partners")
    RESEARCH = "research", _("Research communities")
    END_USERS = "end-users", _("Specific end user communities")
    OTHER = "other", _("Other")


class Counted(models.TextChoices):
    """What this site counts by itself, and so nobody types in."""

    POSTS = "posts", _("Posts published")
    IMPRESSIONS = "impressions", _("Impressions")
    REACTIONS = "reactions", _("Reactions")
    CLICKS = "clicks", _("Link clicks")
    READS = "reads", _("Page reads")
    DOWNLOADS = "downloads", _("Files downloaded")


# The stage of what is counted is no matter of opinion.
STAGE_OF = {
    Counted.POSTS: Stage.OUTPUTS,
    Counted.IMPRESSIONS: Stage.OUTPUTS,
    Counted.DOWNLOADS: Stage.OUTPUTS,
    Counted.REACTIONS: Stage.OUT_TAKES,
    Counted.CLICKS: Stage.OUT_TAKES,
    Counted.READS: Stage.OUT_TAKES,
}


def validate_audiences(value: object) -> None:
    """A list of known audiences. Raises ValidationError."""
    if not isinstance(value, list) or not set(Audience.values).issuperset(value):
        raise ValidationError(_("Choose from the audiences that are listed."))


def validate_addresses(value: str) -> None:
    """One email address a line. Raises ValidationError."""
    for line in filter(None, map(str.strip, value.splitlines())):
        try:
            validate_email(line)
        except ValidationError as error:
            raise ValidationError(
                _("“%(line)s” is no email address. Write one address a line."), params={"line": line}
            ) from error


class CampaignReporting(ClusterableModel):
    """What a campaign wants to reach, whom its results are shown to, and who gets its report each month."""

    campaign = models.OneToOneField(
        Campaign, on_delete=models.CASCADE, related_name="reporting", verbose_name=_("campaign")
    )
    shows_results = models.BooleanField(
        _("results are public"),
        default=False,
        help_text=_("The campaign's page gets a page with its results. Indicators are shown there too."),
    )
    audiences = models.JSONField(
        _("target audiences"),
        default=list,
        blank=True,
        validators=[validate_audiences],
        help_text=_("As the Funding & Tenders Portal names them; they stand in its table of communication activities."),
    )
    mail_to = models.TextField(
        _("monthly report goes to"),
        max_length=LONGEST_LIST,
        blank=True,
        validators=[validate_addresses],
        help_text=_("One email address a line. The report of a month is sent on the first day of the next."),
    )
    mail_language = models.CharField(
        _("language of the monthly report"),
        max_length=10,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
    )
    mail_since = models.DateField(
        null=True, editable=False, help_text=_("First day of the month in which somebody was named first.")
    )

    class Meta:
        verbose_name = _("indicators and reports of a campaign")
        verbose_name_plural = _("indicators and reports of campaigns")

    def __str__(self) -> str:
        return str(self.campaign)

    @property
    def addresses(self) -> list[str]:
        """Whom the monthly report is sent to, each once."""
        return list(dict.fromkeys(filter(None, map(str.strip, self.mail_to.splitlines()))))


class MailedReport(models.Model):
    """That one month's report goes, or went, to one address. It is tried again at `next_at` (UTC) until it was sent, or
    its address refused."""

    reporting = models.ForeignKey(CampaignReporting, on_delete=models.CASCADE, related_name="mailed")
    month = models.DateField()
    address = models.EmailField(max_length=320)
    next_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    refusal = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reporting", "month", "address"], name="one_report_a_month_and_address")
        ]
        verbose_name = _("mailed report")
        verbose_name_plural = _("mailed reports")

    def __str__(self) -> str:
        return f"{self.reporting_id} {self.month:%Y-%m}"


class CampaignIndicator(ClusterableModel, Orderable):
    """What a campaign promised to reach. A number that is counted fills itself; any other is entered with its source by
    somebody who is named. An empty actual value is "not reported", never 0."""

    reporting = ParentalKey(CampaignReporting, on_delete=models.CASCADE, related_name="indicators")
    counts = models.CharField(
        _("counted by this site"),
        max_length=20,
        choices=Counted.choices,
        blank=True,
        help_text=_("Fills itself. Empty: the value is entered by hand, with its source."),
    )
    stage = models.CharField(
        _("stage"),
        max_length=10,
        choices=Stage.choices,
        blank=True,
        help_text=_("What is counted has its own."),
    )
    label = models.CharField(_("label"), max_length=255, blank=True, help_text=_("Empty: the name of what is counted."))
    baseline = models.BigIntegerField(_("baseline"), null=True, blank=True)
    target = models.BigIntegerField(_("target"), null=True, blank=True)
    actual = models.BigIntegerField(_("reached so far"), null=True, blank=True)
    source = models.CharField(
        _("source"), max_length=255, blank=True, help_text=_("Where the reached value comes from.")
    )
    reported_on = models.DateField(_("as of"), null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    entered_name = models.CharField(max_length=255, blank=True, editable=False)
    entered_at = models.DateTimeField(null=True, editable=False)

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(counts="") | Q(actual=None, source="", reported_on=None),
                name="what_is_counted_is_not_typed_in",
            ),
            models.CheckConstraint(
                condition=Q(actual=None) | (~Q(source="") & Q(reported_on__isnull=False)),
                name="an_entered_value_has_source_and_date",
            ),
            models.CheckConstraint(
                condition=~Q(counts="") | (~Q(label="") & ~Q(stage="")), name="an_entered_indicator_has_label_and_stage"
            ),
        ]
        verbose_name = _("indicator of a campaign")
        verbose_name_plural = _("indicators of campaigns")

    def __str__(self) -> str:
        return self.text

    @property
    def at_stage(self) -> Stage:
        """Its stage: its own, or that of what is counted."""
        return STAGE_OF[Counted(self.counts)] if self.counts else Stage(self.stage)

    @property
    def text(self) -> str:
        """The label in the active language, else as entered, else what is counted."""
        found = in_language(self.labels.all()) if self.pk else None
        return (found.text if found else self.label) or (str(Counted(self.counts).label) if self.counts else "")

    def clean(self) -> None:
        """Say in words what the table would refuse. Raises ValidationError."""
        super().clean()
        wrong: dict[str, object] = {}
        if self.counts:
            if self.actual is not None:
                wrong["actual"] = _("This number fills itself. Leave it empty, or choose nothing under “counted”.")
            self.source, self.reported_on = "", None
        else:
            if not self.label:
                wrong["label"] = _("Name the indicator, or choose what this site counts.")
            if not self.stage:
                wrong["stage"] = _("Choose the stage of an indicator that is entered by hand.")
            if self.actual is not None and not self.source:
                wrong["source"] = _("Say where the value comes from.")
            if self.actual is not None and self.reported_on is None:
                wrong["reported_on"] = _("Say on which day the value held.")
        if wrong:
            raise ValidationError(wrong)


class CampaignIndicatorLabel(LocalizedText):
    """An indicator's label in another language."""

    indicator = ParentalKey(CampaignIndicator, on_delete=models.CASCADE, related_name="labels")
    text = models.CharField(_("label"), max_length=255)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "language"], name="one_campaign_label_per_language")
        ]
        verbose_name = _("label of a campaign's indicator")
        verbose_name_plural = _("labels of campaigns' indicators")

    def __str__(self) -> str:
        return self.text


def reporting_of(campaign: Campaign) -> CampaignReporting:
    """A campaign's settings, or unsaved ones that show nothing and mail nobody."""
    found: CampaignReporting | None = getattr(campaign, "reporting", None)
    return found if found is not None else CampaignReporting(campaign=campaign)
