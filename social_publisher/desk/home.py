"""The desk on the admin's home screen: what waits for me, what leaves next, what needs a person, how campaigns do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel

from content.records import Campaign
from social_publisher.approval.break_glass import unsigned
from social_publisher.approval.waiting import waiting_for
from social_publisher.desk.queue_sections import SECTIONS, Holds, shown, standing_holds
from social_publisher.engagement import results
from social_publisher.engagement.figures import Figures
from social_publisher.engagement.periods import Period, today
from social_publisher.models import Post
from social_publisher.models.ledger import State
from social_publisher.models.workflow import posts_left_out

ROWS = 5


class DeskPanel(Component):
    """A panel of the desk; without its permission, or with nothing to say, it is not there."""

    permission = ""
    order = 50

    def __init__(self, user: Any) -> None:
        self.user = user

    @property
    def is_for(self) -> bool:
        """Whether the person may see it."""
        return bool(self.user.has_perm(self.permission))


class ToApprovePanel(DeskPanel):
    """What waits for this person's decision; never their own work."""

    permission = "social_publisher.view_post"
    template_name = "social_publisher/desk/home/to_approve.html"
    order = 20

    def get_context_data(self, parent_context: Any = None) -> Mapping[str, Any]:
        """The posts this person may decide on."""
        return {"rows": waiting_for(self.user, ROWS)}


class OtherWorkPanel(WorkflowObjectsToModeratePanel):
    """Wagtail's own list of what to moderate, without posts: those have the review screen."""

    def get_context_data(self, parent_context: Any) -> Mapping[str, Any]:
        """What is no post."""
        with posts_left_out():
            context: dict[str, Any] = super().get_context_data(parent_context)
        context["states"] = [state for state in context["states"] if not isinstance(state["obj"], Post)]
        return context


class SectionPanel(DeskPanel):
    """A section of the queue in short."""

    permission = "social_publisher.view_delivery"
    template_name = "social_publisher/desk/home/section.html"
    key = "next"
    holds: Callable[[], Holds] = staticmethod(standing_holds)

    def get_context_data(self, parent_context: Any = None) -> Mapping[str, Any]:
        """The first rows, as the queue shows them."""
        now = timezone.now()
        return {"now": now, "part": shown(SECTIONS[self.key], now, self.holds(), count=ROWS)}


class NextPanel(SectionPanel):
    """What leaves next."""

    order = 30


class AttentionPanel(SectionPanel):
    """What needs a person."""

    key = "attention"
    order = 10


class CampaignsPanel(DeskPanel):
    """How the current campaigns do: posts out and waiting, clicks on their links."""

    permission = "social_publisher.view_engagementsnapshot"
    template_name = "social_publisher/desk/home/campaigns.html"
    order = 40

    def get_context_data(self, parent_context: Any = None) -> Mapping[str, Any]:
        """Three queries, whatever the number of campaigns."""
        networks = results.shown_networks()
        counted = Q() if networks is None else Q(posts__deliveries__channel__network__in=networks)
        published = Count("posts", filter=Q(posts__deliveries__state=State.PUBLISHED.value) & counted, distinct=True)
        waiting = Count("posts", filter=Q(posts__deliveries__state=State.WAITING.value) & counted, distinct=True)
        current = Campaign.objects.filter(status=Campaign.Status.CURRENT).annotate(published=published, waiting=waiting)
        campaigns = list(current.order_by("name")[:ROWS])
        brought = results.by_campaign(campaigns, Period(None, today()), networks)
        return {"campaigns": [(campaign, brought.get(campaign.pk, Figures()).link_clicks) for campaign in campaigns]}


class UnsignedPanel(DeskPanel):
    """What left without a second person and is still red."""

    permission = "social_publisher.view_post"
    template_name = "social_publisher/desk/home/unsigned.html"
    order = 5

    def get_context_data(self, parent_context: Any = None) -> Mapping[str, Any]:
        """The oldest first."""
        return {"unsigned": unsigned(ROWS)}


PANELS = (UnsignedPanel, AttentionPanel, ToApprovePanel, NextPanel, CampaignsPanel)


def home_panels(user: Any) -> list[DeskPanel]:
    """The panels this person may see. Those of the queue read the holds once."""
    panels, holds = [kind(user) for kind in PANELS], cache(standing_holds)
    for panel in panels:
        if isinstance(panel, SectionPanel):
            panel.holds = holds
    return [panel for panel in panels if panel.is_for]
