"""The screens of the engagement benchmark, with few readings: each answers within its number of queries."""

from __future__ import annotations

import pytest
from django.test import Client

from social_publisher.engagement.rollup import rebuild
from social_publisher.models import CampaignRollup, EngagementSnapshot
from tests.bench.engagement import MOST_QUERIES, screens
from tests.bench.many_readings import fill, read
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_every_screen_stays_within_its_queries_and_a_rebuild_changes_none_of_them() -> None:
    made = fill(120)
    read(made["post"], 8)
    assert EngagementSnapshot.objects.count() == 960
    client = Client()
    client.force_login(make_user("Analysts"))
    assert list(rebuild())[-1] == (120, 120)
    cells = set(CampaignRollup.objects.values_list("campaign", "channel", "language", "grain", "start", "likes"))
    found = screens(client, made["campaign"], 1)
    assert {name: queries for name, (_took, queries) in found.items() if queries > MOST_QUERIES} == {}
    list(rebuild())
    again = set(CampaignRollup.objects.values_list("campaign", "channel", "language", "grain", "start", "likes"))
    assert again == cells
