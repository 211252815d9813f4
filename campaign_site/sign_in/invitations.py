"""A new colleague gets a link by mail and sets the password; nobody else ever knows one."""

from __future__ import annotations

import logging
import smtplib
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.users.models import UserProfile

from campaign_site.sign_in.addresses import OwnAddressMixin
from social_publisher.approval.audit import record
from social_publisher.desk.base import DeskView

logger = logging.getLogger(__name__)
ADD = "auth.add_user"


class InvitationForm(OwnAddressMixin, forms.ModelForm):
    """Who, with which roles, and in which language the desk speaks to them."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.WAGTAILADMIN_PERMITTED_LANGUAGES)

    class Meta:
        model = get_user_model()
        fields = ["username", "first_name", "last_name", "email", "groups"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = Group.objects.order_by("name")
        self.fields["groups"] = forms.ModelMultipleChoiceField(
            roles, label=_("Roles"), widget=forms.CheckboxSelectMultiple
        )
        self.fields["email"].required = True


def invite(person: Any, language: str) -> bool:
    """Mail the link, good for as many days as PASSWORD_RESET_TIMEOUT says and for one use. Whether it was sent."""
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    token = default_token_generator.make_token(person)
    link = settings.PUBLIC_BASE_URL + reverse("wagtailadmin_password_reset_confirm", args=[uid, token])
    with override(language):
        days = settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60)
        body = render_to_string("sign_in/invitation.txt", {"person": person, "link": link, "days": days})
        subject = gettext("Your account on the campaigns' desk")
    try:
        send_mail(subject, body, None, [person.email])
    except (smtplib.SMTPException, OSError):
        logger.exception("an invitation could not be mailed")
        return False
    return True


class InviteView(DeskView):
    """Make an account without a password, and mail its link."""

    permission = ADD
    template_name = "sign_in/invite.html"
    page_title = _("Invite a colleague")
    header_icon = "user"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make it, and say whether the mail went."""
        form = InvitationForm(request.POST)
        if not form.is_valid():
            response: HttpResponse = self.render_to_response(self.get_context_data(form=form))
            return response
        with transaction.atomic():
            person = form.save(commit=False)
            person.set_unusable_password()
            person.save()
            form.save_m2m()
            language = form.cleaned_data["language"]
            UserProfile.objects.update_or_create(user=person, defaults={"preferred_language": language})
            record("person.invited", person, request.user)
        if invite(person, language):
            messages.success(request, gettext("The invitation is on its way to %(email)s.") % {"email": person.email})
        else:
            text = gettext("The account is made, but the mail could not be sent. Send it again from here later.")
            messages.warning(request, text)
        return redirect("person-access", person.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "form": kwargs.get("form") or InvitationForm()}
