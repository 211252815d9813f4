"""Who entered a reported value, and when: written down when the value, its source or its day changes."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm

ENTERED = frozenset({"actual", "source", "reported_on"})


class EnteringForm(WagtailAdminModelForm):
    """A form with rows of `indicators`. A name is kept beside the account, so that the record survives it."""

    def save(self, commit: bool = True) -> Any:
        """Name the person on every row whose value changed; nobody where there is none any more."""
        user = self.for_user
        for form in self.formsets["indicators"].forms:
            if user is not None and ENTERED.intersection(form.changed_data):
                row = form.instance
                is_entered = row.actual is not None
                row.entered_by = user if is_entered else None
                row.entered_name = str(user.get_full_name() or user.get_username()) if is_entered else ""
                row.entered_at = timezone.now() if is_entered else None
        return super().save(commit)
