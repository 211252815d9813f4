"""All addresses of the site. English has no prefix; other languages have theirs."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from campaign_site import health, renditions
from campaign_site.errors import not_found
from campaign_site.machine import urls as machine_urls
from campaign_site.sign_in import urls as sign_in_urls
from campaign_site.translations import upload as translation_file
from content import urls as content_urls
from content.search.views import search_page
from content.urls import localized
from media.serving import document
from social_publisher import urls as publisher_urls

urlpatterns = [
    # Wagtail breaks here on purpose, to try out error pages.
    path("admin/failwhale/", not_found),
    # Old addresses come in by one screen alone, which has bounds and our rules.
    path("admin/redirects/import/", RedirectView.as_view(pattern_name="import-old-addresses")),
    path("admin/redirects/import/process/", RedirectView.as_view(pattern_name="import-old-addresses")),
    # Before wagtail-localize's own, which takes anything for a file of words.
    path("admin/localize/translate/<int:translation_id>/pofile/upload/", translation_file.upload),
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
