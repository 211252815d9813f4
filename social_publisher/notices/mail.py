"""Notices by e-mail: at once, with what comes within the same minute in one mail, and as a daily summary.

Told at least once: a mail is claimed for a minute before it is sent, and written down as sent after. Where a process is
killed in between, it is sent again a minute later. No transaction is open while a mail server is slow.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from social_publisher.models import Mail, Notice, NoticeProfile
from social_publisher.models.notice import MORNING

logger = logging.getLogger(__name__)

APART = timedelta(minutes=1)
AFTER_FAILURE = timedelta(minutes=10)
# What could not be mailed for so long is old news; it stands on the screen.
USEFUL = timedelta(days=2)
MOST = 5000
ONE_MAIL = 200
LISTED = 20
SENSITIVE = (
    Q(alert__post__campaign__rules__is_sensitive=True)
    | Q(alert__delivery__post__campaign__rules__is_sensitive=True)
    | Q(alert__correction__campaign__rules__is_sensitive=True)
)


def mail_due(now: datetime) -> int:
    """Send everybody what is due to be mailed, and return how many mails went out.

    One person's refused address keeps nobody else from being told. Raises OSError when the mail server cannot be
    reached; then it is all sent later.
    """
    due = _due(now)
    if not due:
        return 0
    link = get_connection()
    link.open()
    try:
        return sum(_tell(person, mails, link, now) for person, mails in due)
    finally:
        link.close()


def _due(now: datetime) -> list[tuple[Any, list[list[Any]]]]:
    """The people to mail now, each with the notices of each mail; one query."""
    may = Q(person__notice_profile=None) | Q(person__notice_profile__mail_after=None)
    may |= Q(person__notice_profile__mail_after__lte=now)
    rows = Notice.objects.filter(may, mailed_at=None, created_at__gt=now - USEFUL, person__is_active=True)
    rows = rows.exclude(mail=Mail.OFF).exclude(person__email="").order_by("mail", "created_at", "pk")
    rows = rows.select_related("person__wagtail_userprofile", "person__notice_profile")
    people: dict[int, tuple[Any, list[list[Any]]]] = {}
    for notice in rows.annotate(sensitive=ExpressionWrapper(SENSITIVE, BooleanField()))[:MOST]:
        person, (at_once, summary) = people.setdefault(notice.person_id, (notice.person, [[], []]))
        if notice.mail == Mail.AT_ONCE:
            at_once.append(notice)
        elif notice.created_at < _last_summary(person, now):
            summary.append(notice)
    return [(person, mails) for person, mails in people.values() if any(mails)]


def last_summary(now: datetime, hour: int, zone: ZoneInfo) -> datetime:
    """When the newest daily summary was due, in UTC: what is older than this and not mailed belongs into it."""
    local = now.astimezone(zone)
    due = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    return (due if due <= local else due - timedelta(days=1)).astimezone(UTC)


def _last_summary(person: Any, now: datetime) -> datetime:
    profile = getattr(person, "wagtail_userprofile", None)
    zone = ZoneInfo((profile and profile.current_time_zone) or settings.TIME_ZONE)
    settled: NoticeProfile | None = getattr(person, "notice_profile", None)
    return last_summary(now, settled.digest_hour if settled else MORNING, zone)


def _tell(person: Any, mails: list[list[Any]], link: Any, now: datetime) -> int:
    """Send one person their mails, unless another process does; return how many went out."""
    NoticeProfile.objects.get_or_create(person=person)
    free = NoticeProfile.objects.filter(Q(mail_after=None) | Q(mail_after__lte=now), person=person)
    if not free.update(mail_after=now + APART):
        return 0
    return sum(_sent(person, notices[:ONE_MAIL], link, now) for notices in mails if notices)


def _sent(person: Any, notices: Sequence[Any], link: Any, now: datetime) -> bool:
    try:
        _mail(person, notices, link).send()
    except (OSError, ValueError) as error:  # smtplib's are OSErrors; what cannot be an address is a ValueError
        logger.warning("a mail to staff could not be sent: %s", error)
        NoticeProfile.objects.filter(person=person).update(mail_after=now + AFTER_FAILURE)
        return False
    return bool(Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=now))


def _mail(person: Any, notices: Sequence[Any], link: Any) -> EmailMessage:
    with translation.override(_language(person)):
        count = len(notices)
        subject = ngettext("%(count)d notice: %(kind)s", "%(count)d notices: %(kind)s", count)
        lines = [_line(notice) for notice in notices[:LISTED]]
        if count > LISTED:
            lines.append(_("… and %(count)d more.") % {"count": count - LISTED})
        base = f"{settings.PUBLIC_BASE_URL}/admin/"
        lines.append(_("All of them: %(address)s") % {"address": f"{base}social/notices/"})
        lines.append(_("Choose what you are told: %(address)s") % {"address": f"{base}account/#tab-notifications"})
        kinds = ", ".join(dict.fromkeys(str(notice.get_kind_display()) for notice in notices))
        told = subject % {"count": count, "kind": kinds[:150]}
        return EmailMessage(told, "\n\n".join(lines), to=[person.email], connection=link)


def _line(notice: Any) -> str:
    """One notice; of sensitive campaigns nothing but that there is one, since mail is read by many machines."""
    kind, address = notice.get_kind_display(), f"{settings.PUBLIC_BASE_URL}{notice.url}"
    if notice.sensitive:
        return f"{kind}\n{address}"
    return f"{kind}: {notice.about}. {notice.words}".rstrip() + f"\n{address}"


def _language(person: Any) -> str:
    profile = getattr(person, "wagtail_userprofile", None)
    return (profile and profile.preferred_language) or settings.LANGUAGE_CODE
