"""Finding entries of the audit, as fast among millions as among a few."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import OperationalError, connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from social_publisher.desk.audit_words import KINDS
from social_publisher.desk.local_time import EARLIEST, LATEST
from social_publisher.desk.native import day_input
from social_publisher.models import AuditEvent

A_PAGE = 50
PATIENCE = "5s"
IN_REACH = [MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]


class TooSlowError(Exception):
    """No index helps this search, and looking through everything takes too long."""


class AuditFilterForm(forms.Form):
    """Which entries: all fields may stay empty. Days are the reader's own."""

    since = forms.DateField(label=_("From"), required=False, validators=IN_REACH, widget=day_input())
    until = forms.DateField(label=_("To"), required=False, validators=IN_REACH, widget=day_input())
    person = forms.ModelChoiceField(
        get_user_model().objects.order_by(get_user_model().USERNAME_FIELD), label=_("Person"), required=False
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", "---------"), *((key, name) for key, (name, _p) in KINDS.items())],
    )
    post = forms.IntegerField(label=_("Number of a post"), required=False, min_value=1, max_value=2**63 - 1)
    text = forms.CharField(
        label=_("Words"), required=False, max_length=100, help_text=_("In what it is about, or a person's name.")
    )

    def clean(self) -> dict[str, Any]:
        """The days are in order."""
        asked: dict[str, Any] = super().clean() or {}
        if asked.get("since") and asked.get("until") and asked["until"] < asked["since"]:
            self.add_error("until", _("The last day comes before the first one. Choose a later day."))
        return asked

    def entries(self) -> QuerySet[AuditEvent]:
        """What was asked for; of a form that is not valid, nothing."""
        if not self.is_valid():
            return AuditEvent.objects.none()
        return _chosen(self.cleaned_data)

    def asked(self) -> dict[str, str]:
        """The filled-in fields, as they were typed."""
        return {name: value for name in self.fields if (value := self.data.get(name, ""))}


@dataclass(frozen=True)
class Page:
    """Some entries, newest first, and the mark of where older ones begin."""

    events: list[AuditEvent]
    older: str


def page(entries: QuerySet[AuditEvent], before: str) -> Page:
    """The entries older than a mark, or the newest. Raises TooSlowError."""
    if (mark := _read_mark(before)) is not None:
        at, pk = mark
        entries = entries.filter(at__lte=at).filter(Q(at__lt=at) | Q(pk__lt=pk))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [PATIENCE])
            events = list(entries.order_by("-at", "-pk")[: A_PAGE + 1])
            cursor.execute("SELECT set_config('statement_timeout', '0', true)")
    except OperationalError as error:
        raise TooSlowError from error
    last = events[A_PAGE - 1] if len(events) > A_PAGE else None
    return Page(events[:A_PAGE], f"{last.at.isoformat()}_{last.pk}" if last else "")


def _chosen(asked: Mapping[str, Any]) -> QuerySet[AuditEvent]:
    entries = AuditEvent.objects.all()
    if asked["since"]:
        entries = entries.filter(at__gte=_midnight(asked["since"]))
    if asked["until"]:
        entries = entries.filter(at__lt=_midnight(asked["until"] + timedelta(days=1)))
    if asked["person"]:
        entries = entries.filter(actor=asked["person"])
    if asked["kind"]:
        wanted = Q()
        for prefix in KINDS[asked["kind"]][1]:
            wanted |= Q(action__startswith=prefix)
        entries = entries.filter(wanted)
    if asked["post"]:
        entries = entries.filter(data__has_key="post", data__post=asked["post"])
    if asked["text"]:
        entries = entries.filter(Q(subject__icontains=asked["text"]) | Q(actor_name__icontains=asked["text"]))
    return entries


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _read_mark(mark: str) -> tuple[datetime, int] | None:
    at, _line, pk = mark.partition("_")
    try:
        moment, number = datetime.fromisoformat(at), int(pk)
    except ValueError:
        return None
    return (moment, number) if moment.tzinfo is not None and 0 < number < 2**63 else None
