"""One account an address: single sign-on finds people by it, and links for forgotten passwords go there."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.users.forms import UserEditForm
from wagtail.users.views.users import UserViewSet


def require_free(address: str, person: Any = None) -> str:
    """The address, if nobody has it, or that person alone. Raises ValidationError."""
    others = get_user_model()._default_manager.filter(email__iexact=address)
    if (others.exclude(pk=person.pk) if person else others).exists():
        raise ValidationError(_("There is an account with this address already."))
    return address


class PersonForm(UserEditForm):
    """Name, address and roles of somebody who has an account."""

    def clean_email(self) -> str:
        """Nobody else's. Raises ValidationError."""
        return require_free(self.cleaned_data["email"], self.instance)


class PersonViewSet(UserViewSet):
    """Wagtail's screens of people; nobody is made there, but invited."""

    def get_form_class(self, for_update: bool = False) -> Any:
        return PersonForm if for_update else super().get_form_class(for_update)
