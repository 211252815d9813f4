"""A report as tables: the same ones in the spreadsheet, in the CSV files and in the document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _

from social_publisher.engagement.figures import Figures
from social_publisher.models.reporting import Audience, Stage
from social_publisher.reports.definitions import (
    APPROVALS,
    CHANNELS,
    DEFINITIONS,
    METHOD,
    PORTAL_LANGUAGE,
    PORTAL_STATUSES,
    STATES,
    STATUSES,
    Words,
)
from social_publisher.reports.facts import Activity, Indicator, Report
from social_publisher.reports.wording import day, indicator_name, language_name, moment, network_name, told

Cell = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a heading; `code` is its name in file names. None is "not told"."""

    code: str
    title: str
    heading: list[str]
    rows: list[list[Cell]]


def sheets(report: Report, made_on: date) -> list[Sheet]:
    """All tables in the active language."""
    return [
        about(report, made_on),
        numbers(report),
        indicator_table(report),
        days(report),
        channels(report),
        languages(report),
        pages(report),
        evidence(report),
        activities(report),
    ]


def period_text(report: Report) -> str:
    """The days in words."""
    if report.first is None:
        return _("Everything until %(last)s") % {"last": day(report.last)}
    return _("From %(first)s to %(last)s") % {"first": day(report.first), "last": day(report.last)}


def about(report: Report, made_on: date, *, whole: bool = True) -> Sheet:
    """What the report is about, and how its data can be recognised; with goal and method, where these stand nowhere
    else."""
    subject = report.subject
    is_campaign = subject.kind == "campaign"
    facts: list[tuple[str, str]] = [
        (_("Campaign") if is_campaign else _("Project"), subject.name),
        (_("Project"), subject.project if is_campaign else ""),
        (_("Grant reference"), subject.grant),
        (_("Goal"), subject.goal if whole else ""),
        (_("Period"), period_text(report)),
        (_("Time zone"), report.zone),
        (_("Clicks as of"), moment(report.clicks_as_of, report.zone)),
        (_("Networks last read"), moment(report.networks_read_at, report.zone)),
        (_("Made on"), day(made_on)),
        (_("SHA-256 of the data"), report.digest),
        (_("Rehearsal"), rehearsal_words() if report.rehearsal else ""),
        *((_("Method"), str(words)) for words in METHOD if whole),
    ]
    rows: list[list[Cell]] = [[name, value] for name, value in facts if value]
    return Sheet("about", _("About this report"), [_("What"), _("Value")], rows)


def rehearsal_words() -> str:
    """Said wherever rehearsals are in the numbers."""
    return _("Rehearsals are in these numbers, which reached no public network. They are no result.")


def numbers(report: Report) -> Sheet:
    """Every number of the period with its stage and its definition."""
    as_of = {
        "clicks": moment(report.clicks_as_of, report.zone),
        "networks": moment(report.networks_read_at, report.zone),
        "days": day(report.last),
    }
    rows: list[list[Cell]] = []
    for row in report.numbers:
        known = DEFINITIONS[row.code]
        rows.append([str(known.stage.label), str(known.label), row.value, str(known.text), as_of[known.by]])
    return Sheet("numbers", _("Numbers"), [_("Stage"), _("Number"), _("Value"), _("What it is"), _("As of")], rows)


def indicator_table(report: Report) -> Sheet:
    """What was promised and what is reached."""
    heading = [
        _("Campaign or project"), _("Stage"), _("Indicator"), _("Baseline"), _("Target"), _("Reached so far"),
        _("Percent of the way"), _("Source"), _("As of"), _("Entered by"),
    ]  # fmt: skip
    rows = [indicator_row(row) for row in report.indicators]
    return Sheet("indicators", _("Indicators"), heading, rows)


def indicator_row(row: Indicator) -> list[Cell]:
    """An indicator's cells, in the order of the heading."""
    return [
        row.about,
        str(Stage(row.stage).label),
        indicator_name(row.label, row.labels, row.counts),
        "" if row.baseline is None else row.baseline,
        "" if row.target is None else row.target,
        _("not reported") if row.actual is None else row.actual,
        "" if row.share is None else row.share,
        _("Counted by this site") if row.counts else row.source,
        day(row.as_of),
        row.entered_by,
    ]


def _figure_heading() -> list[str]:
    return [
        _("Link clicks"), _("Impressions"), _("Reactions"), _("Likes"), _("Reposts"), _("Replies"), _("Quotes"),
        _("Bookmarks"), _("Reactions per 100 impressions"),
    ]  # fmt: skip


