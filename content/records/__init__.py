"""Facts, each stored once: who pays, who takes part, where, how much, how far."""

from __future__ import annotations

from content.records.campaign import Campaign
from content.records.country import Country
from content.records.funding import Funder, FundingStatement, Grant, Programme
from content.records.hotline import Hotline, HotlineText
from content.records.indicator import Indicator, IndicatorLabel
from content.records.partner import Partner
from content.records.project import Participation, Project

__all__ = [
    "Campaign",
    "Country",
    "Funder",
    "FundingStatement",
    "Grant",
    "Hotline",
    "HotlineText",
    "Indicator",
    "IndicatorLabel",
    "Participation",
    "Partner",
    "Programme",
    "Project",
]
