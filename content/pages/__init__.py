"""Prose: the pages a reader visits. Facts come from the records they point to."""

from __future__ import annotations

from content.pages.accounts import OfficialAccountsPage
from content.pages.campaign import CampaignIndexPage, CampaignPage
from content.pages.event import EventPage
from content.pages.event_index import EventIndexPage
from content.pages.home import HomePage
from content.pages.news import Byline, NewsPage, RelatedNews
from content.pages.news_index import NewsIndexPage
from content.pages.press import PressPage
from content.pages.project import ProjectPage
from content.pages.project_index import ProjectIndexPage
from content.pages.resource import ResourceFile, ResourcePage
from content.pages.resource_index import ResourceIndexPage
from content.pages.standard import StandardPage

__all__ = [
    "Byline",
    "CampaignIndexPage",
    "CampaignPage",
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
    "ResourceFile",
    "ResourceIndexPage",
    "ResourcePage",
    "StandardPage",
]
