"""Facts, each stored once: who pays, who takes part, where, how much, how far."""

from __future__ import annotations

from content.records.author import Author, AuthorText
from content.records.campaign import Campaign
from content.records.country import Country
from content.records.funding import Funder, FundingStatement, Grant, Programme
from content.records.indicator import Indicator, IndicatorLabel
from content.records.partner import Partner
from content.records.project import Participation, Project
from content.records.series import Series, SeriesName
from content.records.topic import Topic, TopicName

__all__ = [
    "Author",
    "AuthorText",
    "Campaign",
    "Country",
    "Funder",
    "FundingStatement",
    "Grant",
    "Indicator",
    "IndicatorLabel",
    "Participation",
    "Partner",
    "Programme",
    "Project",
    "Series",
    "SeriesName",
    "Topic",
    "TopicName",
]
