"""Wiring: the records in the admin's menu."""

from __future__ import annotations

from content.admin import RecordsGroup
from wagtail.snippets.models import register_snippet

register_snippet(RecordsGroup)
