"""The report of a month by mail, on the first day of the next, to those whom the campaign names.

Told at least once: a letter is claimed for an hour before it is sent, and written down as sent after. One address that
a server refuses keeps nobody else from theirs, and no transaction is open while a report is drawn or a server is slow.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from social_publisher.approval.audit import record
from social_publisher.engagement.periods import Period
from social_publisher.models import CampaignReporting, MailedReport
from social_publisher.reports import sheets
from social_publisher.reports.collect import report_on
from social_publisher.reports.definitions import DEFINITIONS
from social_publisher.reports.facts import Report
from social_publisher.reports.formats import File, Format, made
from social_publisher.reports.pdf import ReportError
from social_publisher.reports.wording import told

logger = logging.getLogger(__name__)

AGAIN = timedelta(hours=1)
TOLD = ("posts", "impressions", "reactions", "clicks", "reads", "downloads")


def mail_monthly(now: datetime) -> int:
    """Send what is due, and return how many letters went out."""
    month = _month_before(now)
    _plan(month, now)
    due = MailedReport.objects.filter(month=month.last.replace(day=1), sent_at=None, refusal="", next_at__lte=now)
    keys = due.order_by().values_list("reporting", flat=True).distinct()
    rows = CampaignReporting.objects.filter(pk__in=keys).select_related("campaign").order_by("pk")
    return sum(_mail(row, month, now) for row in rows)


def _month_before(now: datetime) -> Period:
    last = timezone.localdate(now, timezone.get_default_timezone()).replace(day=1) - timedelta(days=1)
    return Period(last.replace(day=1), last)


def _plan(month: Period, now: datetime) -> None:
    """One row a campaign and address. Whoever is named gets the month in which that happened first, when it is over."""
    everybody = CampaignReporting.objects.all()
    everybody.filter(mail_to="").exclude(mail_since=None).update(mail_since=None)
    begun = timezone.localdate(now, timezone.get_default_timezone()).replace(day=1)
    everybody.exclude(mail_to="").filter(mail_since=None).update(mail_since=begun)
    assert month.first is not None
    rows = [
        MailedReport(reporting=row, month=month.first, address=address, next_at=now)
        for row in everybody.filter(mail_since__lte=month.first).exclude(mail_to="")
        for address in row.addresses
    ]
    MailedReport.objects.bulk_create(rows, ignore_conflicts=True)


def _mail(row: CampaignReporting, month: Period, now: datetime) -> int:
    """One campaign's letters that nobody else sends at the moment."""
    open_letters = row.mailed.filter(month=month.first, sent_at=None, refusal="", address__in=row.addresses)
    mine = [one for one in open_letters if _claimed(one, now)]
    if not mine:
        return 0
    report = report_on(row.campaign, month)
    with translation.override(row.mail_language):
        files = list(_files(report, now))
        words = _words(report)
        subject = " ".join((_("Report: %(name)s") % {"name": row.campaign.name}).split())
    return sum(_sent(one, row, EmailMessage(subject, words, to=[one.address]), files, report) for one in mine)


def _claimed(letter: MailedReport, now: datetime) -> bool:
    free = MailedReport.objects.filter(pk=letter.pk, sent_at=None, next_at__lte=now)
    return bool(free.update(next_at=now + AGAIN))


def _files(report: Report, now: datetime) -> Iterable[File]:
    """The spreadsheet always; a document that cannot be drawn keeps nobody from the numbers."""
    day = timezone.localdate(now, timezone.get_default_timezone())
    try:
        yield made(report, Format.PDF, day)
    except ReportError as error:
        logger.error("a monthly report leaves without its document: %s", error)
    yield made(report, Format.XLSX, day)


def _sent(
    letter: MailedReport, row: CampaignReporting, message: EmailMessage, files: list[File], report: Report
) -> int:
    for file in files:
        message.attach(file.name, file.data, file.content_type)
    try:
        message.send()
    except SMTPRecipientsRefused:
        MailedReport.objects.filter(pk=letter.pk).update(refusal="refused by the mail server")
        record("report.refused", row.campaign, campaign=row.campaign_id, month=str(letter.month))
        return 0
    except (OSError, ValueError) as error:  # smtplib's are OSErrors; what cannot be an address is a ValueError
        logger.warning("a monthly report could not be mailed (%s); it is tried again", error)
        return 0
    MailedReport.objects.filter(pk=letter.pk).update(sent_at=timezone.now())
    record("report.mailed", row.campaign, campaign=row.campaign_id, month=str(letter.month), digest=report.digest)
    return 1


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
