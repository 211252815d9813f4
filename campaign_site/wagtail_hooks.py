"""Wiring: this room's screens in the admin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button

from campaign_site.machine.redirects import screen
from campaign_site.sign_in import invitations, people
from campaign_site.sign_in.invitations import InviteView
from campaign_site.sign_in.people import AccessView


class OldAddressesItem(MenuItem):
    """The import of redirects, for whoever may add one."""

    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perm(screen.PERMISSION))


class InviteItem(MenuItem):
    """The way to a new account, for whoever may make one."""

    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perm(invitations.ADD))


@hooks.register("construct_help_menu")
def no_news_of_wagtails(_request: Any, menu_items: list[MenuItem]) -> None:
    """Staff are helped by this site's own handbook; what is new in Wagtail is for developers."""
    menu_items[:] = [item for item in menu_items if not item.name.startswith(("whats-new-in-wagtail", "editor-guide"))]


@hooks.register("register_admin_urls")
def own_urls() -> list[Any]:
    return [
        *screen.urlpatterns,
        path("people/invite/", InviteView.as_view(), name="person-invite"),
        path("people/<int:pk>/sign-in/", AccessView.as_view(), name="person-access"),
    ]


@hooks.register("register_settings_menu_item")
def invite_item() -> MenuItem:
    return InviteItem(_("Invite a colleague"), reverse("person-invite"), name="invite", icon_name="user", order=590)


@hooks.register("register_user_listing_buttons")
def person_buttons(user: Any, request_user: Any) -> Iterator[Button]:
    """From the list of people to how one of them signs in."""
    if request_user.has_perm(people.CHANGE):
        yield Button(_("Sign-in"), reverse("person-access", args=[user.pk]), icon_name="lock", priority=50)


@hooks.register("register_account_menu_item")
def sign_in_items(request: Any) -> dict[str, Any]:
    return {
        "url": reverse("mfa_index"),
        "label": _("Second factor"),
        "help_text": _("Authenticator app, passkeys, recovery codes"),
    }


@hooks.register("register_account_menu_item")
def session_item(request: Any) -> dict[str, Any]:
    return {"url": reverse("usersessions_list"), "label": _("Where you are signed in"), "help_text": _("End sessions")}


@hooks.register("register_settings_menu_item")
def import_item() -> MenuItem:
    return OldAddressesItem(
        _("Import old addresses"),
        reverse("import-old-addresses"),
        name="old-addresses",
        icon_name="redirect",
        order=810,
    )
