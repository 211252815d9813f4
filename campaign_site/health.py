"""Whether this process runs, whether it can serve, and whether the whole installation is well."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from campaign_site.observability.checks import RUNNING, run
from social_publisher.reports.metrics import may_read


@require_safe
@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, 503 with a plain word when it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "database not reachable"}, status=503)
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def deep(request: HttpRequest) -> JsonResponse:
    """Everything that may go wrong while it runs, each with a sentence; 503 if something is. For who has the key of the
    metrics. Raises Http404 for everybody else."""
    if not may_read(request):
        raise Http404("there is nothing here")
    found = run(RUNNING)
    told = {one.name: {"is_well": one.is_well, "words": one.words} for one in found}
    return JsonResponse({"checks": told}, status=200 if all(one.is_well for one in found) else 503)
