"""Prose: the pages a reader visits. Facts come from the records they point to."""

from __future__ import annotations

from content.pages.campaign import CampaignIndexPage, CampaignPage
from content.pages.event import EventIndexPage, EventPage
from content.pages.home import HomePage
from content.pages.news import NewsIndexPage, NewsPage
from content.pages.project import ProjectPage
from content.pages.project_index import ProjectIndexPage
from content.pages.resource import ResourceIndexPage, ResourcePage
from content.pages.standard import StandardPage

__all__ = [
    "CampaignIndexPage",
    "CampaignPage",
    "EventIndexPage",
    "EventPage",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "ProjectIndexPage",
    "ProjectPage",
    "ResourceIndexPage",
    "ResourcePage",
    "StandardPage",
]
