"""Tables as files: exports, and the template."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from content.records import Campaign
from social_publisher.desk.importing.columns import (
    HELP,
    OWN_TEXT,
    PICTURE,
    PICTURE_ALT,
    Column,
    channel_heading,
    picture_heading,
)
from social_publisher.desk.importing.reader import COMMENT
from social_publisher.messages import cells
from social_publisher.models import Channel
from social_publisher.reports.spreadsheet import csv_lines, xlsx_file

CSV, XLSX = "csv", "xlsx"


def template_heading() -> list[str]:
    """The columns of the template: all there are, with one picture and an own text for every channel."""
    texts = [channel_heading(name, OWN_TEXT) for name in Channel.objects.values_list("name", flat=True)]
    pictures = [picture_heading(1, PICTURE), picture_heading(1, PICTURE_ALT)]
    return [*(column.value for column in Column), *pictures, *map(cells.written, texts)]


def _explained() -> list[list[str]]:
    return [[name, str(words)] for name, words in HELP.items()]


def _listed() -> list[list[str]]:
    campaigns = [[_("campaign"), cells.written(code), cells.written(name)] for code, name in
                 Campaign.objects.values_list("code", "name")]  # fmt: skip
    channels = [[_("channel"), cells.written(name), zone] for name, zone in
                Channel.objects.values_list("name", "time_zone")]  # fmt: skip
    return [*campaigns, *channels, *([_("language"), code, str(name)] for code, name in settings.LANGUAGES)]


def csv_template() -> Iterator[bytes]:
    """The template as CSV: what the columns mean and what may stand in them, in lines that are not imported."""
    notes = [[f"{COMMENT} {first}", *rest] for first, *rest in [*_explained(), *_listed()]]
    return csv_lines([*notes, template_heading()])


def xlsx_template() -> IO[bytes]:
    """The template as XLSX: the sheet to fill in, one that explains the columns, one with what may stand in them."""
    return xlsx_file(
        [
            (_("Posts"), [template_heading()]),
            (_("Columns"), [[_("Column"), _("What to write")], *_explained()]),
            (_("Names"), [[_("Kind"), _("Write"), _("Meaning")], *_listed()]),
        ]
    )
