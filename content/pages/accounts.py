from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from content.blocks import AdviceBlock
from content.pages.account_check import ask
from content.pages.base import BasePage, BodyMixin
from content.pages.local_links import REPORT, local_links
from content.pages.standard import StandardPage
from content.slots import Account, outlet

MAX_QUESTION = 500


class OfficialAccountsPage(StandardPage):
    """How to know a real post of ours from a fake: which accounts are ours, how to check, what we never do."""

    page_description = _("How to know a real post of ours from a fake.")

    checks = StreamField([("check", AdviceBlock())], blank=True, verbose_name=_("how to check a post"))
    never = StreamField([("never", AdviceBlock())], blank=True, verbose_name=_("what we never do"))
    fakes = StreamField([("step", AdviceBlock())], blank=True, verbose_name=_("how to report a fake"))

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("checks"),
        FieldPanel("never"),
        FieldPanel("fakes"),
        *BodyMixin.body_panels,
    ]
    remembers_context = True
    template = "content/pages/accounts.html"
    parent_page_types = ["content.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    search_fields = [
        *StandardPage.search_fields,
        index.SearchField("checks"),
        index.SearchField("never"),
        index.SearchField("fakes"),
    ]

    class Meta:
        verbose_name = _("official accounts")
        verbose_name_plural = _("official accounts")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add where to report a fake."""
        context = super().get_context(request, *args, **kwargs)
        context["links"] = local_links(request, self.locale_id, kinds=(REPORT,))
        return context

    def fresh_context(self, request: HttpRequest) -> dict[str, Any]:
        """The accounts by network, which are another room's, and what we know of the account or post asked about."""
        accounts = outlet().accounts()
        question = request.GET.get("account", "")[:MAX_QUESTION].strip()
        return {
            "networks": by_network(accounts),
            "question": question,
            "answer": ask(question, accounts, outlet().has_posted) if question else None,
        }


def by_network(accounts: Iterable[Account]) -> list[tuple[str, list[Account]]]:
    """Group accounts by their network's name, in order of the names."""
    ordered = sorted(accounts, key=lambda account: (account.network.casefold(), account.handle.casefold()))
    return [(network, list(group)) for network, group in groupby(ordered, key=lambda account: account.network)]
