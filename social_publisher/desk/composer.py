"""The composer's layout, and the form it makes."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from social_publisher.desk.forms import PostForm
from social_publisher.desk.panels import (
    ChannelsPanel,
    Composer,
    FoldedPanel,
    PreviewPanel,
    SlotPanel,
    WhatLeavesPanel,
)
from social_publisher.desk.planning.series import OccurrencePanel
from social_publisher.desk.planning.times import NextSlotPanel
from social_publisher.desk.translations import MachinePanel, TranslationsPanel
from social_publisher.models import Post

PANELS = [
    WhatLeavesPanel(),
    OccurrencePanel(),
    TranslationsPanel(),
    MultiFieldPanel([FieldPanel("campaign", widget=forms.Select), SlotPanel("offers")], heading=_("Campaign")),
    MultiFieldPanel(
        [
            FieldPanel("text"),
            SlotPanel("shared"),
            MachinePanel("from_machine"),
            FieldRowPanel([FieldPanel("language"), FieldPanel("content_warning")]),
        ],
        heading=_("Text"),
    ),
    ChannelsPanel(
        "variants",
        [
            FieldPanel("channel", widget=forms.HiddenInput),
            FieldPanel("text"),
            FieldPanel("offset_minutes"),
            FieldPanel("media"),
            FieldPanel("image"),
            FieldPanel("alt_text"),
        ],
        heading=_("Channels"),
        label=_("channel"),
        min_num=1,
    ),
    MultiFieldPanel(
        [
            FieldPanel("link_page"),
            FieldPanel("link_url"),
            SlotPanel("link"),
            FieldRowPanel([FieldPanel("link_title"), FieldPanel("link_description")]),
        ],
        heading=_("Link"),
        help_text=_(
            "To a page of this site, which is followed when it moves, or to an outside address. One of the two."
        ),
    ),
    InlinePanel(
        "images",
        [FieldPanel("image"), FieldPanel("alt_text"), FieldPanel("people")],
        heading=_("Pictures"),
        label=_("picture"),
        max_num=20,
    ),
    FoldedPanel([FieldPanel("video"), FieldPanel("video_alt")], heading=_("Video"), unfolded_by="video_id"),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("due_at"), FieldPanel("due_zone")]),
            NextSlotPanel(),
            FieldPanel("due_reading"),
            FieldPanel("useful_minutes"),
        ],
        heading=_("When"),
    ),
    FoldedPanel(
        [
            FieldPanel("is_alert"),
            FieldPanel("correction", widget=forms.Select(attrs={"data-compose-slot": "corrections"})),
        ],
        heading=_("Alert"),
        unfolded_by="is_alert",
    ),
    PreviewPanel(heading=_("As it leaves"), classname="desk-preview-panel"),
]


def edit_handler() -> Any:
    """The composer for the model."""
    return Composer(PANELS, base_form_class=PostForm).bind_to_model(Post)


@cache
def composer_form() -> type[PostForm]:
    """The form of the composer, whoever asks."""
    form: type[PostForm] = edit_handler().get_form_class()
    return form
