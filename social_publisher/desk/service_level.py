"""How well posts keep their times, for whoever answers for the service."""

from __future__ import annotations

import math
from typing import Any

from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from social_publisher.desk.base import DeskView, DeskViewSet
from social_publisher.desk.status import Standing, delivery_standing
from social_publisher.engagement import results
from social_publisher.engagement.periods import Period, today
from social_publisher.networks import registry
from social_publisher.reports import service_level

PERMISSION = "social_publisher.view_delivery"
DAYS = (7, 28, 90)
SHOWN = 50


class ServiceLevelView(DeskView):
    """The promise and whether it was kept, by day and by network, with every post that broke it."""

    permission = PERMISSION
    template_name = "social_publisher/desk/service_level.html"
    page_title = gettext_lazy("Service level")
    header_icon = "time"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        days = next((days for days in DAYS if str(days) == self.request.GET.get("days")), 28)
        networks = results.shown_networks()
        rows = service_level.judged(Period.of_days(days, today()), timezone.now(), networks)
        levels = service_level.by_day(rows)
        return {
            **context,
            "days": days,
            "choices": DAYS,
            "rehearsal": networks is None,
            "total": service_level.Level.sum(levels.values()),
            "lateness": service_level.lateness(rows),
            "by_day": levels,
            "by_network": [(registry.get(slug).name, level) for slug, level in service_level.by_network(rows).items()],
            "broken": [(row, _standing(row)) for row in service_level.broken(rows, SHOWN)],
            "shown": SHOWN,
            "goal": service_level.GOAL * 100,
            "seconds": int(service_level.ON_TIME.total_seconds()),
        }


def _standing(row: Any) -> Standing:
    """Its state; of what left late, how late."""
    if row.verdict != service_level.Verdict.LATE:
        return delivery_standing(row)
    if row.published_at is None:
        return Standing(_("Late"), "warn", row.reason or _("It waits past its time."))
    seconds = math.ceil(row.lateness)
    words = ngettext("It left %(count)s second after its time.", "It left %(count)s seconds after its time.", seconds)
    return Standing(_("Late"), "warn", words % {"count": seconds})


class ServiceLevelViewSet(DeskViewSet):
    permission = PERMISSION
    name = "social_service_level"
    url_prefix = "social/service-level"
    icon = "time"
    menu_label = gettext_lazy("Service level")

    def get_urlpatterns(self) -> list[Any]:
        return [path("", ServiceLevelView.as_view(), name="index")]
