"""Wiring: this room's screens in the admin."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from social_publisher.desk.approvals import ApprovalsViewSet
from social_publisher.desk.bulk import GuardedDelete
from social_publisher.desk.channels import ChannelViewSet
from social_publisher.desk.compose import ComposeViewSet
from social_publisher.desk.connect import ConnectViewSet
from social_publisher.desk.corrections import CorrectionViewSet
from social_publisher.desk.dashboard import ResultsViewSet
from social_publisher.desk.foreign import ForeignViewSet
from social_publisher.desk.home import OtherWorkPanel, home_panels
from social_publisher.desk.posts import PostViewSet
from social_publisher.desk.queue import QueueViewSet
from social_publisher.desk.review import AtOnceMenuItem, ReviewMenuItem
from social_publisher.desk.takedown import TakedownMenuItem, TakedownViewSet
from social_publisher.models import Post

# One stylesheet a component.
STYLES = [
    "desk.css",
    "desk/parcel.css",
    "desk/compose.css",
    "desk/queue.css",
    "takedown.css",
    "approving.css",
]


class SocialGroup(SnippetViewSetGroup):
    items = (
        PostViewSet,
        ApprovalsViewSet,
        QueueViewSet,
        ResultsViewSet,
        ChannelViewSet,
        CorrectionViewSet,
        TakedownViewSet,
        ForeignViewSet,
    )
    menu_label = _("Social")
    menu_icon = "comment"
    menu_order = 90


register_snippet(SocialGroup)


@hooks.register("register_admin_viewset")
def connect_screens() -> ConnectViewSet:
    return ConnectViewSet()


@hooks.register("register_admin_viewset")
def compose_addresses() -> ComposeViewSet:
    return ComposeViewSet()


# After Wagtail's own, whose place it takes for our models.
hooks.register("register_bulk_action", GuardedDelete, order=10)


@hooks.register("register_snippet_action_menu_item")
def review_menu_item(model: type[Any]) -> ReviewMenuItem | None:
    return ReviewMenuItem() if model is Post else None


@hooks.register("register_snippet_action_menu_item")
def takedown_menu_item(model: type[Any]) -> TakedownMenuItem | None:
    return TakedownMenuItem() if model is Post else None


@hooks.register("register_snippet_action_menu_item")
def at_once_menu_item(model: type[Any]) -> AtOnceMenuItem | None:
    return AtOnceMenuItem() if model is Post else None


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


@hooks.register("construct_homepage_panels")
def desk_panels(request: Any, panels: list[Any]) -> None:
    """The desk's panels first; Wagtail's own list of what to moderate keeps everything but posts."""
    others = [OtherWorkPanel() if isinstance(panel, WorkflowObjectsToModeratePanel) else panel for panel in panels]
    panels[:] = [*home_panels(request.user), *others]
