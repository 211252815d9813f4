"""What each number means, in words: on screens, in every report and file the same."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from social_publisher.models.reporting import Stage

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Definition:
    """A number's name, its stage, what it is, and who tells it: the clicks counted here, networks, or the days' end."""

    stage: Stage
    label: Words
    text: Words
    by: str = "days"


DEFINITIONS = {
    "charged": Definition(
        Stage.INPUTS,
        _("Charged by networks (US dollars)"),
        _("What networks charged for the posts that left in the period, at the prices that held at approval."),
    ),
    "posts": Definition(
        Stage.OUTPUTS,
        _("Posts published"),
        _("Different posts that left in the period and were not taken back; one post on three channels counts once."),
    ),
    "deliveries": Definition(
        Stage.OUTPUTS,
        _("Posts on channels"),
        _("The same, each channel counted: one post on three channels counts three times."),
    ),
    "impressions": Definition(
        Stage.OUTPUTS,
        _("Impressions"),
        _("How often the network says it showed a post. Networks count differently; not all tell it."),
        by="networks",
    ),
    "downloads": Definition(
        Stage.OUTPUTS,
        _("Files downloaded"),
        _(
            "How often the campaign's documents and press kit were downloaded, known programs left out. A document "
            "that several campaigns offer counts for each."
        ),
    ),
    "clicks": Definition(
        Stage.OUT_TAKES,
        _("Link clicks"),
        _(
            "How often the posts' own short links were followed, counted on this site, known programs left out. It "
            "counts posts, never people."
        ),
        by="clicks",
    ),
    "reactions": Definition(
        Stage.OUT_TAKES,
        _("Reactions"),
        _("Likes, reposts, replies, quotes and bookmarks together, as far as the network tells them."),
        by="networks",
    ),
    "rate": Definition(
        Stage.OUT_TAKES,
        _("Reactions per 100 impressions"),
        _("Of those posts alone whose impressions are told; all their reactions over all their impressions."),
        by="networks",
    ),
    "reads": Definition(
        Stage.OUT_TAKES,
        _("Page reads"),
        _("How often the campaign's pages were opened on this site, staff and known programs left out."),
    ),
    "report_clicks": Definition(
        Stage.OUTCOMES,
        _("Link clicks to “how to report”"),
        _("Those link clicks that led to the page that says how to report a crime. It is no count of reports."),
        by="clicks",
    ),
}

METHOD: tuple[Words, ...] = (
    _("Numbers of a time are what came in within it, whenever the post left. A number below 0 means that more was "
      "taken back than came."),
    _("“n/a” means that the network does not tell it. It is not 0."),
    _("Reach is not shown: it cannot be added up over posts or networks."),
    _("Clicks and reads are counted without a cookie and without any mark of a person; whoever asks not to be tracked "
      "is not counted."),
    _("What was taken back, by us or by others, keeps what it brought until then."),
    _("Impact is what agencies report. A campaign contributes to it; this report never says that it caused it."),
)  # fmt: skip

APPROVALS = {
    "two": _("An approver who was neither author nor last editor"),
    "three": _("Two approvers, neither of them author or last editor"),
    "in-advance": _("Approved in advance by another person"),
    "urgent-signed": _("Sent in an emergency, signed off afterwards by an approver"),
    "urgent-open": _("Sent in an emergency, not signed off yet"),
}

STATES = {
    "published": _("Published"),
    "recalled": _("Taken back by us"),
    "gone": _("Removed by others"),
}

CHANNELS = {"social": _("Social media"), "website": _("Website")}
STATUSES = {"delivered": _("Completed"), "ongoing": _("Ongoing")}
# As the portal says it, whose table is in English alone.
PORTAL_LANGUAGE = "en"
PORTAL_STATUSES = {"delivered": "Delivered", "ongoing": "Ongoing"}
