from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from social_publisher.approval.audit import record
from social_publisher.models import AuditEvent
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_the_audit_takes_no_change_and_no_deletion() -> None:
    record("tested", "subject", make_user())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEvent.objects.update(action="other")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEvent.objects.all().delete()
    assert AuditEvent.objects.get().action == "tested"


def test_an_entry_survives_the_account_it_names() -> None:
    user = make_user()
    record("tested", "subject", user)
    name = user.username
    user.delete()
    assert AuditEvent.objects.get().actor_name == name
