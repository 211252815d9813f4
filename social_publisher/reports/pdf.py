"""A report as a tagged PDF (PDF/UA-1), made by Typst: no browser, no network, no font of the machine it runs on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst
from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content.visibility import notice_for
from social_publisher.engagement.charts import Series, bar_chart
from social_publisher.engagement.figures import Figures
from social_publisher.models.reporting import Stage
from social_publisher.reports import sheets
from social_publisher.reports.definitions import APPROVALS, METHOD, STATES
from social_publisher.reports.facts import Evidence, Report
from social_publisher.reports.letters import all_drawable
from social_publisher.reports.sheets import Cell, Sheet
from social_publisher.reports.wording import day, moment, reported, told

TEMPLATE = Path(__file__).with_name("report.typ")
EMBLEM = "campaign_site/img/eu-emblem.svg"
# A drawing that stands alone brings its looks with it: dark and light, one of them outlined, so that grey paper does.
LOOKS = (
    "<style>.chart__bar--a{fill:#0a4c86}.chart__bar--b{fill:#f4b223;stroke:#7a5600;stroke-width:1.5}"
    ".chart text{font:12px 'Libertinus Serif';fill:#10233f}.chart line{stroke:#10233f;stroke-opacity:.25}</style>"
)


class ReportError(RuntimeError):
    """The document could not be made; the message is for staff."""


def document(report: Report, made_on: date) -> bytes:
    """The report in the active language. The same data made on the same day is the same file. Raises ReportError."""
    # The chart is a drawing whose words are the site's own.
    words = all_drawable(_content(report, made_on)) | {"chart": _chart(report)}
    content = json.dumps(words, ensure_ascii=False)
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "report.typ").write_text(TEMPLATE.read_text())
        (root / "eu-emblem.svg").write_bytes(_emblem())
        try:
            made: Any = typst.compile(
                root / "report.typ",
                root=root,
                format="pdf",
                sys_inputs={"report": content},
                pdf_standards="ua-1",
                timestamp=datetime(made_on.year, made_on.month, made_on.day, tzinfo=UTC),
                ignore_system_fonts=True,
            )
        except typst.TypstError as error:
            raise ReportError(
                _("The document could not be made: %(reason)s. Take the spreadsheet, and tell an administrator.")
                % {"reason": str(error)}
            ) from error
    return bytes(made)


@cache
def _emblem() -> bytes:
    found = finders.find(EMBLEM)
    return Path(found).read_bytes() if isinstance(found, str) else b"<svg xmlns='http://www.w3.org/2000/svg'/>"


def _content(report: Report, made_on: date) -> dict[str, Any]:
    subject = report.subject
    language = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    return {
        "title": _("Results: %(name)s") % {"name": subject.name},
        "subtitle": sheets.period_text(report),
        "author": settings.WAGTAIL_SITE_NAME,
        "language": language,
        "made_on": day(made_on),
        "goal": subject.goal,
        "goal_language": (subject.goal_language or language).split("-")[0],
        "rehearsal": sheets.rehearsal_words() if report.rehearsal else "",
        "notice": _notice(report),
        "words": {
            "goal": _("Goal"),
            "nothing": _("Nothing yet."),
            "method": _("Method"),
            "evidence": _("Evidence: every post as it left"),
            "chart": _(
                "Clicks (dark) and reactions (light, outlined) over time. Days on which nothing came are not listed."
            ),
        },
        "about": _sheet(sheets.about(report, made_on, whole=False)),
        "numbers": {"title": _("Numbers")},
        "stages": [_stage(report, stage) for stage in Stage],
        "days": _days(report),
        "chart_alt": _("Clicks and reactions over time"),
        "channels": {**_sheet(_shortened(sheets.channels(report), 2)), "text_columns": 2},
        "languages": {**_sheet(_shortened(sheets.languages(report), 1)), "text_columns": 1},
        "pages": {**_sheet(sheets.pages(report)), "text_columns": 2},
        "activities": _sheet(sheets.activities(report)),
        "method": [str(words) for words in METHOD],
        "evidence_heading": [
            _("Number"), _("Post"), _("Channel"), _("Left at"), _("Approved by"), _("Reactions and clicks"),
        ],
        "evidence": [_evidence(row, report.zone) for row in report.evidence],
    }  # fmt: skip


def _notice(report: Report) -> dict[str, Any] | None:
    found = notice_for(report.funding, get_language() or "", settings.LANGUAGE_CODE) if report.funding else None
    if found is None:
        return None
    return {
        "statement": found.statement,
        "disclaimer": found.disclaimer,
        "language": found.language.split("-")[0],
        "emblem": found.emblem,
        "emblem_alt": _("The emblem of the European Union: twelve golden stars in a circle on blue"),
    }


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        "title": sheet.title,
        "heading": sheet.heading,
        "rows": [[_text(cell) for cell in row] for row in sheet.rows],
    }


def _text(cell: Cell) -> str:
    return cell if isinstance(cell, str) else told(cell)


def _shortened(sheet: Sheet, names: int) -> Sheet:
    """The columns that fit on paper: names, clicks, impressions, reactions and their rate."""
    keep = [*range(names), *(names + place for place in (0, 1, 2, 8))]
    return Sheet(
        sheet.code,
        sheet.title,
        [sheet.heading[place] for place in keep],
        [[row[place] for place in keep] for row in sheet.rows],
    )


def _days(report: Report) -> dict[str, Any]:
    """Parts of the period in which something came."""
    sheet = _shortened(sheets.days(report), 2)
    rows = [
        [day(step.first), day(step.last), *map(_text, row[2:])]
        for step, row in zip(report.steps, sheet.rows, strict=True)
        if step.figures != Figures()
    ]
    return {"title": sheet.title, "heading": sheet.heading, "rows": rows}


def _stage(report: Report, stage: Stage) -> dict[str, Any]:
    numbers = [row for row in sheets.numbers(report).rows if row[0] == str(stage.label)]
    rows = [[_text(cell) for cell in row[1:]] for row in numbers]
    shown = [row for row in report.indicators if row.stage == stage.value]
    table = [sheets.indicator_row(row) for row in shown]
    return {
        "name": str(stage.label),
        "heading": [_("Number"), _("Value"), _("What it is"), _("As of")],
        "rows": rows,
        "indicator_heading": [
            _("Indicator"), _("Baseline"), _("Target"), _("Reached so far"), _("Percent of the way"),
            _("Source and day"),
        ],
        "indicators": [
            [
                _text(cells[2]),
                _text(cells[3]),
                (_("approx. %(count)s") if row.is_approximate else "%(count)s") % {"count": _text(cells[4])},
                reported(row.actual),
                _text(cells[6]),
                ", ".join(filter(None, [_text(cells[7]), _text(cells[8]), _text(cells[9])])),
            ]
            for row, cells in zip(shown, table, strict=True)
        ],
    }  # fmt: skip


def _chart(report: Report) -> str:
    if not report.steps:
        return ""
    drawn = bar_chart(
        _("Clicks and reactions over time"),
        [date_format(step.first, "j M") for step in report.steps],
        [
            Series(_("Clicks"), [step.figures.link_clicks for step in report.steps], "chart__bar--a"),
            Series(_("Reactions"), [step.figures.reactions or 0 for step in report.steps], "chart__bar--b"),
        ],
    )
    start = drawn.index(">") + 1
    return drawn[:start].replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ') + LOOKS + drawn[start:]


def _evidence(row: Evidence, zone: str) -> dict[str, Any]:
    return {
        "number": str(row.delivery),
        "text": row.text,
        "language": row.language.split("-")[0],
        "url": row.url,
        "channel": row.channel,
        "left_at": moment(row.published_at, zone),
        "approval": str(APPROVALS[row.approval]),
        "state": ", ".join(_remarks(row)),
        "reactions": f"{told(row.figures.reactions)} / {told(row.figures.link_clicks)}",
    }


def _remarks(row: Evidence) -> Iterator[str]:
    """What must be known of a post beside its numbers."""
    if row.state != "published":
        yield str(STATES[row.state])
    if not row.left_in_period:
        yield _("Left before the period")
