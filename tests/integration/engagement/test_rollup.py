"""The numbers by hour, day and in all are what a plain recount of every single reading and click comes to."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from content.records import Campaign
from social_publisher.engagement.figures import REACTIONS, TOLD
from social_publisher.engagement.retention import KEPT, forget
from social_publisher.engagement.rollup import EPOCH, roll_up, roll_up_clicks, roll_up_missing
from social_publisher.models import CampaignRollup, ClickHour, Delivery, DeliveryRollup, EngagementSnapshot, RollupMark
from tests.factories import make_campaign, make_channel, make_delivery

ZONE = ZoneInfo("Europe/Bucharest")
# Summer time ends on 25 October: a day of 25 hours is among them.
FIRST = datetime(2026, 10, 23, 20, 30, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
Cell = tuple[Any, ...]

moments = st.integers(0, 4 * 24 * 6 - 1).map(lambda tens: FIRST + tens * timedelta(minutes=10))
counts = st.fixed_dictionaries({name: st.none() | st.integers(0, 50) for name in TOLD})
readings = st.lists(st.tuples(st.integers(0, 3), moments, counts), max_size=25, unique_by=lambda row: row[:2])
clicks = st.lists(st.tuples(st.integers(0, 3), moments, st.sampled_from(["ro", "bg"]), st.integers(1, 9)), max_size=12)


def hour_of(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


def day_of(moment: datetime) -> datetime:
    return datetime.combine(moment.astimezone(ZONE).date(), datetime.min.time(), ZONE).astimezone(UTC)


def plain_recount() -> dict[Cell, dict[str, int | None]]:
    """Every reading and click by hand: by delivery and by campaign, channel and language; hours, days and totals."""
    found: dict[Cell, dict[str, int | None]] = defaultdict(lambda: {**dict.fromkeys(TOLD), "link_clicks": 0})

    def add(delivery: Delivery, moment: datetime, name: str, growth: int) -> None:
        cell = ("campaign", delivery.post.campaign_id, delivery.channel_id, delivery.post.language)
        places = [(*where, "h", hour_of(moment)) for where in (("delivery", delivery.pk), cell)]
        places += [(*where, "d", day_of(moment)) for where in (("delivery", delivery.pk), cell)]
        for place in [*places, ("delivery", delivery.pk, "t", EPOCH), (*cell, "t", EPOCH)]:
            found[place][name] = (found[place][name] or 0) + growth

    for delivery in Delivery.objects.select_related("post"):
        level: dict[str, int] = {}
        for reading in EngagementSnapshot.objects.filter(delivery=delivery).order_by("taken_at"):
            for name in TOLD:
                if (told := getattr(reading, name)) is not None:
                    add(delivery, reading.taken_at, name, told - level.get(name, 0))
                    level[name] = told
        for row in ClickHour.objects.filter(short_link=delivery.short_link_id):
            add(delivery, row.hour, "link_clicks", row.count)
    return dict(found)


def kept() -> dict[Cell, dict[str, int | None]]:
    """The numbers as they are in the tables."""
    names = [*TOLD, "link_clicks"]
    rows = {
        ("delivery", row.delivery_id, row.grain, row.start): {name: getattr(row, name) for name in names}
        for row in DeliveryRollup.objects.all()
    }
    for cell in CampaignRollup.objects.all():
        key = ("campaign", cell.campaign_id, cell.channel_id, cell.language, cell.grain, cell.start)
        rows[key] = {name: getattr(cell, name) for name in names}
    return rows


def said(rows: dict[Cell, dict[str, int | None]]) -> dict[Cell, dict[str, int | None]]:
    """Without rows that say nothing."""
    return {key: row for key, row in rows.items() if any(value is not None for value in row.values())}


class Recounted(TestCase):
    """Two campaigns, two channels, two languages; days are those of Bucharest."""

    rows: list[Delivery]

    @classmethod
    def setUpTestData(cls) -> None:
        one, other = make_campaign(), make_campaign()
        x, bluesky = make_channel("x"), make_channel("bluesky")
        where = [(one, x, "ro"), (one, x, "ro"), (one, bluesky, "bg"), (other, x, "ro")]
        cls.rows = [
            make_delivery(channel, campaign=campaign, language=language) for campaign, channel, language in where
        ]
        Delivery.objects.update(published_at=FIRST)

    @settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
    @given(readings, clicks)
    def test_as_they_come_and_rebuilt(self, told: list[Any], followed: list[Any]) -> None:
        with self.settings(TIME_ZONE="Europe/Bucharest"):
            for place, moment, values in sorted(told, key=lambda row: row[1]):
                EngagementSnapshot.objects.create(delivery=self.rows[place], taken_at=moment, **values)
                roll_up([self.rows[place].pk], moment)
            for place, moment, language, count in sorted(followed, key=lambda row: row[1]):
                hour, _new = ClickHour.objects.get_or_create(
                    short_link=self.rows[place].short_link, hour=hour_of(moment), language=language
                )
                hour.count += count
                hour.is_fresh = True
                hour.save()
                roll_up_clicks(moment + timedelta(seconds=40))
            by_hand, coming = plain_recount(), kept()
            assert said(coming) == by_hand
            call_command("rebuild_numbers", stdout=StringIO(), stderr=StringIO())
            assert said(kept()) == by_hand


@pytest.mark.django_db
def test_a_rate_is_made_of_posts_whose_impressions_are_told_alone() -> None:
    campaign, channel = make_campaign(), make_channel()
    shown, unshown = (make_delivery(channel, campaign=campaign) for _post in range(2))
    Delivery.objects.update(published_at=FIRST)
    values = dict(zip(REACTIONS, range(1, 6), strict=True))
    EngagementSnapshot.objects.create(delivery=shown, taken_at=FIRST, impressions=300, **values)
    EngagementSnapshot.objects.create(delivery=unshown, taken_at=FIRST, likes=1000)
    roll_up([shown.pk, unshown.pk], FIRST)
    hour = CampaignRollup.objects.get(grain="h")
    assert (hour.impressions, hour.responses_of_shown, hour.likes) == (300, 15, 1001)


@pytest.mark.django_db
def test_what_is_told_no_more_is_not_zero_and_counts_on_where_it_comes_back() -> None:
    row = make_delivery()
    Delivery.objects.update(published_at=FIRST)
    for hours, likes in enumerate((5, None, 7)):
        EngagementSnapshot.objects.create(delivery=row, taken_at=FIRST + hours * HOUR, likes=likes, replies=0)
        roll_up([row.pk], FIRST + hours * HOUR)
    by_hour = DeliveryRollup.objects.filter(grain="h").order_by("start")
    assert list(by_hour.values_list("likes", flat=True)) == [5, None, 2]
    assert DeliveryRollup.objects.get(grain="t").likes == 7


@pytest.mark.django_db
def test_numbers_outlive_the_readings_they_were_made_of_and_a_rebuild_changes_none() -> None:
    row, other = make_delivery(), make_delivery()
    Delivery.objects.update(published_at=FIRST)
    steps = [(0, 3, None), (2, 5, 4), (30, 9, None), (95, 8, 6), (100, 12, 7)]
    for days, likes, replies in steps:
        moment = FIRST + days * DAY
        EngagementSnapshot.objects.create(delivery=row, taken_at=moment, likes=likes, replies=replies)
        roll_up([row.pk], moment)
    EngagementSnapshot.objects.create(delivery=other, taken_at=FIRST, likes=1)
    roll_up([other.pk], FIRST)
    before = kept()
    assert forget(FIRST + KEPT + 31 * DAY) == 2
    left = EngagementSnapshot.objects.filter(delivery=row).order_by("taken_at")
    assert list(left.values_list("likes", "replies", "is_baseline")) == [(9, 4, True), (8, 6, False), (12, 7, False)]
    assert EngagementSnapshot.objects.get(delivery=other).is_baseline
    assert forget(FIRST + KEPT + 31 * DAY) == 0
    call_command("rebuild_numbers", stdout=StringIO(), stderr=StringIO())
    assert kept() == before
    assert forget(FIRST + KEPT + 96 * DAY) == 1
    call_command("rebuild_numbers", stdout=StringIO(), stderr=StringIO())
    assert kept() == before


@pytest.mark.django_db
def test_a_rebuild_mends_what_was_wrong_and_tells_how_far_it_is() -> None:
    row = make_delivery()
    Delivery.objects.update(published_at=FIRST)
    EngagementSnapshot.objects.create(delivery=row, taken_at=FIRST, likes=3)
    roll_up([row.pk], FIRST)
    right = kept()
    DeliveryRollup.objects.update(likes=99)
    CampaignRollup.objects.update(likes=99)
    DeliveryRollup.objects.create(delivery=row, grain="h", start=hour_of(FIRST + 9 * HOUR), likes=4)
    err = StringIO()
    call_command("rebuild_numbers", stdout=StringIO(), stderr=err)
    assert kept() == right
    assert "1 of 1" in err.getvalue()
    assert Campaign.objects.get().rollups.count() == 3


@pytest.mark.django_db
def test_clicks_of_hours_in_which_no_clock_ran_are_not_forgotten() -> None:
    row = make_delivery()
    Delivery.objects.update(published_at=FIRST)
    now = FIRST + 5 * DAY
    assert row.short_link is not None
    old = ClickHour.objects.create(short_link=row.short_link, hour=hour_of(FIRST), language="ro", count=3)
    assert roll_up_clicks(now) == 1
    assert RollupMark.objects.get().clicks_at == now
    assert said(kept()) == plain_recount()
    assert roll_up_clicks(now) == 0
    ClickHour.objects.filter(pk=old.pk).update(count=5, is_fresh=True)
    assert roll_up_clicks(now) == 1
    assert said(kept()) == plain_recount()


@pytest.mark.django_db
def test_what_was_read_before_there_were_numbers_gets_them_and_is_kept_until_then() -> None:
    row = make_delivery()
    Delivery.objects.update(published_at=FIRST)
    for day in range(3):
        EngagementSnapshot.objects.create(delivery=row, taken_at=FIRST + day * DAY, likes=day + 1)
    assert forget(FIRST + KEPT + 30 * DAY) == 0
    assert not EngagementSnapshot.objects.filter(is_baseline=True).exists()
    assert roll_up_missing() == 1
    assert said(kept()) == plain_recount()
    assert roll_up_missing() == 0
    assert forget(FIRST + KEPT + 30 * DAY) == 2


@pytest.mark.django_db
def test_a_first_roll_up_takes_everything_that_was_read_before() -> None:
    row = make_delivery()
    Delivery.objects.update(published_at=FIRST)
    for day in range(3):
        EngagementSnapshot.objects.create(delivery=row, taken_at=FIRST + day * DAY, likes=day + 1)
    roll_up([row.pk], FIRST + 2 * DAY)
    assert said(kept()) == plain_recount()


@pytest.mark.django_db
def test_a_click_that_comes_first_leaves_out_nothing_that_was_read_before() -> None:
    row = make_delivery()
    assert row.short_link is not None
    Delivery.objects.update(published_at=FIRST)
    for day in range(3):
        EngagementSnapshot.objects.create(delivery=row, taken_at=FIRST + day * DAY, likes=day + 1)
    ClickHour.objects.create(short_link=row.short_link, hour=hour_of(FIRST + 2 * DAY), language="ro", count=1)
    roll_up_clicks(FIRST + 2 * DAY)
    assert said(kept()) == plain_recount()
