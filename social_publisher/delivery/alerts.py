"""Telling staff what needs them. An alert is written with the change it tells of, and told by the clock."""

from __future__ import annotations

import logging
from datetime import datetime
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from social_publisher.models import Alert

logger = logging.getLogger(__name__)

PERMISSION = "social_publisher.add_pause"
ONE_MAIL = 200
LISTED = 20


def recipients() -> list[Any]:
    """Who is told: active accounts with an address that may pause channels."""
    people = get_user_model().objects.with_perm(PERMISSION, backend="django.contrib.auth.backends.ModelBackend")
    return list(people.filter(is_active=True).exclude(email="").distinct())


@transaction.atomic
def tell_people(now: datetime) -> int:
    """Send what nobody has been told of yet, one mail a person for all of it; return how many alerts were told.

    It counts as told when one mail went out. Raises OSError when none did; then it is all told the next time.
    """
    rows = Alert.objects.select_for_update(of=("self",), skip_locked=True).filter(told_at=None)
    alerts = list(rows.select_related("delivery__channel", "delivery__post", "channel")[:ONE_MAIL])
    people = recipients() if alerts else []
    if not people:
        return 0
    failures = [error for person in people if (error := _send(_mail(person, alerts))) is not None]
    if len(failures) == len(people):
        raise OSError(f"no mail could be sent: {failures[0]}")
    return Alert.objects.filter(pk__in=[alert.pk for alert in alerts]).update(told_at=now)


def _send(message: EmailMessage) -> Exception | None:
    """Send one mail; one person's refused address keeps nobody else from being told."""
    try:
        message.send()
    except (OSError, SMTPException) as error:
        logger.warning("a mail to staff could not be sent: %s", error)
        return error
    return None


def _mail(person: Any, alerts: list[Alert]) -> EmailMessage:
    profile = getattr(person, "wagtail_userprofile", None)
    language = (profile and profile.preferred_language) or settings.LANGUAGE_CODE
    with translation.override(language):
        count = len(alerts)
        subject = ngettext("%(count)d post needs attention", "%(count)d posts need attention", count)
        lines = [f"- {_line(alert)}" for alert in alerts[:LISTED]]
        if count > LISTED:
            lines.append(_("… and %(count)d more.") % {"count": count - LISTED})
        where = f"{settings.PUBLIC_BASE_URL}/admin/social/queue/"
        body = "\n".join([*lines, "", _("See the queue: %(address)s") % {"address": where}])
        return EmailMessage(subject % {"count": count}, body, to=[person.email])


def _line(alert: Alert) -> str:
    channel = alert.channel or (alert.delivery and alert.delivery.channel)
    post = f" “{alert.delivery.post}”" if alert.delivery else ""
    return f"{alert.get_kind_display()}: {channel}{post}. {alert.words}"
