"""What happens to sign-ins and second factors: on the record, and other sessions end where it matters."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import authentication_step_completed
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed
from allauth.usersessions.models import UserSession
from axes.signals import user_locked_out
from django.contrib.auth import get_user_model
from django.db.models.signals import post_delete, post_save

from campaign_site.sign_in.second_factor import FACTORS
from campaign_site.sign_in.sessions import end_everywhere
from social_publisher.approval.audit import record

TYPED = 150


def connect() -> None:
    """Connect once."""
    post_save.connect(_added, sender=Authenticator, dispatch_uid="audit-factor-added")
    post_delete.connect(_removed, sender=Authenticator, dispatch_uid="audit-factor-removed")
    post_save.connect(_disabled, sender=get_user_model(), dispatch_uid="end-sessions-of-disabled")
    authentication_step_completed.connect(_shown, dispatch_uid="audit-confirmed")
    authentication_failed.connect(_wrong_code, dispatch_uid="audit-code-wrong")
    user_locked_out.connect(_locked_out, dispatch_uid="audit-locked-out")


def _added(sender: Any, instance: Authenticator, created: bool, **kwargs: Any) -> None:
    if created:
        record("person.factor-added", instance.user, kind=instance.type)
        _end_others(instance)


def _removed(sender: Any, instance: Authenticator, **kwargs: Any) -> None:
    record("person.factor-removed", instance.user, kind=instance.type)
    _end_others(instance)


def _end_others(factor: Authenticator) -> None:
    """Whoever changes their own factors ends every other session of theirs: one of them may be somebody else's."""
    request = context.request
    if request is not None and factor.type in FACTORS and getattr(request, "user", None) == factor.user:
        end_everywhere(factor.user, factor.user, str(request.session.session_key))


def _disabled(sender: Any, instance: Any, created: bool, **kwargs: Any) -> None:
    """An account that was switched off does not find its sessions again when it is switched on."""
    if not created and not instance.is_active:
        end_everywhere(instance, None)


def _shown(sender: Any, request: Any, user: Any, method: str, **more: Any) -> None:
    """Somebody showed once more that it is them: the session gets another key."""
    if more.get("reauthenticated"):
        before = request.session.session_key
        request.session.cycle_key()
        UserSession.objects.filter(session_key=before).delete()
        UserSession.objects.create_from_request(request)
        record("person.confirmed", user, user, method=method, kind=str(more.get("type", "")))


def _wrong_code(sender: Any, user: Any, authenticator: Authenticator, **kwargs: Any) -> None:
    record("person.code-wrong", user, kind=authenticator.type)


def _locked_out(sender: Any, username: str | None = None, **kwargs: Any) -> None:
    record("person.locked-out", (username or "")[:TYPED])
