from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SocialPublisherConfig(AppConfig):
    """Posts, approvals, deliveries, engagement. Wires its rooms together when Django is ready."""

    name = "social_publisher"
    verbose_name = _("Social publisher")

    def ready(self) -> None:
        from content.blocks import register_posts_wall
        from content.pages.slots import register_campaign_slot
        from social_publisher.approval import receivers, recording, watch
        from social_publisher.networks import registry
        from social_publisher.networks.installed import real_networks
        from social_publisher.networks.rehearsal import RehearsalNetwork
        from social_publisher.notices import workflow_mail
        from social_publisher.posts_wall import posts_wall
        from social_publisher.rehearsal.store import DatabaseWall
        from social_publisher.showcase import campaign_showcase

        registry.register(RehearsalNetwork(DatabaseWall()))
        for network in real_networks():
            registry.register(network)
        receivers.connect()
        recording.connect()
        watch.connect()
        workflow_mail.connect()
        register_campaign_slot("posts", campaign_showcase)
        register_posts_wall(posts_wall)
