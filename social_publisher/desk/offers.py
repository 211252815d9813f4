"""What a campaign brings to its posts: words, channels, accounts to mention, and how strict it is."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet

from content.records import Campaign
from social_publisher.messages.checks import ALWAYS_BLOCKING, LABELS, Check
from social_publisher.models import CampaignRules, Channel, Correction, Post, Variant
from social_publisher.models.rules import rules_of


@dataclass(frozen=True)
class Offers:
    """A campaign's offers to one post. `others` are the channels that are not the campaign's own."""

    campaign: Campaign
    rules: CampaignRules
    hashtags: tuple[str, ...]
    channels: tuple[Channel, ...]
    others: tuple[Channel, ...]
    corrections: tuple[Correction, ...]

    @property
    def usual(self) -> tuple[Channel, ...]:
        """The campaign's channels in its language, else all of them."""
        matching = tuple(channel for channel in self.channels if channel.language == self.campaign.language)
        return matching or self.channels

    @property
    def language(self) -> str:
        """The name of the campaign's language."""
        return str(dict(settings.LANGUAGES).get(self.campaign.language, self.campaign.language))

    @property
    def blocking(self) -> list[str]:
        """In words, what stands against a post beside what always does."""
        return [str(LABELS[check]) for check in Check if check not in ALWAYS_BLOCKING and self.rules.blocks(check)]

    def mentions(self, channel: Channel) -> list[str]:
        """The accounts to mention, as this channel's network writes them."""
        if self.rules.pk is None:
            return []
        return [row.handle for row in self.rules.mentions.all() if row.network == channel.source]


def offers_of(campaign: Campaign) -> Offers:
    """Read what a campaign offers."""
    rules = rules_of(campaign)
    own = {channel.pk for channel in campaign.channels.all()}
    channels = list(Channel.objects.all())
    return Offers(
        campaign=campaign,
        rules=rules,
        hashtags=tuple(dict.fromkeys([*campaign.hashtag.split(), *rules.hashtags.split()])),
        channels=tuple(channel for channel in channels if channel.pk in own),
        others=tuple(channel for channel in channels if channel.pk not in own),
        corrections=tuple(approved_corrections(campaign)),
    )


def approved_corrections(campaign: Campaign | int | None) -> QuerySet[Correction]:
    """The corrections a post of the campaign may name."""
    return Correction.objects.filter(campaign=campaign, approved_at__isnull=False)


def new_post(campaign: Campaign) -> Post:
    """An unsaved post with what its campaign brings."""
    offers = offers_of(campaign)
    post = Post(campaign=campaign, language=campaign.language)
    if offers.hashtags:
        post.text = "\n\n" + " ".join(offers.hashtags)
    post.variants = [Variant(channel=channel) for channel in offers.usual]
    return post
