from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.query import PageQuerySet

from content.pages import choices
from content.pages.base import IndexPage
from content.pages.project import ProjectPage
from content.records import Project, Theme, ThemeLabel
from content.records.facts import in_order

NAMES = ("theme", "programme", "country", "status")


class ProjectIndexPage(IndexPage):
    """All projects, to be narrowed down by theme, programme, country and status."""

    template = "content/pages/project_index.html"
    subpage_types = ["content.ProjectPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = gettext_lazy("project list")
        verbose_name_plural = gettext_lazy("project lists")

    def listed(self) -> PageQuerySet:
        """Every project, in the order staff gave them, with what it can be filtered by."""
        label = ThemeLabel.objects.filter(theme=OuterRef("pk"), language=self.locale.language_code).values("text")
        themes = Theme.objects.filter(projects=OuterRef("project")).order_by("name")
        in_project = Project.countries.through.objects.filter(project=OuterRef("project"))
        return (
            ProjectPage.for_cards()
            .child_of(self)
            .annotate(
                theme_codes=ArraySubquery(themes.values("code")),
                theme_names=ArraySubquery(themes.values_list(Coalesce(Subquery(label[:1]), "name"))),
                country_codes=ArraySubquery(in_project.values("country__code")),
            )
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the filters and what they leave, page by page."""
        context = super(IndexPage, self).get_context(request, *args, **kwargs)
        pages = list(self.listed())
        items = [choices.Item(page.pk, _values(page)) for page in pages]
        chosen = choices.chosen_of(request.GET.dict(), items, NAMES)
        kept = set(choices.left(items, chosen))
        context["filters"] = choices.filters(items, chosen, _labels(), self._names(pages))
        context["chosen"] = [row for row in context["filters"] if row.chosen]
        context["total"] = len(pages)
        found = Paginator([page for page in pages if page.pk in kept], self.page_size)
        context["listing"] = found.get_page(request.GET.get("page"))
        for page in context["listing"]:
            page.address = context["navigation"].address(page.url_path)
        context["kept_query"] = urlencode(chosen)
        return context

    def _names(self, pages: list[Any]) -> dict[str, dict[str, str]]:
        """The words of each filter's values, in the order to show them."""
        themes = {code: name for page in pages for code, name in zip(page.theme_codes, page.theme_names, strict=True)}
        programmes = {
            str(page.project.grant.programme_id): page.project.grant.programme.name
            for page in pages
            if page.project.grant
        }
        codes = sorted({code for page in pages for code in page.country_codes})
        used = {page.project.status for page in pages}
        return {
            "theme": dict(sorted(themes.items(), key=lambda row: row[1].casefold())),
            "programme": dict(sorted(programmes.items(), key=lambda row: row[1].casefold())),
            "country": {place.code: place.name for place in in_order(codes, self.locale.language_code)},
            "status": {value: str(words) for value, words in Project.Status.choices if value in used},
        }


def _values(page: Any) -> dict[str, frozenset[str]]:
    project = page.project
    return {
        "theme": frozenset(page.theme_codes),
        "programme": frozenset([str(project.grant.programme_id)] if project.grant else []),
        "country": frozenset(page.country_codes),
        "status": frozenset([project.status] if project.status else []),
    }


def _labels() -> dict[str, tuple[str, str]]:
    return {
        "theme": (_("Theme"), _("All themes")),
        "programme": (_("Programme"), _("All programmes")),
        "country": (_("Country"), _("All countries")),
        "status": (_("Status"), _("Any status")),
    }
