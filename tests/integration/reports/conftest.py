from __future__ import annotations

import pytest

from content.records import Campaign
from social_publisher.models import DownloadHour, PageReadHour
from tests.factories import make_campaign, make_channel
from tests.support.brought import DAY, HOUR, OUT, clicked, published, told


@pytest.fixture
def campaign(db: None) -> Campaign:
    """Two posts that left in May on two channels, clicked and read."""
    campaign = make_campaign(goal="Људи питају ко зарађује.", language="sr")
    first, second = (
        published(campaign, text="Ask where it comes from."),
        published(campaign, make_channel("x"), OUT + DAY),
    )
    told(first, OUT + HOUR, likes=4, impressions=100)
    told(first, OUT + DAY, likes=3, impressions=250)
    told(second, OUT + DAY + HOUR, likes=2, reposts=1)
    clicked(first, OUT + DAY, 7)
    PageReadHour.objects.create(campaign=campaign, page=None, hour=OUT.replace(minute=0), language="en", count=12)
    DownloadHour.objects.create(campaign=campaign, document=0, hour=OUT.replace(minute=0), count=5)
    return campaign
