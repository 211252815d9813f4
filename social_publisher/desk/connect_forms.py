"""What is asked while an account is connected."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from social_publisher.connections.pending import Opened
from social_publisher.models import Channel
from social_publisher.networks.connect import Connector


class QuestionsForm(forms.Form):
    """What a network's connector asks before. Secrets are never shown again."""

    def __init__(self, connector: Connector, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in connector.questions():
            widget = forms.PasswordInput(attrs={"autocomplete": "off"}) if question.secret else forms.TextInput()
            self.fields[question.name] = forms.CharField(
                label=question.label,
                help_text=question.help,
                required=question.required,
                widget=widget,
                max_length=1000,
            )


class AppForm(forms.Form):
    """The keys that a network's developer pages give out."""

    client_id = forms.CharField(label=_("Client id"), max_length=255)
    client_secret = forms.CharField(
        label=_("Client secret"),
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Kept encrypted and never shown again."),
    )


class ConfirmForm(forms.Form):
    """Which of the opened accounts is meant; for a new channel its name, and its handle typed as the confirmation."""

    account = forms.ChoiceField(label=_("Account"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        required=False,
        help_text=_("How staff recognise it. Empty: as the network has it."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, initial=settings.LANGUAGE_CODE)
    confirmation = forms.CharField(
        label=_("Type the account's handle"), max_length=255, help_text=_("Posts of this channel reach the public.")
    )

    def __init__(self, opened: Opened, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.identities = [item.identity for item in opened.connections]
        choices = [(str(place), f"{one.name} (@{one.handle})") for place, one in enumerate(self.identities)]
        self.fields["account"].choices = choices  # type: ignore[attr-defined]
        self.fields["account"].initial = "0"
        if opened.channel_id is not None:
            for name in ("name", "language", "confirmation"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """The typed handle is the chosen account's."""
        data: dict[str, Any] = super().clean() or {}
        if "confirmation" in self.fields and "account" in data:
            handle = self.identities[int(data["account"])].handle
            if data.get("confirmation", "").strip().removeprefix("@").casefold() != handle.casefold():
                self.add_error(
                    "confirmation", _("This is not the chosen account's handle. Type it as it stands above.")
                )
        return data


class DisconnectForm(forms.Form):
    """Typed, so that nobody closes an account by a slip."""

    confirmation = forms.CharField(
        label=_("Type the account's handle"),
        max_length=255,
        help_text=_("What opens the account is deleted here. The channel and its history stay."),
    )

    def __init__(self, channel: Channel, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.channel = channel

    def clean_confirmation(self) -> str:
        """Raises ValidationError for another handle."""
        typed = str(self.cleaned_data["confirmation"]).strip().removeprefix("@")
        if typed.casefold() != self.channel.handle.casefold():
            raise forms.ValidationError(_("This is not the account's handle. Nothing was changed."))
        return typed
