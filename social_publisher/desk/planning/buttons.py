"""The ways to planning from the list of posts and from the composer, in their menus of further actions."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button

from social_publisher.models import Post


def series_buttons(post: Post, user: Any) -> list[Button]:
    """To a post's series, or to making one of it."""
    if post.series_id is not None:
        address = reverse("social_planning:series", args=[post.series_id])
        return [Button(_("Series"), url=address, icon_name="rotate", priority=30)]
    if user.has_perms(["social_publisher.add_post", "social_publisher.change_post"]):
        address = reverse("social_planning:repeat", args=[post.pk])
        return [Button(_("Repeat"), url=address, icon_name="rotate", priority=30)]
    return []


def list_buttons(user: Any) -> list[Button]:
    """To all series and to importing."""
    series = reverse("social_planning:series-index")
    buttons = [Button(_("Series of posts"), url=series, icon_name="rotate", priority=70)]
    if user.has_perm("social_publisher.add_post"):
        address = reverse("social_planning:import")
        buttons.append(Button(_("Import posts"), url=address, icon_name="upload", priority=80))
    return buttons
