"""What nobody may guess is drawn from the system's own source, by us and by the libraries that make it for us, and
never from a generator whose next number follows from those before."""

from __future__ import annotations

import hashlib
import os
import random
import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth.tokens import default_token_generator
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse

from campaign_site.sign_in import invitations
from content.contact.models import new_reference
from social_publisher.approval.links import ensure_short_links
from social_publisher.models import ShortLink
from social_publisher.networks.connect import Challenge
from social_publisher.notices import webhooks
from social_publisher.reports import keys
from tests.factories import make_post, make_user
from tests.integration.sign_in.conftest import PASSWORD

pytestmark = pytest.mark.django_db
Make = Callable[[], str]


def app_secret(person: Any, signs_in: Any) -> Make:
    """The secret of an authenticator app, as its screen shows it."""
    client = signs_in(person)

    def make() -> str:
        answer = client.get(reverse("mfa_activate_totp"))
        return str(answer.context["form"].secret)

    return make


def recovery_codes(person: Any, signs_in: Any) -> Make:
    """The ten codes for who lost the telephone."""
    return lambda: " ".join(RecoveryCodes.activate(person).generate_codes())


def session_key(person: Any, signs_in: Any) -> Make:
    """The key of a session that was just opened."""

    def make() -> str:
        client = Client()
        client.post("/admin/login/", {"login": person.get_username(), "password": PASSWORD})
        return str(client.session.session_key)

    return make


def short_link(person: Any, signs_in: Any) -> Make:
    """The code of a tracked link, which opens nothing but counts, and is a delivery's witness."""
    post = make_post(text="x", link_url="https://example.org/a")

    def make() -> str:
        ensure_short_links(post)
        return str(ShortLink.objects.filter(post=post).order_by("pk")[0].code)

    return make


def calendar_address(person: Any, signs_in: Any) -> Make:
    """The address of a calendar, whose secret is all that is asked for."""
    client = Client()
    client.force_login(make_user(superuser=True))

    def make() -> str:
        return str(client.post(reverse("social_calendar:feed"), {"make": "1"}).context["address"])

    return make


FLOWS: dict[str, Callable[[Any, Any], Make]] = {
    "an app's secret": app_secret,
    "recovery codes": recovery_codes,
    "a session's key": session_key,
    "a short link's code": short_link,
    "a key to the results": lambda person, _signs_in: lambda: keys.make(person, "x"),
    "a webhook's secret": lambda _person, _signs_in: webhooks.new_secret,
    "the state of a permission": lambda _person, _signs_in: lambda: Challenge.new().state,
    "its verifier": lambda _person, _signs_in: lambda: Challenge.new().verifier,
    "a message's reference": lambda _person, _signs_in: new_reference,
    "a calendar's address": calendar_address,
}


class Known:
    """In place of the system's source: the same bytes again after each `begin`."""

    def __init__(self) -> None:
        self.drawn = 0

    def begin(self) -> None:
        self.drawn = 0

    def __call__(self, size: int) -> bytes:
        found = b""
        while len(found) < size:
            self.drawn += 1
            found += hashlib.sha256(str(self.drawn).encode()).digest()
        return found[:size]


def once(make: Make) -> str:
    """What is made, and nothing of it kept."""
    with transaction.atomic():
        made = make()
        transaction.set_rollback(True)
    return made


@pytest.fixture(autouse=True)
def no_factor_asked_for(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = settings.CONFIRM_AGAIN = False


@pytest.mark.parametrize("what", FLOWS)
def test_nothing_is_drawn_from_a_generator_that_can_be_followed(
    what: str, person: Any, signs_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = FLOWS[what](person, signs_in)
    random.seed(1)
    before = random.getstate()
    monkeypatch.setattr(random.Random, "seed", _refuse)
    made = {once(make), once(make)}
    # The same seed, twice: it says nothing of what is made.
    random.setstate(before)
    made |= {once(make)}
    assert random.getstate() == before
    assert len(made) == 3


def _refuse(*_what: Any) -> None:
    raise AssertionError("a generator of its own that can be followed")


@pytest.mark.parametrize("what", FLOWS)
def test_all_of_it_comes_from_the_systems_own_source(
    what: str, person: Any, signs_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With that source known, it is the same again."""
    make, known = FLOWS[what](person, signs_in), Known()
    monkeypatch.setattr(os, "urandom", known)
    monkeypatch.setattr(random, "_urandom", known)
    made = []
    for _time in range(2):
        known.begin()
        made.append(once(make))
        assert known.drawn
    assert made[0] == made[1]


@pytest.mark.parametrize("way", ["invited", "forgotten"])
def test_links_for_passwords_are_sealed_by_the_installations_own_key(way: str, person: Any, settings: Any) -> None:
    """Nothing random is in them: who has not the key cannot make one, whatever else is known of the person."""
    person.email = "editor@example.org"
    person.save()
    if way == "invited":
        assert invitations.invite(person, "en")
    else:
        Client().post(reverse("wagtailadmin_password_reset"), {"email": person.email})
    (token,) = re.findall(r"/confirm/[^/]+/([^/\s]+)/", mail.outbox[0].body)
    assert re.fullmatch(r"[0-9a-z]+-[0-9a-f]{32}", token)
    assert default_token_generator.check_token(person, token)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key " * 5, []
    assert not default_token_generator.check_token(person, token)
