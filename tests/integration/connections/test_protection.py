"""People say how accounts are protected on their networks, and are reminded to look again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from social_publisher.connections.protection import FIRST, GOOD_FOR, REMINDED, remind, standing, unprotected
from social_publisher.models import Alert, AuditEvent, Channel, Protection
from tests.factories import make_channel, make_user

pytestmark = pytest.mark.django_db
SAID = {"factor": "key", "recovery_kept": "on", "people": "2", "note": ""}


def say(channel: Channel, **said: str) -> Any:
    client = Client()
    client.force_login(make_user("Channel managers"))
    return client.post(reverse("social_connect:protection", args=[channel.pk]), {**SAID, **said})


def test_what_a_person_says_is_kept_and_on_the_record(channel: Channel) -> None:
    assert standing(channel, timezone.now()).problem.startswith("Nobody has said")
    assert say(channel).status_code == 302
    said = Protection.objects.get()
    assert (said.factor, said.recovery_kept, said.people, said.looked_by_name) == ("key", True, 2, str(said.looked_by))
    assert standing(channel, timezone.now()).problem == ""
    assert AuditEvent.objects.get(action="channel.protection").data["factor"] == "key"


@pytest.mark.parametrize("wrong", [{"factor": ""}, {"factor": "blood"}, {"people": "0"}, {"people": "99999999"}])
def test_wrong_answers_are_named_and_nothing_is_kept(channel: Channel, wrong: dict[str, str]) -> None:
    response = say(channel, **wrong)
    assert response.status_code == 200
    assert set(response.context["form"].errors) == set(wrong)
    assert not Protection.objects.exists()


def test_staff_are_reminded_once_a_month_until_somebody_looks(channel: Channel) -> None:
    now = timezone.now()
    assert remind(now) == 0, "the account has only just been connected"
    day = now + FIRST + timedelta(minutes=1)
    assert [remind(day), remind(day + timedelta(days=1))] == [1, 0]
    assert Alert.objects.get().kind == "protection"
    assert remind(day + REMINDED) == 1
    say(channel)
    assert not Alert.objects.filter(told_at=None).exists(), "what is settled is told no more"
    assert remind(now + GOOD_FOR - FIRST) == 0
    assert remind(now + GOOD_FOR + FIRST) == 1


def test_an_account_without_a_second_factor_is_never_well(channel: Channel) -> None:
    say(channel, factor="none")
    later = timezone.now() + FIRST + timedelta(minutes=1)
    assert [(row, "no second factor" in words) for row, words in unprotected(later)] == [(channel, True)]


def test_rehearsals_need_no_protection() -> None:
    channel = make_channel()
    assert unprotected(timezone.now() + 2 * FIRST) == []
    client = Client()
    client.force_login(make_user("Channel managers"))
    assert client.get(reverse("social_connect:protection", args=[channel.pk])).status_code == 404
