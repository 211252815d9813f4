from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand
from django.utils import timezone


class Command(BaseCommand):
    help = (
        "Delete what is kept of people for a while, once it is over: sessions that ended, with the address and "
        "browser they came from, and wrong tries at signing in. Readers' messages, counted readers and readings are "
        "deleted by the clock. Run it daily. Example: python manage.py forget_personal_data"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        sessions, _by_model = Session.objects.filter(expire_date__lt=now).delete()
        kept = Session.objects.values("session_key")
        ended, _by_model = UserSession.objects.exclude(session_key__in=kept).delete()
        since = now - timedelta(minutes=settings.SIGN_IN_LOCK_MINUTES)
        tries, _by_model = AccessAttempt.objects.filter(attempt_time__lt=since).delete()
        self.stdout.write(f"Deleted: {sessions} sessions that ended, {ended} of their traces, {tries} wrong tries.")
