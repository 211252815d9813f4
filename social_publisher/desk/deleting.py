"""Deleting our snippets, one or several: what was approved, sent or linked to is on the record, and stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import classproperty
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.models import get_snippet_models
from wagtail.snippets.permissions import get_permission_name
from wagtail.snippets.views.snippets import DeleteView

Answer = TypeVar("Answer")


def again_if_disturbed(delete: Callable[[], Answer]) -> Answer:
    """Delete, and once more if another process tied a row to it meanwhile, such as a notice of what happened to it."""
    try:
        return delete()
    except ProtectedError:
        raise
    except IntegrityError:
        return delete()


class GuardedDeleteView(DeleteView):
    """Deleting one. Wagtail's own fails with a bare error where rows it does not list hold on to it."""

    def form_valid(self, form: Any) -> HttpResponseBase:
        """Delete it, or say why it stays."""
        name = str(self.object)
        try:
            response: HttpResponseBase = again_if_disturbed(lambda: super(GuardedDeleteView, self).form_valid(form))
        except ProtectedError:
            messages.error(self.request, _("“%(name)s” was not deleted: the record needs it.") % {"name": name})
            return redirect(self.get_success_url())
        return response


class GuardedDelete(DeleteBulkAction):
    """Deleting several. Wagtail's own lists what a person may not delete, drafts' words included."""

    @classproperty
    def models(self) -> list[Any]:
        return [model for model in get_snippet_models() if model._meta.app_label == "social_publisher"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse whoever may not delete any before anything is shown."""
        if not request.user.has_perm(get_permission_name("delete", self.model)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> Any:
        """Delete all of them, or none, and say why."""
        try:
            return again_if_disturbed(lambda: super(GuardedDelete, self).form_valid(form))
        except ProtectedError:
            messages.error(self.request, _("Nothing was deleted: the record needs at least one of these."))
            return redirect(self.next_url)
