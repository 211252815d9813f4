"""A month's report goes out once to everybody who is named, whatever the mail server does to one of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail

from content.records import Campaign
from social_publisher.engagement.periods import Period
from social_publisher.models import AuditEvent, CampaignReporting, MailedReport
from social_publisher.reports import pdf
from social_publisher.reports.collect import report_on
from social_publisher.reports.monthly import mail_monthly

pytestmark = pytest.mark.django_db
MAY = Period(date(2026, 5, 1), date(2026, 5, 31))


def at(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), UTC)


@pytest.fixture
def mailing(campaign: Campaign) -> CampaignReporting:
    """Somebody has been named since April."""
    row = CampaignReporting.objects.create(
        campaign=campaign, mail_to="one@example.org\nbad@example.org\ntwo@example.org\n", mail_language="mk"
    )
    assert mail_monthly(at(date(2026, 4, 20))) == 0
    return row


def test_a_month_is_mailed_once_on_the_first_day_of_the_next(mailing: CampaignReporting) -> None:
    assert mail_monthly(at(date(2026, 4, 30))) == 0
    assert mail_monthly(at(date(2026, 5, 1))) == 3
    mail.outbox.clear()
    assert mail_monthly(at(date(2026, 5, 31))) == 0
    # The month ends by the installation's days: it is June there two hours before it is by UTC.
    assert mail_monthly(at(date(2026, 5, 31), 22)) == 3
    assert mail_monthly(at(date(2026, 6, 1))) == mail_monthly(at(date(2026, 6, 30))) == 0
    assert sorted(letter.to[0] for letter in mail.outbox) == ["bad@example.org", "one@example.org", "two@example.org"]
    names = [name for name, _data, _kind in mail.outbox[0].attachments]
    assert [name.rsplit(".")[-1] for name in names] == ["pdf", "xlsx"]
    assert report_on(mailing.campaign, MAY).digest in mail.outbox[0].body
    assert "проби" in mail.outbox[0].body


def test_an_address_that_is_refused_keeps_nobody_from_theirs(
    mailing: CampaignReporting, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []

    def refuse(_self: Any, letters: list[Any]) -> int:
        (letter,) = letters
        if letter.to == ["bad@example.org"]:
            raise SMTPRecipientsRefused({"bad@example.org": (550, b"no such person")})
        sent.extend(letter.to)
        return 1

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    for hour in range(5):
        mail_monthly(at(date(2026, 6, 1), 9 + hour))
    assert sorted(sent) == ["one@example.org", "two@example.org"]
    assert MailedReport.objects.get(address="bad@example.org").refusal
    assert AuditEvent.objects.filter(action="report.refused").count() == 1


def test_a_mail_server_that_is_down_loses_no_report(
    mailing: CampaignReporting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_what: Any) -> None:
        raise ConnectionRefusedError("no mail today")

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
        assert mail_monthly(at(date(2026, 6, 1))) == 0
    assert mail_monthly(at(date(2026, 6, 1))) == 0  # claimed for an hour
    assert mail_monthly(at(date(2026, 6, 1), 10)) == 3


def test_a_document_that_cannot_be_drawn_keeps_nobody_from_the_numbers(
    mailing: CampaignReporting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_what: Any) -> bytes:
        raise pdf.ReportError("no")

    monkeypatch.setattr("social_publisher.reports.pdf.document", fail)
    assert mail_monthly(at(date(2026, 6, 1))) == 3
    assert [name.rsplit(".")[-1] for name, _data, _kind in mail.outbox[0].attachments] == ["xlsx"]


def test_who_is_named_again_waits_for_the_months_end(mailing: CampaignReporting) -> None:
    CampaignReporting.objects.filter(pk=mailing.pk).update(mail_to="")
    assert mail_monthly(at(date(2026, 6, 1))) == 0
    CampaignReporting.objects.filter(pk=mailing.pk).update(mail_to="new@example.org")
    assert mail_monthly(at(date(2026, 8, 15))) == 0
    assert mail_monthly(at(date(2026, 9, 1))) == 1


def test_the_longest_address_a_form_takes_fits(mailing: CampaignReporting) -> None:
    longest = f"{'a' * 64}@{'.'.join(['b' * 63] * 4)[:251]}.org"
    CampaignReporting.objects.filter(pk=mailing.pk).update(mail_to=longest)
    assert mail_monthly(at(date(2026, 6, 1))) == 1
