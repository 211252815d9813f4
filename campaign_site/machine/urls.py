"""Addresses for programs. Feeds have one a language; everything else has one for all."""

from __future__ import annotations

from typing import Any

from django.urls import path, re_path
from django.views.generic import RedirectView

from campaign_site.machine.api import views as api_views
from campaign_site.machine.api.endpoints import api
from campaign_site.machine.cards.views import card
from campaign_site.machine.feeds import views as feeds
from campaign_site.machine.oembed import oembed
from campaign_site.machine.robots import robots
from campaign_site.machine.security_txt import security
from campaign_site.machine.sitemap import sitemap, sitemap_file

urlpatterns: list[Any] = [
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemap_file, name="sitemap-file"),
    path(".well-known/security.txt", security, name="security-txt"),
    path("security.txt", RedirectView.as_view(pattern_name="security-txt", permanent=True)),
    re_path(r"^cards/(?P<page_id>[0-9]{1,18})/(?P<digest>[0-9a-f]{16})\.jpg$", card, name="card"),
    path("oembed", oembed, name="oembed"),
    path("api/v1/openapi.json", api_views.description, name="api-description"),
    path("api/v1/", api.urls),
]

per_language: list[Any] = [
    re_path(r"^feeds/(?P<section>[a-z]+)\.(?P<kind>atom|json)$", feeds.feed, name="feed"),
    re_path(r"^feeds/campaigns/(?P<code>[-\w]+)\.(?P<kind>atom|json)$", feeds.campaign, name="campaign-feed"),
    path("api/", api_views.documentation, name="api-documentation"),
]
