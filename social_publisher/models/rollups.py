from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from content.records import Campaign
from social_publisher.models.channel import Channel
from social_publisher.models.delivery import Delivery


class Grain(models.TextChoices):
    """How long a time one row counts. A total begins at the epoch."""

    HOUR = "h", _("Hour")
    DAY = "d", _("Day")
    TOTAL = "t", _("Total")


class Counts(models.Model):
    """What came in within a time. Networks' counts are growth, below 0 where likes were taken back; empty: "not told".

    `link_clicks`, on our own links, are always known. Days are those of the installation's time zone.
    """

    grain = models.CharField(max_length=1, choices=Grain.choices)
    start = models.DateTimeField()
    link_clicks = models.BigIntegerField(default=0)
    impressions = models.BigIntegerField(null=True)
    likes = models.BigIntegerField(null=True)
    reposts = models.BigIntegerField(null=True)
    replies = models.BigIntegerField(null=True)
    quotes = models.BigIntegerField(null=True)
    bookmarks = models.BigIntegerField(null=True)
    clicks = models.BigIntegerField(null=True)

    class Meta:
        abstract = True


class DeliveryRollup(Counts):
    """What one post brought on one channel."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="rollups")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["delivery", "grain", "start"], name="one_rollup_per_delivery")]
        verbose_name = _("numbers of a delivery")
        verbose_name_plural = _("numbers of deliveries")

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.grain} {self.start:%Y-%m-%d %H}h"


class CampaignRollup(Counts):
    """What a campaign's posts in one language brought on one channel.

    `responses_of_shown` are the reactions to those posts alone whose impressions are told: the two make a rate.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="rollups")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="rollups")
    language = models.CharField(max_length=10)
    responses_of_shown = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "grain", "start", "channel", "language"], name="one_rollup_per_campaign"
            )
        ]
        verbose_name = _("numbers of a campaign")
        verbose_name_plural = _("numbers of campaigns")

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.grain} {self.start:%Y-%m-%d %H}h"


class RollupMark(models.Model):
    """Until when (UTC) the clicks that were counted are in the numbers. One row."""

    clicks_at = models.DateTimeField()

    class Meta:
        verbose_name = _("state of the numbers")
        verbose_name_plural = _("state of the numbers")

    def __str__(self) -> str:
        return f"{self.clicks_at:%Y-%m-%d %H:%M:%S}"


class ReadingTally(models.Model):
    """What reading a channel's counts took on a day (UTC): calls, posts, and US dollars at the network's price."""

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="reading_tallies")
    day = models.DateField()
    calls = models.PositiveIntegerField(default=0)
    posts = models.PositiveIntegerField(default=0)
    cost = models.DecimalField(max_digits=10, decimal_places=4, default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "day"], name="one_reading_tally_per_day")]
        verbose_name = _("readings of a day")
        verbose_name_plural = _("readings of days")

    def __str__(self) -> str:
        return f"{self.channel_id} {self.day}: {self.calls}"
