"""Choosers that show a model's rows only to staff who may see them; Wagtail's own ask for no permission."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
)


class Guarded:
    """Refuses whoever may neither view nor change the model."""

    model_class: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        policy = ModelPermissionPolicy(self.model_class)
        if not policy.user_has_any_permission(request.user, ["view", "change"]):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class GuardedChooseView(Guarded, ChooseView):
    pass


class GuardedChooseResultsView(Guarded, ChooseResultsView):
    pass


class GuardedChosenView(Guarded, SnippetChosenView):
    pass


class GuardedChosenMultipleView(Guarded, SnippetChosenMultipleView):
    pass


class GuardedChooserViewSet(SnippetChooserViewSet):
    choose_view_class = GuardedChooseView
    choose_results_view_class = GuardedChooseResultsView
    chosen_view_class = GuardedChosenView
    chosen_multiple_view_class = GuardedChosenMultipleView

    def get_urlpatterns(self) -> list[Any]:
        """Without the address that would make a row: no form is offered there, and it would go past the model's own."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]
