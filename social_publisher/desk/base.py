from __future__ import annotations

from functools import cached_property
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet


def wide(name: str, label: Any, *, accessor: Any = None) -> Column:
    """A column of a list that narrow screens leave out; it sorts by its field."""
    return Column(name, label=label, accessor=accessor, sort_key=name, classname="desk-wide-only")


FIRST_OF_TWO = _("Approved, the first of two. It leaves when one more person has approved it.")


class DeskView(WagtailAdminTemplateMixin, View):
    """A screen of the desk. Staff without `permission` are refused before anything is read. Where `confirms` is set,
    whoever comes shows first, once in some minutes, that it is really them: by second factor or password."""

    permission = ""
    confirms = False
    # What is typed here is not kept while somebody shows that it is them: they type it again.
    types_secrets = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse whoever lacks the permission."""
        if not request.user.has_perm(self.permission):
            raise PermissionDenied(_("Your role does not include this screen. Ask an administrator."))
        if not self.confirms:
            return super().dispatch(request, *args, **kwargs)
        if self.types_secrets and request.method == "POST" and is_reauthentication_required(request, app="desk"):
            messages.warning(request, _("Show first that it is you, then type it again. Nothing was kept."))
            return redirect(request.get_full_path())
        return reauthentication_required(super().dispatch)(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = self.render_to_response(self.get_context_data(**kwargs))
        return response


class DeskMenuItem(MenuItem):
    """A way to a screen, for whoever may open it."""

    permission = ""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(self.permission))


class DeskViewSet(ViewSet):
    """Screens of the desk with an item in the menu, shown to whoever has `permission`."""

    permission = ""

    @cached_property
    def menu_item_class(self) -> type[DeskMenuItem]:
        return type("MenuItem", (DeskMenuItem,), {"permission": self.permission})
