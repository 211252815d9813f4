"""The composer's own panels."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList, Panel

from social_publisher.desk.compose_preview import preview_of
from social_publisher.desk.offers import offers_of
from social_publisher.desk.status import delivery_standing, standing
from social_publisher.models import Channel, Post


class Composer(ObjectList):
    """All panels of a post, with the controllers that make them one live screen."""

    class BoundPanel(ObjectList.BoundPanel):
        @property
        def attrs(self) -> dict[str, Any]:
            return {
                **self.panel.attrs,
                "data-controller": "desk-compose desk-channels desk-text",
                "data-desk-compose-url-value": reverse("social_compose:preview"),
                "data-desk-text-url-value": reverse("social_compose:thread"),
                "data-desk-compose-post-value": self.instance.pk or "",
            }


class WhatLeavesPanel(Panel):
    """On top of the composer: where the post stands and why, and each channel's outcome."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "social_publisher/desk/what_leaves.html"

        def is_shown(self) -> bool:
            return super().is_shown() and self.instance.pk is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            saved = Post.objects.prefetch_related("deliveries__channel", "approvals").get(pk=self.instance.pk)
            context.update(
                post=saved,
                standing=standing(saved),
                may_take_down=self.request.user.has_perm("social_publisher.add_takedown"),
                deliveries=[(row, delivery_standing(row)) for row in saved.deliveries.all()],
            )
            return context


class PreviewPanel(Panel):
    """What leaves on each channel: as last saved, and as typed wherever scripts run."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "social_publisher/desk/compose/preview_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["preview"] = preview_of(self.instance)
            return context


class SlotPanel(Panel):
    """A place the preview fills."""

    def __init__(self, slot: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.slot = slot

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "slot": self.slot}

    class BoundPanel(Panel.BoundPanel):
        template_name = "social_publisher/desk/compose/slot.html"


class FoldedPanel(MultiFieldPanel):
    """Fields few posts need, folded away unless the named attribute of the post is set."""

    def __init__(self, *args: Any, unfolded_by: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unfolded_by = unfolded_by

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "unfolded_by": self.unfolded_by}

    class BoundPanel(MultiFieldPanel.BoundPanel):
        def classes(self) -> list[str]:
            folded = [] if getattr(self.instance, self.panel.unfolded_by) else ["collapsed"]
            return [*super().classes(), *folded]


class MachinePanel(FieldPanel):
    """What a machine translated says so, until a person clears it."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            was = self.form.initial.get("from_machine") if self.form else False
            return super().is_shown() and bool(was or self.instance.from_machine)


class ChannelsPanel(InlinePanel):
    """The channels of a post: ticked in groups, each with room for its own text, picture and time."""

    class BoundPanel(InlinePanel.BoundPanel):
        template_name = "social_publisher/desk/compose/channels_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            post: Post = self.instance
            names = {str(channel.pk): channel for channel in Channel.objects.all()}
            context.update(
                offers=offers_of(post.campaign) if post.campaign_id else None,
                rows=[(child, names.get(str(child.form["channel"].value()))) for child in self.children],
            )
            return context
