"""The browser's own fields for days and times: they speak the reader's language and need no script."""

from __future__ import annotations

from typing import Any

from django import forms

from social_publisher.desk.local_time import EARLIEST, LATEST


def day_input(**attributes: Any) -> forms.DateInput:
    """A day, within reach unless said otherwise."""
    return forms.DateInput({"type": "date", "min": EARLIEST, "max": LATEST, **attributes}, "%Y-%m-%d")


def moment_input() -> forms.DateTimeInput:
    """A day and a time, in the zone of whoever writes it."""
    attributes = {"type": "datetime-local", "min": f"{EARLIEST}T00:00", "max": f"{LATEST}T23:59"}
    return forms.DateTimeInput(attributes, "%Y-%m-%dT%H:%M")
