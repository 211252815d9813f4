"""Many approved deliveries at once: the same rows as the screens make, with the real digest, written in bulk."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.utils import timezone

from content.records import Campaign, Project
from media.models import CampaignImage
from social_publisher.approval.package import build_packages
from social_publisher.models import Approval, Channel, Delivery, Post, PostImage, ShortLink, Variant
from social_publisher.models.short_link import address, new_code

FAR = datetime(2050, 1, 1, tzinfo=UTC)
_run = itertools.count(1)


def campaign_and_people() -> tuple[Campaign, Any, Any]:
    """A campaign, an editor and an approver; made once."""
    project, _made = Project.objects.get_or_create(acronym="BULK", defaults={"name": "Bulk"})
    campaign, _made = Campaign.objects.get_or_create(code="bulk", defaults={"name": "Bulk", "project": project})
    users = get_user_model().objects
    return campaign, *(users.get_or_create(username=name)[0] for name in ("bulk-editor", "bulk-approver"))


def approved(
    due: Sequence[datetime], channels: Sequence[Channel], image: CampaignImage | None = None, parts: int = 1
) -> list[int]:
    """One approved post a due time, on the channels in turn; returns the deliveries' ids. All texts differ.

    With an `image` every fourth post has that picture; with several `parts` every third one is a thread of so many,
    where its network has threads.
    """
    campaign, editor, approver = campaign_and_people()
    run = next(_run)
    turns = list(zip(range(len(due)), itertools.cycle(channels)))
    posts = Post.objects.bulk_create(
        Post(
            campaign=campaign,
            text=_text(f"{run}.{number}", parts if number % 3 == 0 and _has_threads(channel) else 1),
            link_url="https://example.org/smuggling",
            due_at=due[number],
            author=editor,
            live=False,
        )
        for number, channel in turns
    )
    pairs = [(post, channel) for post, (_number, channel) in zip(posts, turns, strict=True)]
    if image is not None:
        PostImage.objects.bulk_create(
            PostImage(post=post, image=image, alt_text="A dark field", sort_order=0) for post in posts[::4]
        )
    Variant.objects.bulk_create(Variant(post=post, channel=channel, sort_order=0) for post, channel in pairs)
    links = [
        ShortLink(post=post, channel=channel, code=new_code(), target_url=post.link_url) for post, channel in pairs
    ]
    for link in links:
        link.url = address(link.code)
    ShortLink.objects.bulk_create(links)
    packages = build_packages([post.pk for post in posts])
    now = timezone.now()
    approvals = Approval.objects.bulk_create(
        Approval(
            post=post,
            digest=packages[post.pk].digest,
            package=packages[post.pk].canonical(),
            revision_id_seen=0,
            author=editor,
            last_editor=editor,
            approver=approver,
            author_name="editor",
            last_editor_name="editor",
            approver_name="approver",
            approved_at=now,
        )
        for post in posts
    )
    rows = Delivery.objects.bulk_create(
        Delivery(
            post=post,
            channel=channel,
            approval=approval,
            short_link=link,
            due_at=post.due_at,
            next_at=post.due_at,
            cut_off_at=post.due_at + timedelta(minutes=post.useful_minutes),
        )
        for (post, channel), approval, link in zip(pairs, approvals, links, strict=True)
    )
    return [row.pk for row in rows]


def _text(number: str, parts: int) -> str:
    return "\n---\n".join(f"Ask where it comes from. ({number}, {part})" for part in range(1, parts + 1))


def _has_threads(channel: Channel) -> bool:
    return channel.adapter.rules(channel.account).max_parts > 1


def waiting_far_ahead(count: int, channel: Channel) -> None:
    """`count` deliveries that wait for years, copied inside the database from one approved post."""
    (pk,) = approved([FAR], [channel])
    own = {"id", "text", "translation_key"}
    columns = [field.column for field in Post._meta.concrete_fields if field.column not in own]
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH copies AS (INSERT INTO social_publisher_post ({names}, text, translation_key)"
            f" SELECT {names}, 'far ' || n, gen_random_uuid()"
            " FROM social_publisher_post, generate_series(1, %s) n WHERE id = (SELECT post_id FROM"
            " social_publisher_delivery WHERE id = %s) RETURNING id)"
            " INSERT INTO social_publisher_delivery (post_id, channel_id, approval_id, short_link_id, state, due_at,"
            " next_at, cut_off_at, attempts_made, state_changed_at, remote_id, remote_url, reason, parts_out)"
            " SELECT copies.id, channel_id, approval_id, NULL, 'waiting', due_at, next_at + copies.id * interval '1 s',"
            " cut_off_at + copies.id * interval '1 s', 0, now(), '', '', '', '[]'"
            " FROM social_publisher_delivery d, copies WHERE d.id = %s",
            [count, pk, pk],
        )
        # What is measured is a database with many rows, not one that is still taking them in.
        cursor.execute("VACUUM (ANALYZE) social_publisher_delivery, social_publisher_post")
        cursor.execute("CHECKPOINT")
