"""Second factors on the record, as sign-ins are."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models.signals import post_delete, post_save

from social_publisher.approval.audit import record


def connect() -> None:
    """Connect once."""
    post_save.connect(_added, sender=Authenticator, dispatch_uid="audit-factor-added")
    post_delete.connect(_removed, sender=Authenticator, dispatch_uid="audit-factor-removed")


def _added(sender: Any, instance: Authenticator, created: bool, **kwargs: Any) -> None:
    if created:
        record("person.factor-added", instance.user, kind=instance.type)


def _removed(sender: Any, instance: Authenticator, **kwargs: Any) -> None:
    record("person.factor-removed", instance.user, kind=instance.type)
