from __future__ import annotations

from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(WagtailUsersAppConfig):
    """Wagtail's lists of people, with our forms for one of them."""

    user_viewset = "campaign_site.sign_in.addresses.PersonViewSet"
