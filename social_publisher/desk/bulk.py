from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.functional import classproperty
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.models import get_snippet_models
from wagtail.snippets.permissions import get_permission_name


class GuardedDelete(DeleteBulkAction):
    """Deleting several of our snippets. Wagtail's own lists what a person may not delete, drafts' words included."""

    @classproperty
    def models(self) -> list[Any]:
        return [model for model in get_snippet_models() if model._meta.app_label == "social_publisher"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse whoever may not delete any before anything is shown."""
        if not request.user.has_perm(get_permission_name("delete", self.model)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)
