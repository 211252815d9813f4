"""How one person gets in, for administrators: sessions, second factors, locks, and the link to begin anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from campaign_site.sign_in.invitations import invite
from campaign_site.sign_in.sessions import end_everywhere, open_sessions
from social_publisher.approval.audit import record
from social_publisher.desk.base import DeskView

CHANGE = "auth.change_user"


def wrong_tries(person: Any) -> QuerySet[AccessAttempt]:
    """As they are counted: whatever the name's case."""
    found: QuerySet[AccessAttempt] = AccessAttempt.objects.filter(username=person.get_username().lower())
    return found


class AccessView(DeskView):
    """One person's ways in. Administrators alone change those of an administrator."""

    confirms = True
    permission = CHANGE
    template_name = "sign_in/person.html"
    header_icon = "lock"
    page_title = gettext_lazy("Sign-in")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the person, for those who may."""
        self.person = get_object_or_404(get_user_model(), pk=kwargs["pk"])
        if self.person.is_superuser and not request.user.is_superuser:
            raise PermissionDenied(_("Only an administrator changes how an administrator signs in."))
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.person)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do what the pressed button says."""
        asked = self.ACTIONS.get(request.POST.get("do", ""))
        if asked is not None:
            messages.success(request, asked(self))
        return redirect("person-access", self.person.pk)

    def end_sessions(self) -> str:
        """Sign the person out everywhere."""
        end_everywhere(self.person, self.request.user)
        return _("%(person)s is signed out everywhere.") % {"person": self.person}

    def forget_factors(self) -> str:
        """For who lost telephone and recovery codes: the next sign-in asks for a new factor. Ends all sessions."""
        Authenticator.objects.filter(user=self.person).delete()
        end_everywhere(self.person, self.request.user)
        return _("%(person)s signs in by password next time and adds a new second factor.") % {"person": self.person}

    def unlock(self) -> str:
        """After too many wrong tries."""
        wrong_tries(self.person).delete()
        record("person.unlocked", self.person, self.request.user)
        return _("%(person)s may try again at once.") % {"person": self.person}

    def invite_again(self) -> str:
        """A new link to set a password; the one before stays good until its day ends, or a password is set."""
        record("person.invited", self.person, self.request.user)
        profile = getattr(self.person, "wagtail_userprofile", None)
        if self.person.email and invite(self.person, profile.get_preferred_language() if profile else "en"):
            return _("A link is on its way to %(email)s.") % {"email": self.person.email}
        return _("The mail could not be sent. Check the person's address and the mail server.")

    ACTIONS: dict[str, Callable[[AccessView], str]] = {
        "end-sessions": end_sessions,
        "forget-factors": forget_factors,
        "unlock": unlock,
        "invite": invite_again,
    }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {
            **context,
            "person": self.person,
            "sessions": open_sessions(self.person),
            "factors": Authenticator.objects.filter(user=self.person).order_by("created_at"),
            "wrong_tries": sum(wrong_tries(self.person).values_list(
                "failures_since_start", flat=True)),
        }  # fmt: skip
