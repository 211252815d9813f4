from __future__ import annotations

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from content.records import Campaign
from social_publisher.models.delivery import Delivery
from social_publisher.models.short_link import ShortLink


class ClickHour(models.Model):
    """Clicks on one short link in one hour (UTC), by the reader's language. No person is in it."""

    short_link = models.ForeignKey(ShortLink, on_delete=models.PROTECT, related_name="clicks")
    hour = models.DateTimeField()
    language = models.CharField(max_length=10, blank=True)
    count = models.PositiveIntegerField(default=0)
    is_fresh = models.BooleanField(default=True, help_text=_("Not in the numbers yet, or not all of it."))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["short_link", "hour", "language"], name="one_count_per_hour")]
        indexes = [models.Index(fields=["hour"], condition=models.Q(is_fresh=True), name="click_fresh")]
        verbose_name = _("clicks in an hour")
        verbose_name_plural = _("clicks in an hour")

    def __str__(self) -> str:
        return f"{self.short_link} {self.hour:%Y-%m-%d %H}h: {self.count}"


class LinkDay(models.Model):
    """How many different readers followed a link on a day of the installation's zone. Days cannot be added up."""

    short_link = models.ForeignKey(ShortLink, on_delete=models.PROTECT, related_name="days")
    day = models.DateField()
    readers = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["short_link", "day"], name="one_count_of_readers_per_day")]
        verbose_name = _("a link's readers on a day")
        verbose_name_plural = _("links' readers on days")

    def __str__(self) -> str:
        return f"{self.short_link} {self.day}: {self.readers}"


class DaySalt(models.Model):
    """The day's secret that readers are told apart with. Deleted when the day is over, with all that it made."""

    day = models.DateField(unique=True)
    salt = models.BinaryField()

    class Meta:
        verbose_name = _("day's secret")
        verbose_name_plural = _("days' secrets")

    def __str__(self) -> str:
        return self.day.isoformat()


class SeenReader(models.Model):
    """That somebody followed a link on a day: a keyed hash, and nothing that it was made of."""

    short_link = models.ForeignKey(ShortLink, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    digest = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["short_link", "day", "digest"], name="one_reader_seen_once")]
        indexes = [models.Index(fields=["day"], name="seen_reader_day")]
        verbose_name = _("a link's reader")
        verbose_name_plural = _("links' readers")

    def __str__(self) -> str:
        return f"{self.short_link_id} {self.day}"


class PageReadHour(models.Model):
    """Reads of a campaign's page in one hour (UTC), by the page's language and the network that readers came from."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="page_reads")
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.SET_NULL, null=True, related_name="+")
    hour = models.DateTimeField()
    language = models.CharField(max_length=10)
    network = models.CharField(max_length=30, blank=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "hour", "page", "network"], name="one_page_count_per_hour")
        ]
        verbose_name = _("reads in an hour")
        verbose_name_plural = _("reads in an hour")

    def __str__(self) -> str:
        return f"{self.page_id} {self.hour:%Y-%m-%d %H}h: {self.count}"


class DownloadHour(models.Model):
    """Downloads of a campaign's file in one hour (UTC): a document's number, or 0 for its press kit."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="downloads")
    document = models.BigIntegerField(default=0)
    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "hour", "document"], name="one_download_count_per_hour")
        ]
        verbose_name = _("downloads in an hour")
        verbose_name_plural = _("downloads in an hour")

    def __str__(self) -> str:
        return f"{self.document} {self.hour:%Y-%m-%d %H}h: {self.count}"


class EngagementSnapshot(models.Model):
    """What a network told about a delivery at a moment (UTC). Empty is "not told", never 0.

    A baseline is the last one before those that are kept no longer: the next ones count on from it.
    """

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="snapshots")
    taken_at = models.DateTimeField()
    impressions = models.PositiveBigIntegerField(null=True, blank=True)
    likes = models.PositiveBigIntegerField(null=True, blank=True)
    reposts = models.PositiveBigIntegerField(null=True, blank=True)
    replies = models.PositiveBigIntegerField(null=True, blank=True)
    quotes = models.PositiveBigIntegerField(null=True, blank=True)
    bookmarks = models.PositiveBigIntegerField(null=True, blank=True)
    clicks = models.PositiveBigIntegerField(null=True, blank=True)
    is_baseline = models.BooleanField(default=False)

    class Meta:
        ordering = ["taken_at"]
        indexes = [BrinIndex(fields=["taken_at"], name="snapshot_taken")]
        constraints = [models.UniqueConstraint(fields=["delivery", "taken_at"], name="one_snapshot_per_moment")]
        verbose_name = _("engagement snapshot")
        verbose_name_plural = _("engagement snapshots")

    def __str__(self) -> str:
        return f"{self.delivery} {self.taken_at:%Y-%m-%d %H:%M}"
