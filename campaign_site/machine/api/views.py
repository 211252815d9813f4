"""The API's documentation: a page for people and a description for programs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_safe

from campaign_site.machine.addresses import absolute, for_everybody
from campaign_site.machine.api.definitions import ENDPOINTS, list_address
from campaign_site.machine.api.description import INTRODUCTION, PARAMETERS, openapi
from campaign_site.machine.sections import SECTIONS

SECONDS = 3600


@require_safe
@conditional_page
def description(request: HttpRequest) -> HttpResponse:
    """OpenAPI 3.1."""
    return for_everybody(JsonResponse(openapi(), json_dumps_params={"ensure_ascii": False, "indent": 1}), SECONDS)


@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """The documentation, and the feeds, which need no program."""
    return render(
        request,
        "machine/api.html",
        {
            "introduction": INTRODUCTION,
            "parameters": PARAMETERS,
            "endpoints": [(endpoint, list_address(endpoint)) for endpoint in ENDPOINTS],
            "openapi": absolute(reverse("api-description")),
            "feeds": [
                (section.title, *(absolute(reverse("feed", args=[section.name, kind])) for kind in ("atom", "json")))
                for section in SECTIONS.values()
            ],
        },
    )
