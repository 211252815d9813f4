"""Puts the page cache before an application, as this installation wants it."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from campaign_site.page_cache.layer import Application, PageCache
from campaign_site.page_cache.store import Store
from campaign_site.page_cache.watch import Watch
from social_publisher.reports.metrics import more

MB = 1024 * 1024


def with_page_cache(application: Application) -> Application:
    """The application behind its cache, which has begun to listen; or alone, where the installation wants none."""
    if not settings.PAGE_CACHE_MB:
        return application
    store = Store(settings.PAGE_CACHE_MB * MB)
    watch = Watch(store.outdate, store.forget_all)
    watch.start()
    cache = PageCache(application, store, watch, settings.SESSION_COOKIE_NAME)
    more.append(PageCacheNumbers(cache))
    return cache


class PageCacheNumbers(Collector):
    """What became of readers' requests in this process."""

    def __init__(self, cache: PageCache) -> None:
        self.cache = cache

    def collect(self) -> Iterable[Metric]:
        """Counters since the process began, and what it keeps now."""
        asked = CounterMetricFamily(
            "campaign_page_requests", "Requests that a kept page could answer", labels=["result"]
        )
        for result, count in self.cache.counted.items():
            asked.add_metric([result], count)
        yield asked
        yield GaugeMetricFamily("campaign_pages_kept", "Whole pages in memory", len(self.cache.store))
        yield GaugeMetricFamily("campaign_pages_kept_bytes", "What they take, about", self.cache.store.size)
