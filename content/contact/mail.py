"""Sends stored messages on by mail. The reader never waits for it, and a mail server that is down loses nothing."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from content.contact.models import ContactMessage

logger = logging.getLogger(__name__)

BATCH = 20
ATTEMPTS = 12
LONGEST_WAIT = timedelta(hours=6)


def due(now: datetime) -> QuerySet[ContactMessage]:
    """What is to be mailed now, longest due first."""
    return ContactMessage.objects.filter(mail_at__lte=now).order_by("mail_at")


def mail_due(now: datetime) -> int:
    """Send what is due, each once; what fails waits longer each time. Returns how many left."""
    sent = 0
    for _turn in range(BATCH):
        with transaction.atomic():
            message = due(now).select_for_update(skip_locked=True).first()
            if message is None:
                break
            sent += _send(message, now)
    return sent


def _send(message: ContactMessage, now: datetime) -> int:
    message.mail_attempts += 1
    try:
        letter(message).send()
    except (OSError, ValueError) as error:
        # An address that cannot be written in a letter is a ValueError, as bad letters are.
        wait = min(timedelta(minutes=2**message.mail_attempts), LONGEST_WAIT)
        message.mail_at = now + wait if message.mail_attempts < ATTEMPTS else None
        logger.warning("message %s could not be mailed (%s)", message.reference, error)
    else:
        message.mail_at, message.mailed_at = None, now
    message.save(update_fields=["mail_attempts", "mail_at", "mailed_at"])
    return 1 if message.mailed_at else 0


def letter(message: ContactMessage) -> EmailMessage:
    """The mail to staff, in the site's first language."""
    with override(settings.LANGUAGE_CODE):
        place = reverse("wagtailsnippets_content_contactmessage:inspect", args=[message.pk])
        lines = [
            message.text,
            "",
            "-- ",
            _("Topic: %(topic)s") % {"topic": message.topic or "-"},
            _("Name: %(name)s") % {"name": message.name or "-"},
            _("Email address: %(email)s") % {"email": message.email or "-"},
            _("Language of the page: %(language)s") % {"language": message.get_language_display()},
            f"{settings.WAGTAILADMIN_BASE_URL}{place}",
        ]
        subject = _("Message %(reference)s from the site") % {"reference": message.reference}
    reply_to = [message.email] if message.email else None
    return EmailMessage(subject, "\n".join(lines), to=list(message.recipients), reply_to=reply_to)
