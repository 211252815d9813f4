"""The endpoints: Wagtail's API v2 over the definitions, for readers only and without a session."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import override
from django.views.decorators.http import conditional_page
from rest_framework.fields import Field as RestField
from rest_framework.filters import BaseFilterBackend
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from wagtail.api import APIField
from wagtail.api.v2.filters import LocaleFilter, OrderingFilter, SearchFilter, TranslationOfFilter
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.models import Page

from campaign_site.machine.addresses import for_everybody
from campaign_site.machine.api.definitions import ENDPOINTS, Endpoint, Field
from campaign_site.machine.reading import language_of, readable

SECONDS = 60
LONGEST = 200


class ReadField(RestField):
    """A field that is read by a function, in the page's own language."""

    def __init__(self, *, field: Field) -> None:
        super().__init__(source="*", read_only=True)
        self.definition = field

    def to_representation(self, value: Any) -> Any:
        with override(language_of(value)):
            return self.definition.read(value)


class RecordsFilter(BaseFilterBackend):
    """The filters of the definitions, and everything that changed since a moment."""

    def filter_queryset(self, request: Any, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        for row in view.endpoint.filters:
            if value := request.GET.get(row.name, ""):
                if "\0" in value or len(value) > LONGEST:
                    raise BadRequestError(f"{row.name}: this is no value such as {row.example}")
                queryset = row.keep(queryset, value)
        if since := request.GET.get("updated_since", ""):
            queryset = queryset.filter(last_published_at__gte=_moment(since))
        return queryset


class WordsFilter(SearchFilter):
    """Wagtail's search, over what the other filters left."""

    def filter_queryset(self, request: Any, queryset: QuerySet[Any], view: Any) -> Any:
        if "search" not in request.GET:
            return queryset
        if len(request.GET["search"]) > LONGEST:
            raise BadRequestError(f"search: write at most {LONGEST} characters")
        # The search index knows only its own filters; a list of pages passes it.
        found = view.complete(queryset.model.objects.filter(pk__in=queryset.order_by().values("pk")))
        return super().filter_queryset(request, found, view)


def _moment(text: str) -> datetime:
    try:
        moment = parse_datetime(text)
        if moment is None and (day := parse_date(text)):
            moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    except ValueError:
        moment = None
    if moment is None:
        raise BadRequestError("updated_since: write a date such as 2026-01-31 or a time such as 2026-01-31T12:00:00Z")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class ReadOnlyPages(PagesAPIViewSet):
    """Public pages of one kind. It knows no session, so nobody sees more than everybody."""

    endpoint: Endpoint
    authentication_classes: list[Any] = []
    permission_classes: list[Any] = []
    renderer_classes = [JSONRenderer]
    filter_backends = [RecordsFilter, OrderingFilter, TranslationOfFilter, LocaleFilter, WordsFilter]
    known_query_parameters = frozenset(
        ["limit", "offset", "fields", "order", "search", "search_operator", "locale", "translation_of", "updated_since"]
    )
    body_fields = ["id", "title"]
    meta_fields = ["type", "detail_url", "html_url", "slug", "first_published_at", "locale"]

    @classmethod
    def get_body_fields(cls, model: type[Page]) -> list[APIField]:  # noqa: ARG003 - the signature is Wagtail's
        """The fields of the definitions, whatever a page type offers of its own."""
        defined = [APIField(field.name, serializer=ReadField(field=field)) for field in cls.endpoint.fields]
        return [*cls._convert_api_fields(cls.body_fields), *defined]

    @classmethod
    def get_meta_fields(cls, model: type[Page]) -> list[APIField]:  # noqa: ARG003 - the signature is Wagtail's
        """What Wagtail tells about any page, as far as it is of use outside."""
        return list(cls._convert_api_fields(cls.meta_fields))

    @classmethod
    def get_listing_default_fields(cls, model: type[Page]) -> list[str]:  # noqa: ARG003 - the signature is Wagtail's
        """A list carries all but long texts."""
        short = [field.name for field in cls.endpoint.fields if field.in_lists]
        return [*cls.body_fields, *cls.meta_fields, *short]

    def check_query_parameters(self, queryset: Any) -> None:
        """Refuse what is no parameter, so that a misspelled one is no silent "everything"."""
        known = self.known_query_parameters | {row.name for row in self.endpoint.filters}
        unknown = sorted(set(self.request.GET) - known)
        if unknown:
            raise BadRequestError(f"unknown parameters: {', '.join(unknown)}; /api/ lists those there are")

    def get_base_queryset(self) -> Any:
        """Live and public pages, without copies that wait for their translation."""
        return readable(Page)

    def get_queryset(self) -> Any:
        """Pages with everything that is read from them, in as many queries however many there are."""
        return self.complete(readable(self.endpoint.model)).order_by(self.endpoint.newest, "-pk")

    def complete(self, pages: Any) -> Any:
        """The same pages with all that is read from them."""
        related = ("locale", "content_type", *self.endpoint.related)
        return pages.select_related(*related).prefetch_related(*self.endpoint.many)

    def get_object(self) -> Any:
        """The page, complete as it was read."""
        if not hasattr(self, "_found"):
            self._found = super(PagesAPIViewSet, self).get_object()
        return self._found

    def finalize_response(self, request: HttpRequest, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Readable from any other site."""
        done: Response = super().finalize_response(request, response, *args, **kwargs)
        return for_everybody(done, SECONDS)

    @classmethod
    def get_urlpatterns(cls) -> list[Any]:
        """The list and one page of it; whoever has the newest gets 304."""
        return [
            path("", conditional_page(cls.as_view({"get": "listing_view"})), name="listing"),
            path("<int:pk>/", conditional_page(cls.as_view({"get": "detail_view"})), name="detail"),
        ]


def endpoint_view(endpoint: Endpoint) -> type[ReadOnlyPages]:
    """The view of one endpoint."""
    own = {"endpoint": endpoint, "model": endpoint.model, "name": endpoint.name}
    return type(f"{endpoint.model.__name__}s", (ReadOnlyPages,), own)


def router() -> WagtailAPIRouter:
    """Every endpoint under its name."""
    made = WagtailAPIRouter("api")
    for endpoint in ENDPOINTS:
        made.register_endpoint(endpoint.name, endpoint_view(endpoint))
    return made


api = router()
