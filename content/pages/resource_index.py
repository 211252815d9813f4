from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.query import PageQuerySet

from content.pages.addresses import addressed
from content.pages.base import IndexPage
from content.pages.filters import Filter, Option, filter_of
from content.pages.resource import ResourcePage
from content.records import SeriesName
from content.records.languages import language_names
from content.records.named import wording

LOOKUPS = {
    "type": "kind",
    "project": "project_id",
    "language": "files__language",
    "year": "published_on__year",
    "series": "series__slug",
}


class ResourceIndexPage(IndexPage):
    """All resources, newest first; narrowed by type, project, language and year."""

    template = "content/pages/resource_index.html"
    subpage_types = ["content.ResourcePage"]
    max_count_per_parent = 1
    filters: tuple[Filter, ...] = ()

    class Meta:
        verbose_name = gettext_lazy("resource list")
        verbose_name_plural = gettext_lazy("resource lists")

    def listed(self) -> PageQuerySet:
        """The resources that every filter lets through, newest first."""
        resources = ResourcePage.for_cards().child_of(self)
        for each in self.filters:
            if each.chosen is None:
                continue
            if each.name == "language":
                having = ResourcePage.objects.filter(files__language=each.chosen.value)
                resources = resources.filter(pk__in=having.values("pk"))
            else:
                resources = resources.filter(**{LOOKUPS[each.name]: each.chosen.value})
        return resources

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the filters with what there is to find."""
        self.filters = self._filters(request.GET.dict())
        context = super().get_context(request, *args, **kwargs)
        context["listing"].object_list = addressed(context["navigation"], context["listing"].object_list)
        context["filters"] = [each for each in self.filters if each.helps]
        context["narrowed"] = any(each.chosen for each in self.filters)
        return context

    def _filters(self, asked: dict[str, str]) -> tuple[Filter, ...]:
        series = wording(SeriesName, "series", "text", outer="series", own="series__name")
        found: models.QuerySet[Any] = ResourcePage.objects.live().child_of(self).order_by()
        columns = ("kind", "project_id", "project__acronym", "project__name", "files__language", "published_on__year")
        rows = list(
            found.annotate(series_label=series).values_list(*columns, "series__slug", "series_label").distinct()
        )
        kinds, languages = dict(ResourcePage.Kind.choices), language_names()
        types = [Option(row[0], str(kinds.get(row[0], row[0]))) for row in rows]
        projects = [Option(str(row[1]), row[2] or row[3]) for row in rows if row[1]]
        spoken = [Option(row[4], languages.get(row[4], row[4]), row[4]) for row in rows if row[4]]
        years = [Option(str(row[5]), str(row[5])) for row in rows if row[5]]
        of_series = [Option(row[6], row[7]) for row in rows if row[6]]
        return (
            filter_of("type", _("Type"), _("All types"), types, asked),
            filter_of("project", _("Project"), _("All projects"), projects, asked),
            filter_of("language", _("Language"), _("All languages"), spoken, asked),
            filter_of("year", _("Year"), _("All years"), years, asked, newest_first=True),
            filter_of("series", _("Series"), _("All series"), of_series, asked),
        )
