"""A row of a table as what the composer's form would be sent."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import forms
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList

from social_publisher.desk.forms import PostForm
from social_publisher.desk.importing.columns import (
    OWN_ALT,
    OWN_MEDIA,
    OWN_MINUTES,
    OWN_TEXT,
    PICTURE,
    PICTURE_ALT,
    PICTURE_PEOPLE,
    Column,
    channel_heading,
    picture_heading,
)
from social_publisher.models import Post

# Which field a column fills.
FIELDS = {
    Column.CAMPAIGN: "campaign",
    Column.LANGUAGE: "language",
    Column.TEXT: "text",
    Column.DUE: "due_at",
    Column.ZONE: "due_zone",
    Column.LINK_PAGE: "link_page",
    Column.LINK_URL: "link_url",
    Column.LINK_TITLE: "link_title",
    Column.LINK_DESCRIPTION: "link_description",
    Column.WARNING: "content_warning",
    Column.VIDEO: "video",
    Column.VIDEO_ALT: "video_alt",
    Column.USEFUL: "useful_minutes",
    Column.ALERT: "is_alert",
    Column.CORRECTION: "correction",
    Column.MACHINE: "from_machine",
}
IMAGE_FIELDS = {PICTURE: "image", PICTURE_ALT: "alt_text", PICTURE_PEOPLE: "people"}
VARIANT_FIELDS = {OWN_TEXT: "text", OWN_MINUTES: "offset_minutes", OWN_MEDIA: "image", OWN_ALT: "alt_text"}


class AnyZone(PostForm):
    """The composer's form, with any zone that there is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = self.data.get("due_zone")
        if zone:
            self.fields["due_zone"].choices = [(zone, zone)]


@cache
def import_form() -> type[AnyZone]:
    """The composer's form with every field that a table can fill."""
    images = [FieldPanel(name) for name in IMAGE_FIELDS.values()]
    variants = [FieldPanel(name) for name in ("channel", "media", *VARIANT_FIELDS.values())]
    panels = [
        *(FieldPanel(name) for name in FIELDS.values()),
        InlinePanel("images", panels=images),
        InlinePanel("variants", panels=variants, min_num=1),
    ]
    form: type[AnyZone] = ObjectList(panels, base_form_class=AnyZone).bind_to_model(Post).get_form_class()
    return form


def formset_data(prefix: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The rows as the fields of a formset."""
    data: dict[str, Any] = {
        f"{prefix}-TOTAL_FORMS": str(len(rows)),
        f"{prefix}-INITIAL_FORMS": "0",
        f"{prefix}-MIN_NUM_FORMS": "0",
        f"{prefix}-MAX_NUM_FORMS": "1000",
    }
    for index, row in enumerate(rows):
        data |= {f"{prefix}-{index}-{name}": value for name, value in row.items()}
        data |= {f"{prefix}-{index}-id": "", f"{prefix}-{index}-ORDER": str(index + 1)}
    return data


def faults_of(form: AnyZone, pictures: list[int], channels: list[str]) -> list[tuple[str, str]]:
    """What is wrong with a form, each with the heading of the column it is in.

    `pictures` are the numbers and `channels` the names of the form's rows, in order.
    """
    headings = {name: column.value for column, name in FIELDS.items()} | {"due_reading": Column.DUE.value}
    found = [(headings.get(name, ""), words) for name, words in _words(form.errors)]
    of_image = {name: part for part, name in IMAGE_FIELDS.items()}
    for number, errors in zip(pictures, form.formsets["images"].errors, strict=True):
        found += [(picture_heading(number, of_image.get(name, PICTURE)), words) for name, words in _words(errors)]
    of_variant = {name: part for part, name in VARIANT_FIELDS.items()}
    for channel, errors in zip(channels, form.formsets["variants"].errors, strict=True):
        for name, words in _words(errors):
            part = of_variant.get(name)
            found.append((channel_heading(channel, part) if part else Column.CHANNELS.value, words))
    for formset, column in (("images", picture_heading(1, PICTURE)), ("variants", Column.CHANNELS.value)):
        found += [(column, str(words)) for words in form.formsets[formset].non_form_errors()]
    return found


def _words(errors: forms.utils.ErrorDict) -> list[tuple[str, str]]:
    return [(name, str(words)) for name, found in errors.items() for words in found]
