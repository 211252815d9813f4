"""Posts in the calendar, which draws hundreds on a screen: as a template they took a third of its time."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from social_publisher.desk.calendar.entries import Entry

register = template.Library()

TIME = '<time datetime="{}">{}</time> '
LIFTED = ' draggable="true" data-revision="{}" data-time="{}"'
MOVE = """
  <button class="cal-entry__move button button-small button-secondary" type="submit" form="cal-move" formaction="{}"
    aria-keyshortcuts="M">{}<span class="w-sr-only"> {}</span></button>"""
ENTRY = """
<li class="cal-entry cal-entry--{}" id="{}"{}>
  <p class="cal-entry__head">{}{}</p>
  <a class="cal-entry__text" href="{}" lang="{}">{}</a>
  <p class="cal-entry__facts">{}</p>{}
</li>"""


@register.simple_tag
def cal_entries(entries: Iterable[Entry], may_move: bool = False) -> SafeString:
    """A list of posts, each with its way to move it where it may be moved."""
    word = gettext("Move")
    drawn = "".join(_draw(entry, word if may_move and entry.movable else "") for entry in entries)
    return mark_safe(f'<ul class="cal-entries">{drawn}</ul>')  # noqa: S308 (each entry is escaped)


def _draw(entry: Entry, move: str) -> SafeString:
    opening = conditional_escape(entry.opening)
    return format_html(
        ENTRY,
        entry.tone,
        entry.anchor,
        format_html(LIFTED, entry.revision, entry.time) if move else "",
        format_html(TIME, entry.iso, entry.clock) if entry.clock else "",
        entry.badge,
        entry.edit,
        entry.language,
        opening,
        entry.facts,
        format_html(MOVE, entry.move, move, opening) if move else "",
    )
