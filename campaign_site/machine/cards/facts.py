"""From a page to what stands on its card."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import override
from wagtail.models import Page

from campaign_site.machine.cards.picture import Card
from campaign_site.machine.reading import kind_of, language_of, project_id_of
from content.pages import CampaignPage, HomePage
from content.records import Campaign, Programme, Project


def card_of(page: Page) -> Card:
    """Everything the drawing needs. Raises OSError if the picture cannot be read."""
    language = language_of(page)
    image = _picture_of(page)
    programme = _programme_of(page)
    with override(language):
        statement = programme.statement if programme else None
        return Card(
            title=page.title,
            language=language,
            kind=kind_of(page),
            owner=str(settings.SITE_OWNER),
            art=_bytes_of(image) if image else _drawn(page),
            focus=_focus_of(image) if image else (0.5, 0.5),
            statement=statement.statement if statement else "",
            has_emblem=bool(statement and programme and programme.shows_eu_emblem),
        )


def _picture_of(page: Page) -> Any | None:
    """The page's own picture, else that of its project's campaign, else none."""
    if getattr(page, "image_id", None):
        return page.image
    campaigns = CampaignPage.objects.live().exclude(image=None).select_related("image")
    if isinstance(page, HomePage):
        found = campaigns.filter(pk=page.campaign_id).first()
    elif project_id_of(page):
        found = campaigns.filter(campaign__project_id=project_id_of(page)).order_by("campaign__status", "pk").first()
    else:
        found = None
    return found.image if found else None


def _programme_of(page: Page) -> Programme | None:
    """Who pays for what the page is about."""
    project_id = project_id_of(page)
    if isinstance(page, CampaignPage):
        project_id = Campaign.objects.values_list("project_id", flat=True).get(pk=page.campaign_id)
    project = Project.objects.select_related("grant__programme").filter(pk=project_id).first()
    return project.grant.programme if project and project.grant else None


def _bytes_of(image: Any) -> bytes:
    with image.open_file() as file:
        data: bytes = file.read()
    return data


def _focus_of(image: Any) -> tuple[float, float]:
    if image.focal_point_x is None or image.focal_point_y is None or not image.width or not image.height:
        return (0.5, 0.5)
    return (min(1.0, image.focal_point_x / image.width), min(1.0, image.focal_point_y / image.height))


def _drawn(page: Page) -> bytes:
    """The house's own pattern, the same for the same page in every language."""
    from content.starter.art import draw_art

    return draw_art(page.translation_key.int % 10_000, 800, 450)
