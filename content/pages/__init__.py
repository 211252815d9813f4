"""Prose: the pages a reader visits. Facts come from the records they point to."""

from __future__ import annotations

from content.pages.accessibility import AccessibilityPage
from content.pages.campaign import CampaignIndexPage, CampaignPage
from content.pages.contact import ContactPage
from content.pages.event import EventIndexPage, EventPage
from content.pages.home import HomePage
from content.pages.news import NewsIndexPage, NewsPage
from content.pages.project import ProjectIndexPage, ProjectPage
from content.pages.report import ReportPage
from content.pages.resource import ResourceIndexPage, ResourcePage
from content.pages.standard import StandardPage
from content.pages.translated import TranslationGap

__all__ = [
    "AccessibilityPage",
    "CampaignIndexPage",
    "CampaignPage",
    "ContactPage",
    "EventIndexPage",
    "EventPage",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "ProjectIndexPage",
    "ProjectPage",
    "ReportPage",
    "ResourceIndexPage",
    "ResourcePage",
    "StandardPage",
    "TranslationGap",
]
