from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.utils.translation import get_language
from wagtail.contrib.routable_page.models import RoutablePageMixin

from content.pages.navigation import Navigation


class RoutedPage(RoutablePageMixin):
    """A page with addresses below its own. It stands before `BasePage` among the bases."""

    def serve(self, request: HttpRequest, view: Any = None, args: Any = None, kwargs: Any = None) -> Any:
        """Answer under the page's own language alone, whichever of its addresses was asked for."""
        if view is None or view.__name__ == "index_route":
            return super().serve(request)
        self.navigation = Navigation(self, request)
        if self.navigation.language != get_language():
            return HttpResponseRedirect(self.get_url(request) or "/")
        return view(request, *(args or []), **(kwargs or {}))
