"""Telling people and withdrawing what they need not be told any more, at the same moment."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from social_publisher.models import Alert, Notice
from social_publisher.notices.fan_out import fan_out
from tests.factories import make_approver, make_post

pytestmark = pytest.mark.django_db(transaction=True)


def is_anybody_waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])


def test_an_approval_while_people_are_told_of_the_post_goes_through() -> None:
    make_approver()
    post = make_post()
    Alert.objects.tell(Alert.Kind.TO_APPROVE, timezone.now(), post=post)
    failures: list[BaseException] = []

    def withdraw() -> None:
        try:
            with transaction.atomic():
                Alert.objects.filter(post=post).withdraw()
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    worker = threading.Thread(target=withdraw)
    with transaction.atomic():
        assert fan_out(timezone.now()) == 1
        worker.start()
        while not is_anybody_waiting():
            worker.join(0.01)
            assert worker.is_alive(), failures
    worker.join(30)
    assert not failures
    assert Notice.objects.filter(alert__post=post).exists()
