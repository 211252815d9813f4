"""The head's tag."""

from __future__ import annotations

from typing import Any

from django import template
from wagtail.models import Page

from campaign_site.machine.meta import Meta, meta_of

register = template.Library()


@register.simple_tag(takes_context=True)
def page_meta(context: template.Context) -> Meta | None:
    """What programs are told about the page of this context; None where there is no page."""
    page: Any = context.get("page")
    known: Any = context.flatten() if isinstance(page, Page) else None
    return meta_of(page, known) if known else None
