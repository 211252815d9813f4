from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from content.blocks import DownloadBlock, KitPictureBlock
from content.blocks.text import FEATURES
from content.pages import press_kit
from content.pages.addresses import addressed
from content.pages.base import BasePage, BodyMixin
from content.pages.campaign import CampaignPage
from content.pages.local_links import ACCOUNTS, local_links
from content.pages.news import NewsPage
from content.pages.standard import StandardPage

NEWEST_NEWS = 4


class PressPage(StandardPage):
    """What a journalist comes for: whom to ask, words and pictures to use, the latest news."""

    page_description = _("What a journalist comes for: whom to ask, words, pictures, the latest news.")

    contact_name = models.CharField(
        _("press contact"),
        max_length=160,
        blank=True,
        help_text=_("A person or an office."),
    )
    contact_email = models.EmailField(_("e-mail"), blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True, help_text=_("With the country's code."))
    contact_note = models.CharField(
        _("note"), max_length=255, blank=True, help_text=_("For example hours and languages.")
    )
    boilerplate = RichTextField(
        _("about the organisation"),
        blank=True,
        features=FEATURES,
        help_text=_("A paragraph that others may print as it stands."),
    )
    pictures = StreamField(
        [("picture", KitPictureBlock())], blank=True, max_num=24, verbose_name=_("pictures of the organisation")
    )
    downloads = StreamField([("download", DownloadBlock())], blank=True, verbose_name=_("downloads"))

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("contact_name"),
                FieldRowPanel([FieldPanel("contact_email"), FieldPanel("contact_phone")]),
                FieldPanel("contact_note"),
            ],
            heading=_("Press contact"),
        ),
        FieldPanel("boilerplate"),
        *BodyMixin.body_panels,
        FieldPanel("pictures"),
        FieldPanel("downloads"),
    ]
    template = "content/pages/press.html"
    parent_page_types = ["content.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    override_translatable_fields = [
        SynchronizedField("contact_email", overridable=True),
        SynchronizedField("contact_phone", overridable=True),
    ]
    search_fields = [*StandardPage.search_fields, index.SearchField("boilerplate")]

    class Meta:
        verbose_name = _("press room")
        verbose_name_plural = _("press rooms")

    @property
    def has_contact(self) -> bool:
        """Somebody can be reached: a name alone is no contact."""
        return bool(self.contact_email or self.contact_phone)

    @property
    def dialled(self) -> str:
        """The number as a telephone dials it."""
        return "".join(sign for sign in self.contact_phone if sign.isdigit() or sign == "+")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the campaigns' press kits, the newest news and the pictures with their files."""
        context = super().get_context(request, *args, **kwargs)
        here = {"locale_id": self.locale_id}
        campaigns = CampaignPage.for_cards().filter(**here).order_by("-first_published_at")
        context["kits"] = addressed(context["navigation"], (page for page in campaigns[:50] if page.has_press_kit))
        context["news_pages"] = NewsPage.for_cards().filter(**here)[:NEWEST_NEWS]
        context["pictures"] = press_kit.pictures(self.pictures)
        context["links"] = local_links(request, self.locale_id, kinds=(ACCOUNTS, "newsindexpage", "contactpage"))
        return context