def figure_cells(figures: Figures) -> list[Cell]:
    """A row's figures, in the order of their heading."""
    return [
        figures.link_clicks, figures.impressions, figures.reactions, figures.likes, figures.reposts, figures.replies,
        figures.quotes, figures.bookmarks, figures.rate,
    ]  # fmt: skip


def days(report: Report) -> Sheet:
    """The period in equal parts."""
    rows: list[list[Cell]] = [
        [row.first.isoformat(), row.last.isoformat(), *figure_cells(row.figures)] for row in report.steps
    ]
    return Sheet("days", _("Over time"), [_("From"), _("Until"), *_figure_heading()], rows)


def channels(report: Report) -> Sheet:
    """By channel."""
    rows: list[list[Cell]] = [
        [name, network_name(network), *figure_cells(figures)] for name, network, figures in report.channels
    ]
    return Sheet("channels", _("By channel"), [_("Channel"), _("Network"), *_figure_heading()], rows)


def languages(report: Report) -> Sheet:
    """By the posts' language."""
    rows: list[list[Cell]] = [[language_name(code), *figure_cells(figures)] for code, figures in report.languages]
    return Sheet("languages", _("By language"), [_("Language"), *_figure_heading()], rows)


def pages(report: Report) -> Sheet:
    """Reads of the campaign's pages."""
    rows: list[list[Cell]] = [
        [title or _("A page that was deleted"), language_name(language), reads]
        for title, language, reads in report.pages
    ]
    return Sheet("pages", _("Pages"), [_("Page"), _("Language"), _("Page reads")], rows)


def evidence(report: Report) -> Sheet:
    """Every post on every channel, as it left, with what it brought in the period."""
    heading = [
        _("Number"), _("Campaign"), _("Post"), _("Language"), _("Channel"), _("Network"), _("Left at"),
        _("Approved by"), _("State"), _("Left in the period"), _("Address"), *_figure_heading(),
        _("Readers of its link on its best day"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            row.delivery, row.campaign, row.text, language_name(row.language), row.channel, network_name(row.network),
            moment(row.published_at, report.zone), str(APPROVALS[row.approval]), str(STATES[row.state]),
            _("yes") if row.left_in_period else _("no"), row.url,
            *figure_cells(row.figures), row.readers_of_a_day,
        ]
        for row in report.evidence
    ]  # fmt: skip
    return Sheet("posts", _("Posts"), heading, rows)


def for_portal(report: Report) -> Sheet:
    """The Funding & Tenders Portal's table "Communication activities", in its language and with its own statuses."""
    with translation.override(PORTAL_LANGUAGE):
        return activities(report, PORTAL_STATUSES)


def activities(report: Report, statuses: Mapping[str, Words] = STATUSES) -> Sheet:
    """What took place, in the columns of the portal's table and their order."""
    heading = [
        _("Communication activity name"), _("Description"), _("Target audience"), _("Communication channel"),
        _("Outcome"), _("Status"),
    ]  # fmt: skip
    rows = [_activity_row(row, statuses) for row in report.activities]
    return Sheet("communication-activities", _("Communication activities"), heading, rows)


def _activity_row(row: Activity, statuses: Mapping[str, Words]) -> list[Cell]:
    if row.channel == "social":
        name = _("%(campaign)s: posts on %(network)s") % {
            "campaign": row.campaign,
            "network": network_name(row.network),
        }
    else:
        name = _("%(campaign)s: pages on this site") % {"campaign": row.campaign}
    return [
        name,
        row.goal,
        "; ".join(str(Audience(code).label) for code in row.audiences),
        str(CHANNELS[row.channel]),
        ", ".join(_outcome(row)),
        str(statuses[row.status]),
    ]


def _outcome(row: Activity) -> Iterable[str]:
    """What came of it, as far as somebody tells it."""
    if row.channel == "website":
        yield _("Page reads: %(count)s") % {"count": told(row.reads)}
        yield _("Downloads: %(count)s") % {"count": told(row.downloads)}
        return
    yield _("Posts: %(count)s") % {"count": told(row.posts)}
    for label, value in (
        (_("Impressions: %(count)s"), row.figures.impressions),
        (_("Reactions: %(count)s"), row.figures.reactions),
        (_("Link clicks: %(count)s"), row.figures.link_clicks),
    ):
        yield label % {"count": told(value)}
