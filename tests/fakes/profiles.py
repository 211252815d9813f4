"""How the six networks differ in what delivery relies on. Each line's source is the network's own page."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import timedelta

from social_publisher.networks.base import Capabilities, RateLimit, Scope

# The fakes show a post as soon as they have taken it.
SETTLING = float(os.environ.get("FAKE_SETTLING", "3"))


@dataclass(frozen=True, slots=True)
class Profile:
    """A network's behaviour: what makes a repeat harmless, what can be asked, and what it does with a repeated text.

    `lever`: "record" (the client chooses the record's key), "key" (an idempotency header) or "".
    """

    slug: str
    lever: str = ""
    witness: bool = True
    refuses_duplicates: bool = False
    uploads: bool = True
    max_parts: int = 1
    limits: tuple[RateLimit, ...] = ()

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(
            lever=bool(self.lever),
            witness=self.witness,
            recall=True,
            engagement=frozenset({"likes"}),
            uploads=self.uploads,
            limits=self.limits,
            settling=timedelta(seconds=SETTLING),
        )


PROFILES = {
    profile.slug: profile
    for profile in (
        # com.atproto.repo.putRecord: the same record under the same key is one record.
        Profile("bluesky", lever="record", max_parts=25),
        # docs.joinmastodon.org, statuses: Idempotency-Key, kept one hour.
        Profile("mastodon", lever="key", max_parts=25),
        # docs.x.com: a repeated text is refused with 403, without the first one's id.
        Profile(
            "x",
            refuses_duplicates=True,
            max_parts=25,
            limits=(
                RateLimit(Scope.CHANNEL, 100, timedelta(minutes=15)),
                RateLimit(Scope.APP, 10_000, timedelta(days=1)),
            ),
        ),
        # learn.microsoft.com, Posts API: 422 DUPLICATE_POST.
        Profile("linkedin", refuses_duplicates=True),
        Profile("facebook"),
        # core.telegram.org: no key, and a bot cannot list its own posts.
        Profile("telegram", witness=False, uploads=False),
    )
}
