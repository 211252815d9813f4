"""The numbers as JSON, read-only, for whoever holds a key: the same data, with the same digest, as the reports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from content.records import Campaign
from social_publisher.engagement.periods import Period, today
from social_publisher.reports.collect import report_on
from social_publisher.reports.definitions import DEFINITIONS
from social_publisher.reports.keys import owner_of

View = Callable[..., HttpResponse]


def with_key(view: View) -> View:
    """Answer only who sends a key of theirs as `Authorization: Bearer …`."""

    @require_safe
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        scheme, _blank, key = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or owner_of(key.strip(), today()) is None:
            words = _("Send a key of yours as “Authorization: Bearer …”. Keys are made in the admin, under Results.")
            response = JsonResponse({"message": words}, status=401)
            response.headers["WWW-Authenticate"] = 'Bearer realm="results"'
            return response
        return view(request, *args, **kwargs)

    return guarded


@with_key
def campaigns(request: HttpRequest) -> HttpResponse:
    """Every campaign, and where its numbers are."""
    rows = Campaign.objects.select_related("project").order_by("name")
    return JsonResponse(
        {
            "campaigns": [
                {
                    "code": row.code,
                    "name": row.name,
                    "project": str(row.project),
                    "phase": row.phase,
                    "numbers": request.build_absolute_uri(reverse("results-campaign", args=[row.code])),
                }
                for row in rows
            ],
            "definitions": {
                code: {"stage": known.stage.value, "label": str(known.label), "text": str(known.text)}
                for code, known in DEFINITIONS.items()
            },
        }
    )


@with_key
def campaign(request: HttpRequest, code: str) -> HttpResponse:
    """A campaign's numbers of the days from `first` to `last` (ISO 8601); without them everything until today."""
    found = Campaign.objects.filter(code=code).first()
    if found is None:
        return JsonResponse({"message": _("There is no campaign with this code.")}, status=404)
    try:
        period = _period(request)
    except ValueError:
        words = _("Write the days as first=2026-05-01&last=2026-05-31, the first not after the last.")
        return JsonResponse({"message": words}, status=400)
    report = report_on(found, period)
    as_of = {"clicks": report.clicks_as_of, "networks": report.networks_read_at}
    return JsonResponse({"digest": report.digest, "as_of": as_of, "data": report.data})


def _period(request: HttpRequest) -> Period:
    """Raises ValueError."""
    first, last = request.GET.get("first"), request.GET.get("last")
    period = Period(date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else today())
    if not 1970 <= period.last.year <= 9990 or (period.first and not period.first.year >= 1970):
        raise ValueError("no such days")
    if period.first and period.first > period.last:
        raise ValueError("the first day is after the last")
    return period
