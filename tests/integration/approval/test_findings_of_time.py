"""What stands against a post's time: quiet hours of its channels, and blackouts."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from social_publisher.messages.checks import Check
from social_publisher.models import Blackout, CampaignRules
from tests.factories import make_campaign, make_channel, make_post
from tests.integration.approval.test_findings import at, checks, country, found, the

pytestmark = pytest.mark.django_db


class TestQuietHours:
    @pytest.mark.parametrize(
        ("start", "end", "due", "quiet"),
        [
            (time(22), time(7), at(22), True),
            (time(22), time(7), at(3), True),
            (time(22), time(7), at(7), False),
            (time(22), time(7), at(21, 59), False),
            (time(12), time(14), at(13), True),
            (time(12), time(14), at(14), False),
            (time(0), time(0), at(13), True),
        ],
    )
    def test_they_are_the_channels_and_pass_midnight(self, start: time, end: time, due: datetime, quiet: bool) -> None:
        channel = make_channel(time_zone="Etc/UTC", quiet_from=start, quiet_until=end)
        post = make_post([channel], due_at=due)
        assert (Check.QUIET_HOURS in checks(post)) is quiet

    def test_they_are_in_the_channels_zone(self) -> None:
        channel = make_channel(time_zone="Asia/Tokyo", quiet_from=time(22), quiet_until=time(7))
        one = the(make_post([channel], due_at=at(14)), Check.QUIET_HOURS)
        assert "23:00" in one.reason
        assert "07:00" in one.fix

    def test_an_alert_is_told_and_never_stopped(self) -> None:
        campaign = make_campaign()
        CampaignRules.objects.create(campaign=campaign, blocking_checks=["quiet_hours"])
        channel = make_channel(time_zone="Etc/UTC", quiet_from=time(22), quiet_until=time(7))
        assert the(make_post([channel], campaign=campaign, due_at=at(3)), Check.QUIET_HOURS).blocking
        post = make_post([channel], campaign=campaign, due_at=at(3), is_alert=True)
        assert not the(post, Check.QUIET_HOURS).blocking


class TestCampaignDates:
    @pytest.mark.parametrize(
        ("starts", "ends", "words"),
        [
            (0, 0, None),
            (None, None, None),
            (1, None, "before the campaign begins"),
            (1, 2, "before the campaign begins"),
            (1, 1, "before the campaign begins"),
            (-1, -1, "after the campaign's last day"),
            (None, -1, "after the campaign's last day"),
            (-3, -1, "after the campaign's last day"),
        ],
    )
    def test_a_post_leaves_on_a_day_of_its_campaign(
        self, starts: int | None, ends: int | None, words: str | None
    ) -> None:
        first, last = (None if days is None else at(12).date() + timedelta(days=days) for days in (starts, ends))
        campaign = make_campaign(starts_on=first, ends_on=last)
        told = found(make_post([make_channel(time_zone="Etc/UTC")], campaign=campaign, due_at=at(12)))
        assert [one.check for one in told] == ([Check.CAMPAIGN_DATES] if words else [])
        assert all(words and words in one.reason and not one.blocking for one in told)

    def test_days_are_the_channels(self) -> None:
        campaign = make_campaign(ends_on=at(12).date())
        tokyo, utc = make_channel(time_zone="Asia/Tokyo"), make_channel(name="Other", time_zone="Etc/UTC")
        assert the(make_post([tokyo, utc], campaign=campaign, due_at=at(23)), Check.CAMPAIGN_DATES).channel == str(
            tokyo
        )

    def test_an_alert_is_told_and_never_stopped(self) -> None:
        campaign = make_campaign(ends_on=at(12).date() - timedelta(days=1))
        CampaignRules.objects.create(campaign=campaign, blocking_checks=["campaign_dates"])
        assert the(make_post(campaign=campaign, due_at=at(12)), Check.CAMPAIGN_DATES).blocking
        assert not the(make_post(campaign=campaign, due_at=at(12), is_alert=True), Check.CAMPAIGN_DATES).blocking


class TestBlackouts:
    def blackout(self, *codes: str, **fields: Any) -> Blackout:
        values = {"name": "Elections", "kind": "election", "starts_at": at(8), "ends_at": at(20), **fields}
        blackout = Blackout.objects.create(**values)
        blackout.countries.set([country(code) for code in codes])
        return blackout

    @pytest.mark.parametrize(("due", "inside"), [(at(8), True), (at(19, 59), True), (at(20), False), (at(7), False)])
    def test_nothing_leaves_inside(self, due: datetime, inside: bool) -> None:
        self.blackout()
        post = make_post(due_at=due)
        assert (Check.BLACKOUT in checks(post)) is inside

    def test_it_blocks_and_says_until_when(self) -> None:
        self.blackout()
        one = the(make_post(due_at=at(10)), Check.BLACKOUT)
        assert one.blocking
        assert "Elections" in one.reason
        assert "after" in one.fix

    def test_each_channel_has_its_countries_or_the_projects(self) -> None:
        self.blackout("RO", "BG")
        campaign = make_campaign()
        campaign.project.countries.set([country("GR")])
        campaign.project.save()
        here, there, anywhere = make_channel(), make_channel(), make_channel()
        here.countries.set([country("RO")])
        there.countries.set([country("HU")])
        post = make_post([here, there, anywhere], campaign=campaign, due_at=at(10))
        assert the(post, Check.BLACKOUT).channel == here.name
        campaign.project.countries.set([country("BG")])
        campaign.project.save()
        assert {one.channel for one in found(post)} == {here.name, anywhere.name}

    def test_readers_of_whom_nothing_is_known_may_be_anywhere(self) -> None:
        self.blackout("RO")
        assert Check.BLACKOUT in checks(make_post(due_at=at(10)))

    def test_it_may_be_for_some_campaigns_alone(self) -> None:
        blackout = self.blackout()
        post = make_post(due_at=at(10))
        blackout.campaigns.set([make_campaign()])
        assert checks(post) == set()
        blackout.campaigns.add(post.campaign)
        assert checks(post) == {Check.BLACKOUT}
