"""What an operator watches, for Prometheus. Only with the installation's own key; without one there is nothing here."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4 as CONTENT_TYPE
from prometheus_client.metrics_core import CounterMetricFamily, GaugeHistogramMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from social_publisher.engagement.results import rolled_up_at
from social_publisher.models import Attempt, Circuit, Credential, Delivery, RateBudget, ReadingTally
from social_publisher.models.ledger import State

DAY = timedelta(days=1)
# Seconds after its time that a post left.
BUCKETS = (1, 2, 5, 10, 30, 60, 300, 900, 3600)
OPEN = [state.value for state in (State.WAITING, State.ARMED, State.UNKNOWN, State.NEEDS_PERSON)]


class Ledger(Collector):
    """Reads the ledger and the tallies when it is asked, never in advance. Ten queries."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def collect(self) -> Iterable[Metric]:
        """Every family of numbers."""
        yield self._open()
        yield self._lately()
        yield self._lateness()
        yield self._overdue()
        yield self._retries()
        yield self._permissions()
        yield self._blocked()
        yield from self._readings()
        yield self._age()

    def _open(self) -> Metric:
        family = GaugeMetricFamily(
            "campaign_deliveries_open", "Posts on channels that are not settled", labels=["state"]
        )
        counted = Delivery.objects.filter(state__in=OPEN).order_by().values_list("state").annotate(Count("pk"))
        found = dict(counted)
        for state in OPEN:
            family.add_metric([state], found.get(state, 0))
        return family

    def _lately(self) -> Metric:
        family = GaugeMetricFamily(
            "campaign_deliveries_last_day", "Posts on channels by what became of them in 24 hours", labels=["state"]
        )
        rows = Delivery.objects.exclude(state__in=OPEN).filter(state_changed_at__gt=self.now - DAY)
        for state, count in rows.order_by().values_list("state").annotate(Count("pk")):
            family.add_metric([state], count)
        return family

    def _lateness(self) -> Metric:
        rows = Delivery.objects.filter(state=State.PUBLISHED.value, published_at__gt=self.now - DAY)
        times = rows.values_list("due_at", "published_at")
        late = [max((out - due).total_seconds(), 0.0) for due, out in times if out is not None]
        family = GaugeHistogramMetricFamily(
            "campaign_delivery_lateness_seconds", "How long after their time the posts of 24 hours left"
        )
        buckets = [(str(float(bound)), float(sum(value <= bound for value in late))) for bound in BUCKETS]
        family.add_metric([], [*buckets, ("+Inf", float(len(late)))], sum(late))
        return family

    def _overdue(self) -> Metric:
        oldest = Delivery.objects.due(self.now).unheld().order_by("next_at")
        due = oldest.values_list("next_at", flat=True).first()
        seconds = (self.now - due).total_seconds() if due else 0.0
        words = "How long the oldest due post that nothing holds has waited"
        return GaugeMetricFamily("campaign_overdue_seconds", words, seconds)

    def _retries(self) -> Metric:
        again = Attempt.objects.filter(armed_at__gt=self.now - DAY, number__gt=1).count()
        return GaugeMetricFamily("campaign_retries_last_day", "Attempts of 24 hours that were not the first", again)

    def _permissions(self) -> Metric:
        """How long accounts' permissions last that do not renew themselves."""
        family = GaugeMetricFamily(
            "campaign_permission_ends_seconds", "Until an account's permission ends", labels=["channel"]
        )
        ending = Credential.objects.filter(expires_at__isnull=False, renews=False)
        for name, moment in ending.values_list("channel__name", "expires_at"):
            if moment is not None:
                family.add_metric([name], (moment - self.now).total_seconds())
        return family

    def _blocked(self) -> Metric:
        """Services that asked us to wait, or that are left alone after failures."""
        family = GaugeMetricFamily(
            "campaign_services_blocked", "Budgets and circuits that let nothing out", labels=["why"]
        )
        family.add_metric(["asked to wait"], RateBudget.objects.filter(blocked_until__gt=self.now).count())
        family.add_metric(["failures"], Circuit.objects.filter(open_until__gt=self.now).count())
        return family

    def _readings(self) -> Iterable[Metric]:
        calls = CounterMetricFamily("campaign_reading_calls", "Calls for counts, in all", labels=["network"])
        cost = CounterMetricFamily("campaign_reading_dollars", "What readings cost, in all", labels=["network"])
        rows = ReadingTally.objects.order_by().values_list("channel__network")
        for network, asked, paid in rows.annotate(Sum("calls"), Sum("cost")):
            calls.add_metric([network], asked)
            cost.add_metric([network], float(paid))
        yield calls
        yield cost

    def _age(self) -> Metric:
        at = rolled_up_at()
        age = (self.now - at).total_seconds() if at else float("nan")
        return GaugeMetricFamily("campaign_numbers_age_seconds", "How old the newest clicks in the numbers are", age)


# What other rooms have to tell of this process.
more: list[Collector] = []


def may_read(request: HttpRequest) -> bool:
    """Whether a request has the installation's key for operators, and there is one."""
    expected = f"Bearer {settings.METRICS_KEY}"
    sent = request.headers.get("Authorization", "")
    return bool(settings.METRICS_KEY) and secrets.compare_digest(sent.encode(), expected.encode())


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """All of it as text. Raises Http404 where no key is set, or another one is sent."""
    if not may_read(request):
        raise Http404("there is nothing here")
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Ledger(timezone.now()))
    for collector in more:
        registry.register(collector)
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE)
