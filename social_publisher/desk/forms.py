from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from social_publisher.networks import registry


class ChannelForm(WagtailAdminModelForm):
    """A channel. One that reaches the public asks for its handle to be typed once more."""

    confirmation = forms.CharField(
        label=_("Confirm a live channel"),
        required=False,
        help_text=_("Only for channels that reach the public: type the handle again."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["network"] = forms.ChoiceField(
            label=_("Network"), choices=[(network.slug, network.name) for network in registry.installed()]
        )

    def clean(self) -> dict[str, Any]:
        """A live channel is confirmed by typing its handle."""
        data: dict[str, Any] = super().clean() or {}
        slug = data.get("network")
        if slug and registry.get(slug).capabilities.live and data.get("confirmation") != data.get("handle"):
            self.add_error("confirmation", _("This channel reaches the public. Type its handle to confirm."))
        return data
