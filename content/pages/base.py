from __future__ import annotations

from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from content.blocks import BodyBlock
from content.memory import asks_nothing, same_for_everybody
from content.pages.funding import FundingMixin
from content.pages.navigation import Navigation
from content.pages.own_language import in_own_language
from content.pages.passages import say_languages
from content.pages.readable import CheckedForm, ReadableMixin
from content.pages.recall import recall


class BasePage(ReadableMixin, FundingMixin):
    """What every page of the site has: a summary, the picture that stands for it, and the navigation around it."""

    summary = models.TextField(
        _("summary"), max_length=400, blank=True, help_text=_("One or two sentences; shown in lists and shared links.")
    )
    image = models.ForeignKey(
        "media.CampaignImage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image"),
    )
    image_alt = models.CharField(
        _("image description"),
        max_length=255,
        blank=True,
        help_text=_("What the picture shows, in words. Empty if it is decoration."),
    )

    # Whether `get_context` follows from the content alone: it is then read once and remembered until content changes,
    # a minute at most. What depends on the reader or another room's tables belongs into `fresh_context`.
    remembers_context = False

    # Drafts are looked at in the widths the site is made for.
    PREVIEWS = (
        ("mobile", "mobile-alt", 320, _("Preview on a narrow telephone")),
        ("tablet", "tablet-alt", 768, _("Preview on a tablet")),
        ("desktop", "desktop", 1440, _("Preview on a wide screen")),
    )

    base_form_class = CheckedForm
    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("image"), FieldPanel("image_alt")]
    search_fields = [*Page.search_fields, index.SearchField("summary")]

    class Meta:
        abstract = True

    @property
    def preview_sizes(self) -> list[dict[str, Any]]:
        """The widths that are offered beside the editor, narrowest first."""
        names = ("name", "icon", "device_width", "label")
        return [dict(zip(names, size, strict=True)) for size in self.PREVIEWS]

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Answer only under the page's own language."""
        if away := self.elsewhere(request):
            return away
        same_for_everybody(request)
        return self.answer(request, *args, **kwargs)

    def elsewhere(self, request: HttpRequest) -> HttpResponseRedirect | None:
        """Send to the page's own language; Wagtail would show the English page under every prefix. Raises Http404."""
        is_preview = request.is_preview = getattr(request, "is_preview", False)  # type: ignore[attr-defined]
        if self.alias_of_id and self.alias_of.locale_id != self.locale_id:
            raise Http404("this page waits for its translation")
        if not is_preview and Navigation(self, request).language != get_language():
            return HttpResponseRedirect(self.get_url(request) or "/")
        return None

    def answer(self, request: HttpRequest, *args: Any, **kwargs: Any) -> TemplateResponse:
        """The page itself, from what is remembered where it may be."""
        is_plain = request.method in ("GET", "HEAD") and asks_nothing(request)
        if request.is_preview or not is_plain or not self.remembers_context:  # type: ignore[attr-defined]
            context = self.get_context(request, *args, **kwargs)
        else:
            context = recall(request, self)
        context |= context["page"].fresh_context(request)
        return say_languages(TemplateResponse(request, self.get_template(request, *args, **kwargs), context))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the navigation."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "navigation": Navigation(self, request)}

    def shown_addresses(self) -> set[str]:
        """Addresses that stand on the page but not in it, such as those of records; they are looked at weekly too."""
        return set()

    def fresh_context(self, request: HttpRequest) -> dict[str, Any]:
        """What a template gets that is read for every request, such as what other rooms show here."""
        return {}


class BodyMixin(models.Model):
    """A page with running text."""

    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text"))

    body_panels = [FieldPanel("body")]

    class Meta:
        abstract = True


class IndexPage(BasePage):
    """A page that lists its children, newest or first-named first."""

    remembers_context = True
    page_size = 20
    parent_page_types = ["content.HomePage"]

    class Meta:
        abstract = True

    def listed(self) -> models.QuerySet[Any]:
        """Return the live children to list, in order, with what their cards need. Subclasses say which."""
        raise TypeError(f"{type(self).__name__} does not say what it lists")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add one page of the list."""
        from django.core.paginator import Paginator

        context = super().get_context(request, *args, **kwargs)
        context["listing"] = Paginator(in_own_language(self.listed()), self.page_size).get_page(request.GET.get("page"))
        return context
