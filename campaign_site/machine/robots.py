"""What search engines may read: the public site, and only where it is public."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from campaign_site.machine.addresses import absolute
from content.memory import same_for_everybody

# Staff's rooms, the rehearsal wall (nothing there is real), short links, secret calendars.
OUT = ("/admin/", "/rehearsal/", "/go/", "/calendar/", "/health/")


def rules(is_public: bool, sitemap: str) -> str:
    """The text of robots.txt."""
    if not is_public:
        return "# This is not the public site.\nUser-agent: *\nDisallow: /\n"
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in OUT), "", f"Sitemap: {sitemap}"]
    return "\n".join(lines) + "\n"


@require_safe
@conditional_page
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt of this installation."""
    same_for_everybody(request)
    text = rules(settings.SEARCH_ENGINES, absolute(reverse("sitemap")))
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


class RobotsMiddleware:
    """Says "do not list this" on what is out, so that a link from elsewhere brings none of it into an index."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not settings.SEARCH_ENGINES or request.path.startswith(OUT):
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response
