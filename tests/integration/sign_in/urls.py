"""The site's addresses, with those of the organisation's own sign-in."""

from __future__ import annotations

from django.urls import include, path

from campaign_site.sign_in.urls import single
from campaign_site.urls import handler404, handler500
from campaign_site.urls import urlpatterns as those_of_the_site

__all__ = ["handler404", "handler500", "urlpatterns"]

urlpatterns = [path("admin/", include(single)), *those_of_the_site]
