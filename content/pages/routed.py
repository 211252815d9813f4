from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.contrib.routable_page.models import RoutablePageMixin


class RoutedPage(RoutablePageMixin):
    """A page with addresses below its own. It stands before `BasePage` among the bases."""

    def serve(self, request: HttpRequest, view: Any = None, args: Any = None, kwargs: Any = None) -> Any:
        """Answer under the page's own language alone, whichever of its addresses was asked for."""
        if view is None or view.__name__ == "index_route":
            return super().serve(request)
        return self.elsewhere(request) or view(request, *(args or []), **(kwargs or {}))
