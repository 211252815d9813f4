"""Wiring: this room's screens in the admin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from social_publisher.desk.announce import AnnounceViewSet, page_buttons
from social_publisher.desk.approvals import ApprovalsViewSet
from social_publisher.desk.audit import AuditViewSet
from social_publisher.desk.blackouts import BlackoutViewSet
from social_publisher.desk.calendar.views import CalendarViewSet
from social_publisher.desk.channels import ChannelViewSet
from social_publisher.desk.compose import ComposeViewSet
from social_publisher.desk.connect import ConnectViewSet
from social_publisher.desk.corrections import CorrectionViewSet
from social_publisher.desk.deleting import GuardedDelete
from social_publisher.desk.foreign import ForeignViewSet
from social_publisher.desk.home import OtherWorkPanel, home_panels
from social_publisher.desk.launches import LaunchViewSet
from social_publisher.desk.notices import NoticesPanel, NoticesViewSet
from social_publisher.desk.planning.spreading import SpreadAction
from social_publisher.desk.planning.viewset import PlanningViewSet
from social_publisher.desk.posts import PostViewSet
from social_publisher.desk.queue import QueueViewSet
from social_publisher.desk.reporting import ReportingViewSet
from social_publisher.desk.results.views import ResultsViewSet
from social_publisher.desk.review import AtOnceMenuItem, ReviewMenuItem
from social_publisher.desk.rules import RulesViewSet
from social_publisher.desk.service_level import ServiceLevelViewSet
from social_publisher.desk.takedown import TakedownMenuItem, TakedownViewSet
from social_publisher.desk.translations import TranslationsViewSet
from social_publisher.desk.webhooks import WebhooksViewSet
from social_publisher.engagement.site_counting import count_download, count_read, once_given
from social_publisher.models import Post

# What the screens share, then one stylesheet a component; each is desk/<name>.css.
STYLES = [
    "desk",
    "fields",
    "parcel",
    "compose",
    "approving",
    "queue",
    "calendar",
    "planning",
    "languages",
    "takedown",
    "results",
    "record",
    "notices",
]


class SetUpGroup(SnippetViewSetGroup):
    """What is set up once and looked at now and then."""

    items = (
        ChannelViewSet,
        RulesViewSet,
        BlackoutViewSet,
        CorrectionViewSet,
        TakedownViewSet,
        ForeignViewSet,
        WebhooksViewSet,
        AuditViewSet,
        ServiceLevelViewSet,
    )
    menu_label = _("Set-up")
    menu_icon = "cog"
    menu_hook = ""


class SocialGroup(SnippetViewSetGroup):
    """What is used every day; the rest stands in a group of its own."""

    items = (
        PostViewSet,
        CalendarViewSet,
        ApprovalsViewSet,
        QueueViewSet,
        LaunchViewSet,
        TranslationsViewSet,
        ResultsViewSet,
        ReportingViewSet,
        SetUpGroup,
    )
    menu_label = _("Social")
    menu_icon = "comment"
    menu_order = 90


register_snippet(SocialGroup)


@hooks.register("register_admin_viewset")
def connect_screens() -> ConnectViewSet:
    return ConnectViewSet()


# After Wagtail's own, whose place it takes for our models.
hooks.register("register_bulk_action", GuardedDelete, order=10)


@hooks.register("register_admin_viewset")
def announce_screens() -> AnnounceViewSet:
    return AnnounceViewSet()


@hooks.register("register_page_header_buttons")
def page_header_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    return page_buttons(page, user)


@hooks.register("register_page_listing_more_buttons")
def page_listing_buttons(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    return page_buttons(page, user)


@hooks.register("register_admin_viewset")
def compose_addresses() -> ComposeViewSet:
    return ComposeViewSet()


@hooks.register("register_admin_viewset")
def planning_screens() -> PlanningViewSet:
    return PlanningViewSet()


hooks.register("register_bulk_action", SpreadAction)


@hooks.register("register_admin_viewset")
def notices_screens() -> NoticesViewSet:
    return NoticesViewSet()


@hooks.register("register_account_settings_panel")
def notices_panel(request: Any, user: Any, profile: Any) -> NoticesPanel:
    return NoticesPanel(request, user, profile)


@hooks.register("register_icons")
def icons(names: list[str]) -> list[str]:
    return [*names, "social_publisher/icons/bell.svg"]


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
        "\n", '<link rel="stylesheet" href="{}">', [(static(f"social_publisher/desk/{name}.css"),) for name in STYLES]
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


@hooks.register("before_serve_page")
def read_is_counted(page: Page, request: Any, args: Any, _kwargs: Any) -> None:
    """A reader opens a page, or downloads its press kit; counted once it was given."""
    is_kit = bool(args) and getattr(args[0], "__name__", "") == "press_kit_file"
    once_given(request, lambda: count_read(page, request, is_kit=is_kit))


@hooks.register("before_serve_document")
def download_is_counted(document: Any, request: Any) -> None:
    """A reader downloads a document; counted once it was given."""
    once_given(request, lambda: count_download(document.pk, request))
