"""Wiring: this room's screens in the admin."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from social_publisher.desk.audit import AuditViewSet
from social_publisher.desk.channels import ChannelViewSet
from social_publisher.desk.connect import ConnectViewSet
from social_publisher.desk.dashboard import ResultsViewSet
from social_publisher.desk.notices import NoticesPanel, NoticesViewSet
from social_publisher.desk.posts import PostViewSet
from social_publisher.desk.queue import QueueViewSet
from social_publisher.desk.review import ReviewMenuItem
from social_publisher.desk.webhooks import WebhooksViewSet
from social_publisher.models import Post

# One stylesheet a component.
STYLES = [
    "desk.css",
    "audit.css",
    "notices.css",
]


class SocialGroup(SnippetViewSetGroup):
    items = (PostViewSet, QueueViewSet, ResultsViewSet, ChannelViewSet)
    menu_label = _("Social")
    menu_icon = "comment"
    menu_order = 90


register_snippet(SocialGroup)


@hooks.register("register_admin_viewset")
def connect_screens() -> ConnectViewSet:
    return ConnectViewSet()


@hooks.register("register_admin_viewset")
def record_screens() -> list[ViewSet]:
    return [NoticesViewSet(), WebhooksViewSet(), AuditViewSet()]


@hooks.register("register_account_settings_panel")
def notices_panel(request: Any, user: Any, profile: Any) -> NoticesPanel:
    return NoticesPanel(request, user, profile)


@hooks.register("register_icons")
def icons(names: list[str]) -> list[str]:
    return [*names, "social_publisher/icons/bell.svg"]


@hooks.register("register_snippet_action_menu_item")
def review_menu_item(model: type[Any]) -> ReviewMenuItem | None:
    return ReviewMenuItem() if model is Post else None


@hooks.register("insert_global_admin_css")
def desk_css() -> SafeString:
    return format_html_join(
        "\n", '<link rel="stylesheet" href="{}">', [(static(f"social_publisher/{name}"),) for name in STYLES]
    )


@hooks.register("construct_snippet_action_menu")
def no_publish_button(menu_items: list[Any], request: Any, context: dict[str, Any]) -> None:
    """Publishing is not a person's act for posts: the button would do nothing, so it is not shown."""
    if context["model"] is Post:
        menu_items[:] = [item for item in menu_items if item.name not in {"action-publish", "action-unpublish"}]
