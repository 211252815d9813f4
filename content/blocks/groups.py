"""The groups under which editors find the blocks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TEXT = _("Text")
MEDIA = _("Pictures and video")
NUMBERS = _("Numbers and places")
LINKS = _("Links and people")
