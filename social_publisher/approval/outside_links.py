"""Outside links of posts: opened as a reader would, and what was seen remembered for ten minutes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from concurrent.futures import ThreadPoolExecutor, wait
from hashlib import sha256

import regex
from django.conf import settings
from django.core.cache import cache

from social_publisher.approval.package import Package
from social_publisher.models import Post
from social_publisher.networks import reader
from social_publisher.networks.reader import Outcome, Seen

KEPT = 600
KEPT_UNTOLD = 60
# For all of a post's links together, the lookup of names included, which nothing else bounds.
LONGEST_WAIT = 8.0
MOST_LINKS = 5
WRITTEN = regex.compile(r"https?://[^\s<>\"“”«»]*[^\s<>\"“”«».,;:!?)\]}'’]")


def outside_links(post: Post, package: Package) -> list[str]:
    """The addresses outside this site that readers of the post may follow: its link, then those in its texts."""
    written = (url for parcel in package.parcels for url in WRITTEN.findall(parcel.composed.text))
    own = f"{settings.PUBLIC_BASE_URL}/"
    found = dict.fromkeys(url for url in (post.link_url, *written) if url and not f"{url}/".startswith(own))
    return list(found)[:MOST_LINKS]


def known(urls: Iterable[str]) -> dict[str, Seen]:
    """What was seen at these addresses lately, without looking again."""
    keys = {_key(url): url for url in urls}
    return {keys[key]: seen for key, seen in cache.get_many(keys).items()} if keys else {}


def look(urls: Collection[str]) -> None:
    """Look at those of the addresses that were not looked at lately; eight seconds at most. Never in a transaction."""
    before = known(urls)
    new = [url for url in urls if url not in before]
    if not new or not settings.LOOK_AT_LINKS:
        return
    pool = ThreadPoolExecutor(max_workers=len(new), thread_name_prefix="look")
    looks = {pool.submit(reader.look, url): url for url in new}
    done, _late = wait(looks, timeout=LONGEST_WAIT)
    pool.shutdown(wait=False, cancel_futures=True)
    for task, url in looks.items():
        seen = task.result() if task in done else Seen(Outcome.UNTOLD)
        cache.set(_key(url), seen, KEPT_UNTOLD if seen.outcome is Outcome.UNTOLD else KEPT)


def _key(url: str) -> str:
    return f"outside-link:{sha256(url.encode()).hexdigest()}"
