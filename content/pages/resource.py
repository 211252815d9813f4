from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from content.pages.base import BasePage, BodyMixin, IndexPage
from content.pages.related import AboutProject


class ResourcePage(AboutProject, BodyMixin, BasePage):
    """A publication or other download."""

    document = models.ForeignKey(
        "media.CampaignDocument",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("document"),
    )
    published_on = models.DateField(_("published on"), null=True, blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("document"),
        FieldPanel("published_on"),
        *AboutProject.project_panels,
        *BodyMixin.body_panels,
    ]
    remembers_context = True
    template = "content/pages/resource.html"
    parent_page_types = ["content.ResourceIndexPage"]
    subpage_types: list[str] = []
    override_translatable_fields = [
        *AboutProject.project_fields,
        SynchronizedField("published_on", overridable=False),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("resource page")
        verbose_name_plural = _("resource pages")


class ResourceIndexPage(IndexPage):
    """All resources, newest first."""

    template = "content/pages/resource_index.html"
    subpage_types = ["content.ResourcePage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("resource list")
        verbose_name_plural = _("resource lists")

    def listed(self) -> PageQuerySet:
        """Newest first; those without a date last."""
        newest = models.F("published_on").desc(nulls_last=True)
        return ResourcePage.objects.live().child_of(self).select_related("document", "project").order_by(newest)
