"""What a post is checked for, and how a finding is told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Check(StrEnum):
    """One thing a post is checked for; the value is kept in campaigns' rules and never changes."""

    CANNOT_LEAVE = "cannot_leave"
    ALT_TEXT = "alt_text"
    UNREVIEWED_TRANSLATION = "unreviewed_translation"
    LANGUAGE = "language"
    LINK = "link"
    HASHTAG_CASE = "hashtag_case"
    ALL_CAPS = "all_caps"
    EMOJI_RUN = "emoji_run"
    AVOIDED_TERM = "avoided_term"
    PERSONAL_DATA = "personal_data"
    FACES = "faces"
    PICTURE_FACTS = "picture_facts"
    FUNDING_STATEMENT = "funding_statement"
    NEAR_DUPLICATE = "near_duplicate"
    CAMPAIGN_DATES = "campaign_dates"
    QUIET_HOURS = "quiet_hours"
    BLACKOUT = "blackout"
    NO_CORRECTION = "no_correction"


LABELS: dict[Check, str | Promise] = {
    Check.CANNOT_LEAVE: _("The network would not take it"),
    Check.ALT_TEXT: _("A picture or video without a description"),
    Check.UNREVIEWED_TRANSLATION: _("A machine's translation that nobody has checked"),
    Check.LANGUAGE: _("A channel whose readers expect another language"),
    Check.LINK: _("A link that does not work, or that the public cannot open"),
    Check.HASHTAG_CASE: _("A hashtag that screen readers cannot speak"),
    Check.ALL_CAPS: _("Words in capitals"),
    Check.EMOJI_RUN: _("Several emoji in a row"),
    Check.AVOIDED_TERM: _("A term the campaign avoids"),
    Check.PERSONAL_DATA: _("What looks like personal data"),
    Check.FACES: _("A picture with recognisable people"),
    Check.PICTURE_FACTS: _("A picture or video without its credit, its licence or a valid agreement"),
    Check.FUNDING_STATEMENT: _("No funding statement"),
    Check.NEAR_DUPLICATE: _("Nearly the words of a recent post"),
    Check.CAMPAIGN_DATES: _("A time outside the campaign's dates"),
    Check.QUIET_HOURS: _("Quiet hours of the channel"),
    Check.BLACKOUT: _("A time when nothing should be posted"),
    Check.NO_CORRECTION: _("An alert without a correction prepared"),
}

# These stand against every post, whatever a campaign's rules say.
ALWAYS_BLOCKING = frozenset({Check.CANNOT_LEAVE, Check.ALT_TEXT, Check.UNREVIEWED_TRANSLATION})
# What blocks where a campaign says nothing else.
USUALLY_BLOCKING = frozenset(
    {
        Check.LINK,
        Check.AVOIDED_TERM,
        Check.FACES,
        Check.PICTURE_FACTS,
        Check.FUNDING_STATEMENT,
        Check.BLACKOUT,
        Check.NO_CORRECTION,
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: why, what to do about it, whether it blocks, and on which channel, if on one alone."""

    check: Check
    reason: str
    fix: str = ""
    blocking: bool = False
    channel: str = ""

    @property
    def message(self) -> str:
        """Reason and fix in one line, as they are told."""
        where = f"{self.channel}: " if self.channel else ""
        return f"{where}{self.reason} {self.fix}".strip()
