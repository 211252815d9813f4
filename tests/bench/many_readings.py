"""Campaigns that were read back for a year: deliveries over all days, and counts that rise fast and then slowly."""

from __future__ import annotations

from typing import Any

from django.db import connection

from social_publisher.engagement.figures import TOLD
from social_publisher.models import Delivery
from tests.factories import approve, make_approver, make_campaign, make_channel, make_editor, make_post

CAMPAIGNS, CHANNELS, LANGUAGES = 10, 6, ("en", "ro", "bg", "sr")
NETWORKS = ("x", "mastodon", "bluesky", "facebook", "linkedin", "telegram")
# A published post each, by turns on each channel, in each campaign and language, over a year until now.
POSTS = (
    """
INSERT INTO social_publisher_post ({columns}, campaign_id, text, language, due_at, has_unpublished_changes,
    latest_revision_id, translation_key)
SELECT {columns}, (%(campaigns)s::bigint[])[1 + n %% %(campaign_count)s], 'Post ' || n,
    (%(languages)s::text[])[1 + n / 7 %% %(language_count)s],
    now() - n * interval '1 s' * (31536000.0 / %(count)s), false, NULL, gen_random_uuid()
FROM social_publisher_post, generate_series(1, %(count)s) n WHERE id = %(post)s
""",
    """
INSERT INTO social_publisher_shortlink (code, url, post_id, channel_id, target_url, created_at)
SELECT substr(md5(id::text), 1, 10), 'https://example.org/go/' || substr(md5(id::text), 1, 10), id,
    (%(channels)s::bigint[])[1 + id / 3 %% %(channel_count)s], 'https://example.org/' || id %% 12, due_at
FROM social_publisher_post WHERE id > %(post)s
""",
    """
INSERT INTO social_publisher_approval (post_id, digest, package, revision_id_seen, author_id, last_editor_id,
    approver_id, author_name, last_editor_name, approver_name, second_approver_name, urgent, in_advance, comment,
    approved_at, voided_reason)
SELECT post.id, digest, package, 0, approval.author_id, last_editor_id, approver_id, author_name, last_editor_name,
    approver_name, '', false, false, '', now(), ''
FROM social_publisher_post post JOIN social_publisher_approval approval ON approval.post_id = %(post)s
WHERE post.id > %(post)s
""",
    """
INSERT INTO social_publisher_delivery (post_id, channel_id, approval_id, short_link_id, state, due_at, next_at,
    cut_off_at, attempts_made, state_changed_at, remote_id, remote_url, reason, parts_out, published_at,
    engagement_read_at)
SELECT post.id, link.channel_id, approval.id, link.id, 'published', post.due_at, post.due_at,
    post.due_at + interval '2 h', 1, post.due_at, post.id::text, '', '', '[]', post.due_at, now()
FROM social_publisher_post post JOIN social_publisher_shortlink link ON link.post_id = post.id
JOIN social_publisher_approval approval ON approval.post_id = post.id WHERE post.id > %(post)s
""",
    """
INSERT INTO social_publisher_clickhour (short_link_id, hour, language, count, is_fresh)
SELECT link.id, date_trunc('hour', link.created_at) + n * n * interval '1 h', 'ro', 1 + (link.id + n) %% 9, false
FROM social_publisher_shortlink link, generate_series(0, 11) n
WHERE link.post_id > %(post)s AND link.created_at + n * n * interval '1 h' < now()
""",
)
# The n-th of `each` readings over 60 days, or until now; only some channels tell impressions.
READINGS = """
INSERT INTO social_publisher_engagementsnapshot (delivery_id, taken_at, is_baseline,
    impressions, likes, reposts, replies)
SELECT d.id, d.published_at + n * least(interval '60 d', now() - d.published_at) / %(each)s, false,
    CASE WHEN d.channel_id %% 2 = 0 THEN floor((d.id %% 900 + 100) * (1 - exp(-n * 5.0 / %(each)s))) END,
    floor((d.id %% 90 + 10) * (1 - exp(-n * 6.0 / %(each)s))), floor(n * (d.id %% 7) / %(each)s), n %% 2
FROM social_publisher_delivery d, generate_series(1, %(each)s) n
WHERE d.id %% 20 = %(part)s AND d.post_id > %(post)s
ON CONFLICT DO NOTHING
"""
OWN = {
    "id", "campaign_id", "text", "language", "due_at", "has_unpublished_changes", "latest_revision_id",
    "live_revision_id", "translation_key",
}  # fmt: skip
assert {"impressions", "likes", "reposts", "replies"} <= set(TOLD)


def fill(count: int) -> dict[str, Any]:
    """Write `count` published posts with their clicks, and return what readings and screens are asked with."""
    from social_publisher.models import Post

    campaigns = [make_campaign() for _number in range(CAMPAIGNS)]
    channels = [make_channel(network) for network in NETWORKS]
    editor, approver = make_editor(), make_approver()
    post = make_post(channels[:1], author=editor, campaign=campaigns[0])
    approve(post, approver)
    columns = [field.column for field in Post._meta.concrete_fields if field.column not in OWN]
    values = {
        "count": count,
        "post": post.pk,
        "campaigns": [campaign.pk for campaign in campaigns],
        "campaign_count": CAMPAIGNS,
        "channels": [channel.pk for channel in channels],
        "channel_count": CHANNELS,
        "languages": list(LANGUAGES),
        "language_count": len(LANGUAGES),
    }
    with connection.cursor() as cursor:
        for statement in POSTS:
            cursor.execute(statement.replace("{columns}", ", ".join(f'"{column}"' for column in columns)), values)
    assert Delivery.objects.filter(state="published").count() == count
    return {"campaign": campaigns[0], "post": post}


def read(post: Any, each: int, say: Any = lambda _words: None) -> None:
    """Give every delivery `each` readings, in twenty parts."""
    for part in range(20):
        with connection.cursor() as cursor:
            cursor.execute(READINGS, {"each": each, "part": part, "post": post.pk})
        say(f"  {5 * (part + 1)}% of the readings")


def clean() -> None:
    """Count and clean the tables, as the database does by itself after a while; not in a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
