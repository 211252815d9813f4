from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

# Digits of the largest number a row can have, and of none that the database cannot read.
DIGITS = 18


def number(text: str) -> int:
    """A row's number as an address or a form carries it; 0, which no row has, for anything else."""
    return int(text) if text.isdecimal() and len(text) <= DIGITS else 0


class DeskView(WagtailAdminTemplateMixin, View):
    """A screen of the desk. Staff without `permission` are refused before anything is read."""

    permission = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse whoever lacks the permission."""
        if not request.user.has_perm(self.permission):
            raise PermissionDenied(_("Your role does not include this screen. Ask an administrator."))
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = self.render_to_response(self.get_context_data(**kwargs))
        return response
