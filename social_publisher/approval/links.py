from __future__ import annotations

from social_publisher.models import Post, ShortLink


def ensure_short_links(post: Post) -> None:
    """Give every channel of the post its short link, pointing where the post's link points now.

    Called when a post is submitted, so that the approver sees the very text that leaves. A link that has gone out
    keeps its target.
    """
    if not post.has_link:
        return
    target = {"target_page_id": post.link_page_id, "target_url": post.link_url}
    for variant in post.variants.all():
        link, created = ShortLink.objects.get_or_create(post_id=post.pk, channel_id=variant.channel_id, defaults=target)
        is_out = link.deliveries.exclude(state__in=["waiting", "cancelled", "missed", "failed"]).exists()
        if not created and not is_out:
            ShortLink.objects.filter(pk=link.pk).update(**target)
