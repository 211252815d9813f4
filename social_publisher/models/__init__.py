"""Channels, posts, approvals, the delivery ledger, short links, counts and the audit."""

from __future__ import annotations

from social_publisher.models.alert import Alert
from social_publisher.models.approval import Approval, Submission
from social_publisher.models.audit import AuditEvent
from social_publisher.models.break_glass import BreakGlass
from social_publisher.models.calendar_feed import CalendarFeed
from social_publisher.models.channel import Channel
from social_publisher.models.correction import Correction
from social_publisher.models.credential import AppRegistration, Credential
from social_publisher.models.delivery import Attempt, Delivery, Upload
from social_publisher.models.endorsement import Endorsement, ReviewOpening
from social_publisher.models.engagement import (
    ClickHour,
    DaySalt,
    DownloadHour,
    EngagementSnapshot,
    LinkDay,
    PageReadHour,
    SeenReader,
)
from social_publisher.models.foreign_post import ForeignPost, TimelineWatch
from social_publisher.models.held_import import HeldImport
from social_publisher.models.launch import Launch
from social_publisher.models.notice import AuditReader, Mail, Notice, NoticeChoice, NoticeProfile
from social_publisher.models.occurrence import Occurrence
from social_publisher.models.pause import Pause
from social_publisher.models.plan import Plan
from social_publisher.models.planning import Blackout, Series, Slot
from social_publisher.models.post import Post, PostImage, Variant
from social_publisher.models.protection import Protection
from social_publisher.models.rehearsal import RehearsalLike, RehearsalPost
from social_publisher.models.reporting import (
    CampaignIndicator,
    CampaignIndicatorLabel,
    CampaignReporting,
    Counted,
    MailedReport,
    Stage,
)
from social_publisher.models.results_token import ResultsToken
from social_publisher.models.rollups import CampaignRollup, DeliveryRollup, Grain, ReadingTally, RollupMark
from social_publisher.models.rules import CampaignRules, MentionedAccount
from social_publisher.models.short_link import ShortLink
from social_publisher.models.takedown import Takedown, TakedownStep
from social_publisher.models.traffic import Circuit, RateBudget
from social_publisher.models.webhook import Webhook, WebhookCall
from social_publisher.models.workflow import PostApprovalTask

__all__ = [
    "Alert",
    "AppRegistration",
    "Approval",
    "Attempt",
    "AuditEvent",
    "AuditReader",
    "Blackout",
    "BreakGlass",
    "CalendarFeed",
    "CampaignIndicator",
    "CampaignIndicatorLabel",
    "CampaignReporting",
    "CampaignRollup",
    "CampaignRules",
    "Channel",
    "Circuit",
    "ClickHour",
    "Correction",
    "Counted",
    "Credential",
    "DaySalt",
    "Delivery",
    "DeliveryRollup",
    "DownloadHour",
    "Endorsement",
    "EngagementSnapshot",
    "ForeignPost",
    "Grain",
    "HeldImport",
    "Launch",
    "LinkDay",
    "Mail",
    "MailedReport",
    "MentionedAccount",
    "Notice",
    "NoticeChoice",
    "NoticeProfile",
    "Occurrence",
    "PageReadHour",
    "Pause",
    "Plan",
    "Post",
    "PostApprovalTask",
    "PostImage",
    "Protection",
    "RateBudget",
    "ReadingTally",
    "RehearsalLike",
    "RehearsalPost",
    "ResultsToken",
    "ReviewOpening",
    "RollupMark",
    "SeenReader",
    "Series",
    "ShortLink",
    "Slot",
    "Stage",
    "Submission",
    "Takedown",
    "TakedownStep",
    "TimelineWatch",
    "Upload",
    "Variant",
    "Webhook",
    "WebhookCall",
]
