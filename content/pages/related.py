"""Pages about a project: they name it, link to its page, and carry its funder's statement."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField

from content.pages.addresses import address
from content.pages.navigation import Link
from content.records import Project


def with_funding() -> models.QuerySet[Project]:
    """Projects with everything the funding statement needs."""
    projects: models.QuerySet[Project] = Project.objects.select_related("grant__programme__funder")
    return projects.prefetch_related("grant__programme__statements")


class AboutProject(models.Model):
    """A page that may be about a project. The funder's statement comes from the record, whether or not the project's
    own page is published in this language."""

    project = models.ForeignKey(
        Project,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("project"),
    )

    project_panels = [FieldPanel("project")]
    project_fields = [SynchronizedField("project", overridable=False)]

    locale_id: int

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the project with its funding, and its page in this language."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        if self.project_id:
            pages: Any = Project._meta.get_field("pages").related_model
            own = pages.objects.live().filter(project_id=models.OuterRef("pk"), locale_id=self.locale_id)[:1]
            shown: Any = with_funding().annotate(
                page_title=models.Subquery(own.values("title")), page_path=models.Subquery(own.values("url_path"))
            )
            context["project"] = project = shown.get(pk=self.project_id)
            if project.page_path:
                url = address(context["navigation"], project.page_path)
                context["project_page"] = Link(project.page_title, url)
        return context
