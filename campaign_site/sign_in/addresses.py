"""One account an address: single sign-on finds people by it, and links for forgotten passwords go there."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet


class OwnAddressMixin:
    """A form in which nobody is given another's address. Who shares one since before can be changed otherwise."""

    cleaned_data: dict[str, Any]
    changed_data: list[str]
    instance: Any

    def clean_email(self) -> str:
        """Nobody else's. Raises ValidationError."""
        address: str = self.cleaned_data["email"]
        people = get_user_model()._default_manager.filter(email__iexact=address)
        others = people.exclude(pk=self.instance.pk) if self.instance.pk else people
        if "email" in self.changed_data and others.exists():
            raise ValidationError(_("There is an account with this address already."))
        return address


class NewPersonForm(OwnAddressMixin, UserCreationForm):
    pass


class PersonForm(OwnAddressMixin, UserEditForm):
    pass


class PersonViewSet(UserViewSet):
    """Wagtail's screens of people, with these forms."""

    def get_form_class(self, for_update: bool = False) -> Any:
        return PersonForm if for_update else NewPersonForm
