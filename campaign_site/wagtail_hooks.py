"""Wiring: this room's screens in the admin."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from campaign_site.machine.redirects import screen


class OldAddressesItem(MenuItem):
    """The import of redirects, for whoever may add one."""

    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perm(screen.PERMISSION))


@hooks.register("register_admin_urls")
def import_urls() -> list[Any]:
    return screen.urlpatterns


@hooks.register("register_settings_menu_item")
def import_item() -> MenuItem:
    return OldAddressesItem(
        _("Import old addresses"),
        reverse("import-old-addresses"),
        name="old-addresses",
        icon_name="redirect",
        order=810,
    )
