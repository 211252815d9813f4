"""Notices by e-mail: one mail for a storm, one person's refused address, the daily summary, and what is not mailed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from wagtail.users.models import UserProfile

from social_publisher.approval import service
from social_publisher.models import Alert, CampaignRules, Notice, NoticeProfile
from social_publisher.notices.choices import Choice, choose
from social_publisher.notices.fan_out import fan_out
from social_publisher.notices.mail import mail_due
from tests.factories import make_approver, make_post

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 6, 1, 9, 0, tzinfo=UTC)  # 12:00 in Bucharest
MINUTE = timedelta(minutes=1)


def reachable(address: str, language: str = "") -> Any:
    person = make_approver()
    person.email = address
    person.save()
    UserProfile.objects.update_or_create(user=person, defaults={"preferred_language": language})
    return person


def tell(at: datetime, kind: str = "missed", **fields: Any) -> None:
    Alert.objects.tell(kind, at, "Too late.", post=make_post(**fields))
    fan_out(at)


class Choosy(EmailBackend):
    """A mail server that knows not everybody."""

    def send_messages(self, messages: Any) -> int:
        if messages[0].to == ["nobody@example.org"]:
            raise SMTPRecipientsRefused({"nobody@example.org": (550, b"unknown")})
        return super().send_messages(messages)


def test_a_storm_is_one_mail_at_once_and_one_a_minute() -> None:
    reachable("approver@example.org")
    make_approver()  # without an address
    post = make_post()
    for _number in range(25):
        Alert.objects.tell("missed", NOON, "Too late.", post=post)
    fan_out(NOON)
    assert mail_due(NOON) == 1
    assert "25 notices" in mail.outbox[0].subject
    assert "… and 5 more." in mail.outbox[0].body
    tell(NOON)
    tell(NOON)
    assert mail_due(NOON + MINUTE / 2) == 0
    assert mail_due(NOON + MINUTE) == 1
    assert "2 notices" in mail.outbox[1].subject
    assert mail_due(NOON + 2 * MINUTE) == 0


def test_a_refused_address_holds_nobody_else(settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Choosy"
    reachable("nobody@example.org")
    reachable("approver@example.org")
    tell(NOON)
    assert mail_due(NOON) == 1
    assert [message.to for message in mail.outbox] == [["approver@example.org"]]
    assert Notice.objects.filter(mailed_at=None, person__email="nobody@example.org").count() == 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert mail_due(NOON + MINUTE) == 0
    assert mail_due(NOON + 10 * MINUTE) == 1


def test_a_mail_server_out_of_reach_loses_nothing_and_is_not_told_as_sent(settings: Any) -> None:
    reachable("approver@example.org")
    tell(NOON)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(OSError):
        mail_due(NOON)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert mail_due(NOON) == 1


def test_a_process_killed_while_sending_has_it_sent_again_a_minute_later() -> None:
    person = reachable("approver@example.org")
    tell(NOON)
    # What it leaves behind: the claim, and nothing written down as sent.
    NoticeProfile.objects.create(person=person, mail_after=NOON + MINUTE)
    assert mail_due(NOON) == 0
    assert mail_due(NOON + MINUTE) == 1


def test_the_summary_comes_once_a_day_at_the_persons_own_hour() -> None:
    person = reachable("approver@example.org")
    UserProfile.objects.filter(user=person).update(current_time_zone="America/New_York")
    NoticeProfile.objects.create(person=person, digest_hour=7)
    choose(person, {"missed": Choice(True, "digest")})
    tell(NOON)  # 05:00 in New York
    assert mail_due(NOON + timedelta(hours=1, minutes=59)) == 0
    assert mail_due(NOON + timedelta(hours=2)) == 1
    tell(NOON + timedelta(hours=3))
    assert mail_due(NOON + timedelta(hours=25)) == 0
    assert mail_due(NOON + timedelta(hours=26)) == 1


def test_a_mail_is_in_the_persons_language_and_leads_to_the_screen(settings: Any) -> None:
    settings.PUBLIC_BASE_URL = "https://campaigns.example.org"
    reachable("approver@example.org", language="ro")
    tell(NOON, "to_approve", text="Ask where it comes from.")
    mail_due(NOON)
    body = mail.outbox[0].body
    assert "Ask where it comes from." in body
    assert "https://campaigns.example.org/admin/social/queue/review/" in body
    assert "https://campaigns.example.org/admin/account/#tab-notifications" in body


def test_of_a_sensitive_campaign_no_word_is_mailed() -> None:
    reachable("approver@example.org")
    post = make_post(text="About a victim.")
    CampaignRules.objects.create(campaign=post.campaign, is_sensitive=True)
    Alert.objects.tell("to_approve", NOON, "Secret words.", post=post)
    fan_out(NOON)
    mail_due(NOON)
    body = mail.outbox[0].body
    assert "About a victim" not in body
    assert "Secret words" not in body
    assert f"/admin/social/queue/review/{post.pk}/" in body


def test_wagtails_own_workflow_mails_leave_posts_alone(django_capture_on_commit_callbacks: Any) -> None:
    reachable("approver@example.org")
    post = make_post()
    with django_capture_on_commit_callbacks(execute=True):
        service.submit(post, post.author)
    assert mail.outbox == []


def test_old_news_is_not_mailed() -> None:
    reachable("approver@example.org")
    tell(NOON)
    assert mail_due(NOON + timedelta(days=3)) == 0


def test_an_address_that_is_none_keeps_nobody_else_from_being_told() -> None:
    reachable("approver@example.org")
    reachable("first\nBcc: second@example.org")
    tell(NOON)
    assert mail_due(NOON) == 1
