"""Pages about a project: they name it, link to its page, and carry its funder's statement."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField

from content.pages.navigation import Link
from content.records import Project


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
    project_id: int | None

    class Meta:
        abstract = True

    def funded_project_id(self) -> int | None:
        """The project this page names."""
        return self.project_id

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the project with its funding, and its page in this language."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        if project := self.funded_project:  # type: ignore[attr-defined]
            context["project"] = project
            if project.page_path:
                context["project_page"] = Link(project.page_title, context["navigation"].address(project.page_path))
        return context
