"""Facts, each stored once: who pays, who takes part, where, how much, how far."""

from __future__ import annotations

from content.records.author import Author, AuthorText
from content.records.campaign import Campaign
from content.records.country import Country
from content.records.funding import Funder, FundingStatement, Grant, Programme
from content.records.hotline import Hotline, HotlineText
from content.records.indicator import Indicator, IndicatorLabel
from content.records.outputs import (
    Deliverable,
    DeliverableLabel,
    ProjectLink,
    ProjectLinkLabel,
    Result,
    ResultLabel,
)
from content.records.partner import Partner
from content.records.project import Participation, Project
from content.records.series import Series, SeriesName
from content.records.theme import Theme, ThemeLabel
from content.records.timeline import Milestone, MilestoneLabel
from content.records.topic import Topic, TopicName

__all__ = [
    "Author",
    "AuthorText",
    "Campaign",
    "Country",
    "Deliverable",
    "DeliverableLabel",
    "Funder",
    "FundingStatement",
    "Grant",
    "Hotline",
    "HotlineText",
    "Indicator",
    "IndicatorLabel",
    "Milestone",
    "MilestoneLabel",
    "Participation",
    "Partner",
    "Programme",
    "Project",
    "ProjectLink",
    "ProjectLinkLabel",
    "Result",
    "ResultLabel",
    "Series",
    "SeriesName",
    "Theme",
    "ThemeLabel",
    "Topic",
    "TopicName",
]
