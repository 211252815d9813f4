from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse
from wagtail.contrib.routable_page.models import RoutablePageMixin

from content.memory import same_for_everybody
from content.pages.passages import say_languages


@dataclass(frozen=True, slots=True)
class Below:
    """What stands at an address below a page's own. `tail` is the rest of that address; with `in_all_languages` the
    page's translations have it too."""

    title: str
    summary: str
    tail: str
    in_all_languages: bool = True


class RoutedPage(RoutablePageMixin):
    """A page with addresses below its own. It stands before `BasePage` among the bases."""

    def serve(self, request: HttpRequest, view: Any = None, args: Any = None, kwargs: Any = None) -> Any:
        """Answer under the page's own language alone, whichever of its addresses was asked for."""
        if view is None or view.__name__ == "index_route":
            return super().serve(request)
        if away := self.elsewhere(request):
            return away
        same_for_everybody(request)
        response = view(request, *(args or []), **(kwargs or {}))
        return say_languages(response) if isinstance(response, TemplateResponse) else response
