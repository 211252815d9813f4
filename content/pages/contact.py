from __future__ import annotations

import re
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail_localize.fields import SynchronizedField

from content.contact import tokens
from content.contact.forms import ContactForm
from content.contact.models import ALPHABET
from content.pages.report import ReportPage
from content.pages.standard import StandardPage

REFERENCE = re.compile(rf"[{ALPHABET}]{{8}}")


class TopicBlock(blocks.StructBlock):
    """A topic that readers choose, and who gets the messages about it."""

    label = blocks.CharBlock(label=_("Topic"), max_length=120)
    recipients = blocks.ListBlock(
        blocks.EmailBlock(label=_("email address")),
        label=_("Sent by mail to"),
        help_text=_("Without an address, messages are kept here and nobody is mailed."),
        default=[],
        min_num=0,
    )

    class Meta:
        icon = "mail"
        label = _("Topic")


class ContactPage(StandardPage):
    """How to reach the people behind the site, with a form that needs no third party."""

    page_description = _("How to reach the people behind the site, with a form.")

    postal_address = models.TextField(_("postal address"), max_length=400, blank=True)
    phone = models.CharField(_("telephone number"), max_length=40, blank=True)
    email = models.EmailField(_("public email address"), blank=True)
    topics = StreamField([("topic", TopicBlock())], blank=True, verbose_name=_("topics"))
    keep_days = models.PositiveSmallIntegerField(
        _("messages are kept for, days"),
        default=180,
        validators=[MinValueValidator(1), MaxValueValidator(730)],
        help_text=_("The page says so, and they are deleted then. At most 730."),
    )

    content_panels = [
        *StandardPage.content_panels,
        MultiFieldPanel(
            [FieldPanel("postal_address"), FieldRowPanel([FieldPanel("phone"), FieldPanel("email")])],
            heading=_("Other ways to reach us"),
            help_text=_("What is empty is not shown."),
        ),
        FieldPanel("topics"),
        FieldPanel("keep_days"),
    ]
    remembers_context = True
    template = "content/pages/contact.html"
    parent_page_types = ["content.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    override_translatable_fields = [
        SynchronizedField("phone"),
        SynchronizedField("email", overridable=False),
        SynchronizedField("keep_days", overridable=False),
    ]

    class Meta:
        verbose_name = _("contact page")
        verbose_name_plural = _("contact pages")

    def form(self, data: Any = None) -> ContactForm:
        """The form with this page's topics, empty or with what was sent."""
        return ContactForm([(str(block.id), str(block.value["label"])) for block in self.topics], data)

    def topic(self, chosen: str) -> tuple[str, list[str]]:
        """The topic chosen, by its block, and its recipients; nothing where the page has no topics."""
        for block in self.topics:
            if str(block.id) == chosen:
                return str(block.value["label"]), [str(address) for address in block.value["recipients"]]
        return "", []

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The form has a token of its own, so no cache keeps the page."""
        response = super().serve(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the form, empty or as it was sent, or the reference of a message that has just arrived."""
        context = super().get_context(request, *args, **kwargs)
        sent = request.GET.get("sent", "")
        context["sent"] = sent if REFERENCE.fullmatch(sent) else ""
        context["form"] = kwargs.get("form") or self.form()
        context["token"] = kwargs.get("token")
        context["is_mailed"] = any(block.value["recipients"] for block in self.topics)
        context["report_page"] = ReportPage.in_locale(self.locale_id)
        return context

    def fresh_context(self, request: HttpRequest) -> dict[str, Any]:
        """Each reader's form has a token of its own."""
        return {"token": tokens.issue(self.pk or 0, timezone.now())}
