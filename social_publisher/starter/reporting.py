"""What the starting campaign counts by itself, and a page with its results. No target is known, so none is set."""

from __future__ import annotations

from content.records import Campaign
from social_publisher.models import CampaignIndicator, CampaignReporting, Counted

CAMPAIGN = "fait-awareness"
COUNTED = (Counted.POSTS, Counted.CLICKS, Counted.READS, Counted.DOWNLOADS)


def load_demo_indicators() -> None:
    """Set them up once; what staff changed since stays."""
    campaign = Campaign.objects.filter(code=CAMPAIGN, reporting=None).first()
    if campaign is None:
        return
    reporting = CampaignReporting.objects.create(campaign=campaign, shows_results=True, mail_language=campaign.language)
    CampaignIndicator.objects.bulk_create(
        CampaignIndicator(reporting=reporting, counts=counts, sort_order=place) for place, counts in enumerate(COUNTED)
    )
