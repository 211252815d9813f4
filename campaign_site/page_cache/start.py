"""Puts the page cache before an application, as this installation wants it."""

from __future__ import annotations

from django.conf import settings

from campaign_site.page_cache.layer import Application, PageCache
from campaign_site.page_cache.store import Store
from campaign_site.page_cache.watch import Watch

MB = 1024 * 1024


def with_page_cache(application: Application) -> Application:
    """The application behind its cache, which has begun to listen; or alone, where the installation wants none."""
    if not settings.PAGE_CACHE_MB:
        return application
    store = Store(settings.PAGE_CACHE_MB * MB)
    watch = Watch(store.outdate, store.forget_all)
    watch.start()
    return PageCache(application, store, watch, settings.SESSION_COOKIE_NAME)
