from __future__ import annotations

from datetime import UTC, datetime, timedelta
from datetime import timezone as fixed_offset
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateTimeInput

from social_publisher.desk.local_time import EARLIEST, LATEST, moment_of
from social_publisher.desk.offers import approved_corrections
from social_publisher.models import Channel, Post
from social_publisher.networks import registry

# Marks a time that was written without an offset while it is read.
AS_WRITTEN = fixed_offset(timedelta(), "as written")


class ChannelForm(WagtailAdminModelForm):
    """A channel. One that reaches the public asks for its handle to be typed once more."""

    confirmation = forms.CharField(
        label=_("Confirm a live channel"),
        required=False,
        max_length=255,
        help_text=_("Only for channels that reach the public: type the handle again."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        connected = self.instance.pk is not None and self.instance.connects
        choices = [
            (network.slug, network.name)
            for network in registry.installed()
            if network.connector is None or (connected and network.slug == self.instance.network)
        ]
        help_text = "" if connected else _("Accounts of other networks become channels when they are connected.")
        self.fields["network"] = forms.ChoiceField(label=_("Network"), choices=choices, help_text=help_text)
        if connected:
            # Whose account it is says the network, when it is connected.
            for name in ("network", "handle", "rehearses"):
                self.fields[name].disabled = True

    def clean(self) -> dict[str, Any]:
        """A live channel is confirmed by typing its handle."""
        data: dict[str, Any] = super().clean() or {}
        slug = data.get("network")
        confirms = slug and registry.get(slug).capabilities.live and not self.fields["handle"].disabled
        if confirms and data.get("confirmation") != data.get("handle"):
            self.add_error("confirmation", _("This channel reaches the public. Type its handle to confirm."))
        return data


class LocalDateTimeField(forms.DateTimeField):
    """A date and time as written, in no zone yet; one written with its offset keeps it."""

    widget = AdminDateTimeInput

    def to_python(self, value: Any) -> datetime | None:
        """Read it without deciding what it means. Raises ValidationError."""
        with timezone.override(AS_WRITTEN):
            read = super().to_python(value)
        return read.replace(tzinfo=None) if read is not None and read.tzinfo is AS_WRITTEN else read

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another time was written than the one that was shown."""
        try:
            return bool(self.prepare_value(initial) != self.to_python(data))
        except ValidationError:
            return True


class PostForm(WagtailAdminModelForm):
    """A post. Its time is in the editor's zone or a channel's; one that clocks skip or repeat is asked about."""

    due_zone = forms.ChoiceField(
        label=_("Time is in"), required=False, help_text=_("Your own zone is set in your account.")
    )
    due_reading = forms.ChoiceField(
        label=_("If clocks are set back and the time comes twice"),
        required=False,
        choices=[("", _("Ask me")), ("0", _("The first time")), ("1", _("The second time, an hour later"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.fields["due_at"]
        self.fields["due_at"] = LocalDateTimeField(
            label=known.label, required=known.required, widget=known.widget, help_text=known.help_text
        )
        own = gettext("Your time: %(zone)s") % {"zone": timezone.get_current_timezone_name()}
        zones = Channel.objects.order_by("time_zone").values_list("time_zone", flat=True).distinct()
        self.fields["due_zone"].choices = [("", own), *((zone, zone) for zone in zones)]
        self.fields["correction"].queryset = approved_corrections(self._campaign_id())
        for channel_form in self.formsets["variants"]:
            channel_form.fields["media"].required = False  # without it, the post's own

    def clean(self) -> dict[str, Any]:
        """Make a moment of the local time."""
        data: dict[str, Any] = super().clean() or {}
        local = data.get("due_at")
        if local is not None and not EARLIEST <= local.date() <= LATEST:
            self.add_error("due_at", _("This time is out of reach. Choose another."))
        elif local is not None and local.tzinfo is None:
            try:
                data["due_at"] = self._moment(local, data)
            except ValidationError as error:
                self.add_error("due_at", error)
        if self._is_translated(data.get("language")):
            self.add_error("language", _("This post has a translation in this language already. Open that one."))
        return data

    def _is_translated(self, language: str | None) -> bool:
        siblings = Post.objects.filter(translation_key=self.instance.translation_key, language=language or "")
        return bool(siblings.exclude(pk=self.instance.pk).exists())

    def _campaign_id(self) -> int | None:
        """The campaign that is chosen, before anything is validated."""
        chosen = str(self.data.get(self.add_prefix("campaign"), "")) if self.is_bound else ""
        return int(chosen) if chosen.isdecimal() and len(chosen) < 10 else self.instance.campaign_id

    def _moment(self, local: datetime, data: dict[str, Any]) -> datetime:
        chosen = data.get("due_zone")
        zone = ZoneInfo(chosen) if chosen else timezone.get_current_timezone()
        name = chosen or timezone.get_current_timezone_name()
        known: datetime | None = self.instance.due_at and self.instance.due_at.astimezone(UTC)
        return moment_of(local, zone, name, data.get("due_reading") or "", known)
