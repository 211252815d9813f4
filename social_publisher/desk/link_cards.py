"""The card a network makes of a link by reading the page, where it takes none from us."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.urls import reverse

from social_publisher.approval.launched import page_version
from social_publisher.approval.package import Parcel
from social_publisher.models import Post

# Any digest leads to the page's present picture.
PRESENT = "0" * 16
READ = "_page_as_read"


@dataclass(frozen=True, slots=True)
class ReadCard:
    """What a network finds at the link. Of an outside page only the site is known; a draft has no picture yet."""

    site: str
    title: str = ""
    description: str = ""
    image: str = ""


def read_card(parcel: Parcel, post: Post) -> ReadCard | None:
    """The card readers will see; None without a link, with a card of ours, or beside pictures or a video, where no
    network shows one."""
    if not parcel.link or parcel.composed.card or parcel.composed.attachments:
        return None
    site = urlsplit(post.target_url).hostname or ""
    if post.link_page is None:
        return ReadCard(site)
    page, drawn = _shown(post, post.link_page)
    return ReadCard(
        site=site,
        title=page.seo_title or page.title,
        description=page.search_description or getattr(page, "summary", ""),
        image=reverse("card", args=[page.pk, PRESENT]) if drawn else "",
    )


def _shown(post: Post, page: Any) -> tuple[Any, bool]:
    """The linked page as readers will find it, in its launch's version where it has one, and whether its picture is
    drawn already. Read once for a post's channels."""
    known: tuple[Any, bool] | None = getattr(post, READ, None)
    if known is None:
        launch = post.launch
        if launch is not None and launch.page_id == post.link_page_id:
            version = page_version(launch)
            known = version.page, not version.awaited
        else:
            known = (page.specific if page.live else page.get_latest_revision_as_object()), page.live
        setattr(post, READ, known)
    return known
