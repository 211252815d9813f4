from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.admin.panels import Panel

from social_publisher.approval.package import build_package
from social_publisher.desk.status import delivery_standing, standing
from social_publisher.models import Post


class WhatLeavesPanel(Panel):
    """On top of the composer: where the post stands and why, and each channel's text, length and outcome."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "social_publisher/desk/what_leaves.html"

        def is_shown(self) -> bool:
            return super().is_shown() and self.instance.pk is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            post: Post = self.instance
            saved = Post.objects.prefetch_related("deliveries__channel", "approvals").get(pk=post.pk)
            package = build_package(post)
            context.update(
                post=saved,
                standing=standing(saved),
                parcels=package.parcels,
                target_url=post.target_url,
                problems=package.problems(timezone.now()) if post.due_at else [],
                may_take_down=self.request.user.has_perm("social_publisher.add_takedown"),
                deliveries=[(row, delivery_standing(row)) for row in saved.deliveries.all()],
            )
            return context
