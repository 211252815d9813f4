"""A post as it would leave now, for the composer: each channel's lengths, look, price, findings and offers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from social_publisher.approval.checks import findings
from social_publisher.approval.package import Parcel, build_package
from social_publisher.desk.offers import Offers, offers_of
from social_publisher.messages import threads
from social_publisher.messages.checks import Finding
from social_publisher.models import Post
from social_publisher.networks.registry import UnknownNetworkError


@dataclass(frozen=True)
class Leaving:
    """One channel in the preview: what leaves, whether in its own words, what was found, and what can be done."""

    parcel: Parcel
    own_text: bool
    findings: tuple[Finding, ...]
    mentions: tuple[str, ...]
    parted: bool

    @property
    def fits(self) -> bool:
        """Every part is within its limit."""
        return all(length <= limit for length, limit in self.parcel.rendered.lengths)

    @property
    def over(self) -> int:
        """How much the worst part is too long."""
        return max(0, self.parcel.rendered.length - self.parcel.rendered.limit)

    @property
    def splits(self) -> bool:
        """Parting the text would help: it is too long, and the network has threads."""
        try:
            return not self.fits and self.parcel.channel.adapter.rules(self.parcel.channel.account).max_parts > 1
        except UnknownNetworkError:
            return False


@dataclass(frozen=True)
class Preview:
    """Everything the composer shows beside what is typed."""

    content: Post
    offers: Offers
    leaving: tuple[Leaving, ...]
    findings: tuple[Finding, ...]
    price: Decimal | None

    @property
    def sharing(self) -> list[Leaving]:
        """The channels that use the shared text."""
        return [row for row in self.leaving if not row.own_text]


def preview_of(post: Post) -> Preview | None:
    """Show a post, saved or not, as it would leave now; None without a campaign."""
    if post.campaign_id is None:
        return None
    package, offers = build_package(post), offers_of(post.campaign)
    found = findings(post, package, timezone.now())
    own = {variant.channel_id: variant.text for variant in post.variants.all() if variant.text.strip()}
    leaving = tuple(
        Leaving(
            parcel=parcel,
            own_text=parcel.channel.pk in own,
            findings=tuple(finding for finding in found if finding.channel == str(parcel.channel)),
            mentions=tuple(offers.mentions(parcel.channel)),
            parted=len(threads.parts(own.get(parcel.channel.pk, post.text))) > 1,
        )
        for parcel in package.parcels
    )
    prices = [parcel.price for parcel in package.parcels if parcel.price is not None]
    general = tuple(finding for finding in found if not finding.channel)
    return Preview(post, offers, leaving, general, sum(prices, Decimal()) if prices else None)
