from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.widgets import AdminDateTimeInput

from content.calendars.zones import moment_of, zone_choices

MOMENTS = ("starts_at", "ends_at", "registration_deadline")


class WallTimeField(forms.DateTimeField):
    """A date and time as a clock at the place shows it; the form knows the place."""

    widget = AdminDateTimeInput

    def to_python(self, value: Any) -> datetime | None:
        """Read it in no zone yet."""
        with timezone.override(UTC):
            read = super().to_python(value)
        return read.replace(tzinfo=None) if read else None


class EventPageForm(WagtailAdminPageForm):
    """Times are entered and shown in the event's own zone, whichever the editor's is."""

    time_zone = forms.ChoiceField(
        label=_("time zone"), choices=zone_choices, help_text=_("Every time of the event is in this zone.")
    )
    starts_at = WallTimeField(
        label=_("starts"), required=False, help_text=_("Leave it empty while the date is not announced.")
    )
    ends_at = WallTimeField(label=_("ends"), required=False)
    registration_deadline = WallTimeField(label=_("registration closes"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = ZoneInfo(self.instance.time_zone)
        for name in MOMENTS:
            moment = getattr(self.instance, name)
            if moment is not None and name in self.fields:
                self.initial[name] = moment.astimezone(zone).replace(tzinfo=None)

    def clean(self) -> dict[str, Any]:
        """Give each time the zone that was chosen with it."""
        cleaned: dict[str, Any] = super().clean()
        zone = ZoneInfo(cleaned.get("time_zone") or self.instance.time_zone)
        for name in MOMENTS:
            local = cleaned.get(name)
            if local is not None:
                try:
                    cleaned[name] = moment_of(local, zone)
                except ValidationError as error:
                    self.add_error(name, error)
        return cleaned
