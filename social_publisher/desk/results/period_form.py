"""Which days are looked at, as the address says it."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from social_publisher.desk.local_time import EARLIEST, LATEST
from social_publisher.desk.native import day_input
from social_publisher.engagement.periods import Period

EVERYTHING, OWN = "all", "own"
CHOICES = (
    (EVERYTHING, _("Everything until today")),
    ("7", _("The last 7 days")),
    ("28", _("The last 28 days")),
    ("90", _("The last 90 days")),
    (OWN, _("From one day to another")),
)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, input_formats=["%Y-%m-%d"], widget=day_input())


class PeriodForm(forms.Form):
    """The days, by a name or by both ends. What cannot be understood is said, and everything is shown meanwhile."""

    period = forms.ChoiceField(label=_("Days"), choices=CHOICES, required=False)
    first = _day(_("From"))
    last = _day(_("Until"))
    rehearsals = forms.BooleanField(label=_("Rehearsals too"), required=False)

    def __init__(self, query: QueryDict, today: date) -> None:
        super().__init__(query if query else None, initial={"period": EVERYTHING})
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Own days have a beginning, and end after it."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("period") == OWN and not self.errors:
            first, last = data.get("first"), data.get("last") or self.today
            if first is None:
                self.add_error("first", _("Choose the first day."))
            elif not EARLIEST <= first <= last <= LATEST:
                self.add_error("last", _("The last day comes before the first one. Choose a later day."))
        return data

    @property
    def chosen(self) -> Period:
        """The days that are shown."""
        if not self.is_valid():
            return Period(None, self.today)
        name = self.cleaned_data["period"]
        if name == OWN:
            return Period(self.cleaned_data["first"], self.cleaned_data["last"] or self.today)
        return Period.of_days(int(name), self.today) if name.isdecimal() else Period(None, self.today)

    @property
    def query(self) -> str:
        """The days for an address that leads on from here."""
        if not self.is_valid():
            return ""
        chosen = {name: value for name, value in self.cleaned_data.items() if value and value != EVERYTHING}
        return urlencode({name: "on" if value is True else value for name, value in chosen.items()})

    @property
    def with_rehearsals(self) -> bool:
        """Somebody asked for them."""
        return self.is_valid() and bool(self.cleaned_data["rehearsals"])
