"""All addresses of the site. English has no prefix; other languages have theirs."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from campaign_site import health, renditions
from campaign_site.machine import urls as machine_urls
from campaign_site.sign_in import urls as sign_in_urls
from content import urls as content_urls
from content.search.views import search_page
from content.urls import localized
from media.serving import document
from social_publisher import urls as publisher_urls

urlpatterns = [
    path("admin/", include(sign_in_urls)),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/<int:document_id>/<str:document_filename>", document),
    path("documents/", include(wagtaildocs_urls)),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("health/deep", health.deep, name="health-deep"),
    path("", include(machine_urls)),
    path("", include(content_urls)),
    path("", include(publisher_urls)),
    re_path(r"^media/(?P<path>(?:images|channels)/[^/]+)$", renditions.rendition),
    *i18n_patterns(
        path("search/", search_page, name="search"),
        *machine_urls.per_language,
        path("", include(localized)),
        # Wagtail's own form would let in with a password alone.
        path("_util/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]

handler404 = "campaign_site.errors.not_found"
handler500 = "campaign_site.errors.server_error"
