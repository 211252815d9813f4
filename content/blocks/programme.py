from __future__ import annotations

from datetime import time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError


class SessionSpeakerBlock(blocks.StructBlock):
    """Who speaks in a session, and as what."""

    name = blocks.CharBlock(label=_("Name"), max_length=160)
    part = blocks.CharBlock(label=_("Part"), required=False, max_length=160, help_text=_("For example: chair."))

    class Meta:
        icon = "user"
        label = _("Speaker")


class SessionBlock(blocks.StructBlock):
    """One session or break of a programme. Its times are those of the event's time zone."""

    day = blocks.DateBlock(label=_("Day"), required=False, help_text=_("Empty: the event's first day."))
    starts = blocks.TimeBlock(label=_("Starts"))
    ends = blocks.TimeBlock(label=_("Ends"), required=False)
    title = blocks.CharBlock(label=_("Title"), max_length=200)
    text = blocks.TextBlock(label=_("Description"), required=False)
    speakers = blocks.ListBlock(SessionSpeakerBlock(), label=_("Speakers"), default=[], collapsed=True)

    def clean(self, value: Any) -> Any:
        """A session ends after it starts."""
        cleaned = super().clean(value)
        if cleaned["starts"] and cleaned["ends"] and cleaned["ends"] <= cleaned["starts"]:
            message = _("The end is not after the start. A session past midnight is entered as two.")
            raise StructBlockValidationError({"ends": ValidationError(message)})
        return cleaned

    class Meta:
        icon = "time"
        label = _("Session")
        template = "content/blocks/session.html"
        preview_value = {"starts": time(9, 30), "ends": time(10), "title": "Opening", "speakers": []}


class SpeakerBlock(blocks.StructBlock):
    """Somebody who speaks at an event and agreed to be named."""

    name = blocks.CharBlock(label=_("Name"), max_length=160)
    role = blocks.CharBlock(label=_("Role"), required=False, max_length=160)
    organisation = blocks.CharBlock(label=_("Organisation"), required=False, max_length=200)
    about = blocks.TextBlock(label=_("About"), required=False, max_length=600)

    class Meta:
        icon = "user"
        label = _("Speaker")
        template = "content/blocks/speaker.html"
        preview_value = {"name": "Name of a speaker", "role": "Role", "organisation": "Organisation"}
