from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from content.records import Campaign
from social_publisher.messages.avoided_terms import parse
from social_publisher.messages.checks import USUALLY_BLOCKING, Check
from social_publisher.messages.lengths import LONGEST_LIST
from social_publisher.models.channel import Channel


def usually_blocking() -> list[str]:
    """The checks that block unless a campaign says otherwise."""
    return sorted(check.value for check in USUALLY_BLOCKING)


def validate_checks(value: object) -> None:
    """A list of known checks. Raises ValidationError."""
    known = {check.value for check in Check}
    if not isinstance(value, list) or not known.issuperset(value):
        raise ValidationError(_("Choose from the checks that are listed."))


def validate_terms(value: str) -> None:
    """Lines of "term: instead". Raises ValidationError."""
    try:
        parse(value)
    except ValueError as error:
        words = _("The line “%(line)s” has no term before its colon. Write it as “term: instead”.")
        raise ValidationError(words, params={"line": error}) from error


class CampaignRules(ClusterableModel):
    """What a campaign brings to each of its posts, and how strict it is with them."""

    campaign = models.OneToOneField(
        Campaign, on_delete=models.CASCADE, related_name="rules", verbose_name=_("campaign")
    )
    hashtags = models.CharField(
        _("hashtags"),
        max_length=300,
        blank=True,
        help_text=_("Offered to each new post beside the campaign's own; with the #, separated by spaces."),
    )
    utm_content = models.CharField(
        _("utm_content of its links"),
        max_length=60,
        blank=True,
        help_text=_("Stands in its tracked links beside utm_campaign. Empty: the post's number."),
    )
    avoided_terms = models.TextField(
        _("terms to avoid"),
        max_length=LONGEST_LIST,
        blank=True,
        validators=[validate_terms],
        help_text=_("One a line; after a colon the term to use instead. Found as a whole word, in any case."),
    )
    public_contacts = models.TextField(
        _("public numbers and addresses"),
        max_length=LONGEST_LIST,
        blank=True,
        help_text=_("Hotlines and offices that may be named in posts, one a line. Others count as personal data."),
    )
    blocking_checks = models.JSONField(
        _("checks that block"),
        default=usually_blocking,
        blank=True,
        validators=[validate_checks],
        help_text=_("The others advise."),
    )
    is_sensitive = models.BooleanField(
        _("sensitive"),
        default=False,
        help_text=_("About victims, ongoing operations or health. Every check blocks."),
    )
    second_level = models.BooleanField(
        _("a third person approves too"),
        default=False,
        help_text=_("Posts leave only after two approvers, neither of them the author or the last editor."),
    )

    class Meta:
        verbose_name = _("rules of a campaign")
        verbose_name_plural = _("rules of campaigns")

    def __str__(self) -> str:
        return str(self.campaign)

    def blocks(self, check: Check) -> bool:
        """Whether what this check finds stands against a post."""
        return self.is_sensitive or check.value in self.blocking_checks


class MentionedAccount(models.Model):
    """An account that posts of a campaign mention, by the name it has on one network."""

    rules = ParentalKey(CampaignRules, on_delete=models.CASCADE, related_name="mentions")
    network = models.CharField(_("network"), max_length=20, choices=Channel.Rehearses.choices)
    handle = models.CharField(_("handle"), max_length=255, help_text=_("As that network writes it, with the @."))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["rules", "network", "handle"], name="one_mention_per_account"),
        ]
        verbose_name = _("mentioned account")
        verbose_name_plural = _("mentioned accounts")

    def __str__(self) -> str:
        return self.handle


def rules_of(campaign: Campaign) -> CampaignRules:
    """A campaign's rules, or unsaved ones with the usual strictness."""
    rules: CampaignRules | None = getattr(campaign, "rules", None)
    return rules if rules is not None else CampaignRules(campaign=campaign)
