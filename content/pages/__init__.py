"""Prose: the pages a reader visits. Facts come from the records they point to."""

from __future__ import annotations

from content.pages.accessibility import AccessibilityPage
from content.pages.accounts import OfficialAccountsPage
from content.pages.campaign import CampaignIndexPage, CampaignPage
from content.pages.contact import ContactPage
from content.pages.event import EventPage
from content.pages.event_index import EventIndexPage
from content.pages.home import HomePage
from content.pages.news import Byline, NewsPage, RelatedNews
from content.pages.news_index import NewsIndexPage
from content.pages.press import PressPage
from content.pages.project import ProjectPage
from content.pages.project_index import ProjectIndexPage
from content.pages.report import ReportPage
from content.pages.resource import ResourceFile, ResourcePage
from content.pages.resource_index import ResourceIndexPage
from content.pages.standard import StandardPage
from content.pages.translated import TranslationGap

__all__ = [
    "AccessibilityPage",
    "Byline",
    "CampaignIndexPage",
    "CampaignPage",
    "ContactPage",
    "EventIndexPage",
    "EventPage",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "OfficialAccountsPage",
    "PressPage",
    "ProjectIndexPage",
    "ProjectPage",
    "RelatedNews",
    "ReportPage",
    "ResourceFile",
    "ResourceIndexPage",
    "ResourcePage",
    "StandardPage",
    "TranslationGap",
]
