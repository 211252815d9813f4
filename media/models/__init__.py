from __future__ import annotations

from media.models.captions import VideoCaptions
from media.models.document import CampaignDocument
from media.models.image import CampaignImage, CampaignRendition
from media.models.video import CampaignVideo

__all__ = ["CampaignDocument", "CampaignImage", "CampaignRendition", "CampaignVideo", "VideoCaptions"]
