"""The report of a month by mail, on the first day of the next, to those whom the campaign names."""

from __future__ import annotations

import logging
from datetime import date, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from social_publisher.approval.audit import record
from social_publisher.engagement.periods import Period
from social_publisher.models import CampaignReporting
from social_publisher.reports import sheets
from social_publisher.reports.collect import report_on
from social_publisher.reports.definitions import DEFINITIONS
from social_publisher.reports.facts import Report
from social_publisher.reports.formats import File, Format, made
from social_publisher.reports.pdf import ReportError
from social_publisher.reports.wording import told

logger = logging.getLogger(__name__)

TOLD = ("posts", "impressions", "reactions", "clicks", "reads", "downloads")


def mail_monthly(today: date) -> int:
    """Send what is due, and return how many reports went out. What a mail server refused is tried again."""
    month = _month_before(today)
    # Whoever is named for the first time gets the report of the month in which that happened, when it is over.
    CampaignReporting.objects.exclude(mail_to="").filter(mailed_for=None).update(mailed_for=month.first)
    sent = 0
    due = CampaignReporting.objects.exclude(mail_to="").filter(mailed_for__lt=month.first)
    for key in due.values_list("pk", flat=True):
        try:
            sent += _mail(key, month, today)
        except (OSError, ValueError, ReportError) as error:
            logger.warning("a monthly report could not be mailed (%s); it is tried again", error)
    return sent


def _month_before(today: date) -> Period:
    last = today.replace(day=1) - timedelta(days=1)
    return Period(last.replace(day=1), last)


def _mail(key: int, month: Period, today: date) -> int:
    """One campaign's report, unless another process sends it."""
    with transaction.atomic():
        rows = CampaignReporting.objects.select_for_update(skip_locked=True, of=("self",)).select_related("campaign")
        row = rows.filter(pk=key, mailed_for__lt=month.first).first()
        if row is None:
            return 0
        report = report_on(row.campaign, month)
        with translation.override(row.mail_language):
            files = [made(report, kind, today) for kind in (Format.PDF, Format.XLSX)]
            words, subject = _words(report), _("Report: %(name)s") % {"name": row.campaign.name}
        link = get_connection()
        link.send_messages([_letter(address, subject, words, files) for address in row.addresses])
        CampaignReporting.objects.filter(pk=key).update(mailed_for=month.first)
        record("report.mailed", row.campaign, campaign=row.campaign_id, month=str(month.first), digest=report.digest)
    return 1


def _letter(address: str, subject: str, words: str, files: list[File]) -> EmailMessage:
    letter = EmailMessage(subject, words, to=[address])
    for file in files:
        letter.attach(file.name, file.data, file.content_type)
    return letter


def _words(report: Report) -> str:
    values = {row.code: row.value for row in report.numbers}
    lines = [
        f"{report.subject.name}, {report.subject.project}",
        sheets.period_text(report),
        "",
        *([sheets.rehearsal_words(), ""] if report.rehearsal else []),
        *(f"{DEFINITIONS[code].label}: {told(values[code])}" for code in TOLD),
        "",
        _("Everything else is in the attached files. SHA-256 of the data: %(digest)s") % {"digest": report.digest},
        f"{settings.PUBLIC_BASE_URL}/admin/social/results/",
    ]
    return "\n".join(lines)
