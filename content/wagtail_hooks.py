"""Wiring: the records in the admin's menu."""

from __future__ import annotations

from wagtail.snippets.models import register_snippet

from content.admin import RecordsGroup

register_snippet(RecordsGroup)
