"""Permissions are renewed ahead of their end, once, and a lost one pauses its channel."""

from __future__ import annotations

import threading
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from social_publisher import vault
from social_publisher.connections.renew import AHEAD, look_after, renew, renew_due, warn_of_end
from social_publisher.delivery.arm import arm
from social_publisher.models import Alert, AppRegistration, Channel, Credential, Delivery, Pause
from social_publisher.networks.connect import App
from tests.factories import make_delivery
from tests.fakes import x as fake_x
from tests.fakes.http import FakeNetwork
from tests.integration.delivery.rig import at_due, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def ending(channel: Channel, x: FakeNetwork) -> Credential:
    """A permission on X, given by its own pages, that ends soon."""
    now = timezone.now()
    app = App(fake_x.CLIENT_ID, fake_x.SECRET)
    AppRegistration.objects.create(
        network="x",
        client_id=app.client_id,
        secret=vault.lock({"client_secret": app.client_secret}),
        redirect_uri="http://127.0.0.1/back",
        registered_at=now,
    )
    tokens = x.tokens_of("selec")  # type: ignore[attr-defined]
    credential = channel.credential
    credential.secret = vault.lock(tokens)
    credential.renews, credential.expires_at = True, now + timedelta(minutes=5)
    credential.save()
    return credential


def test_what_ends_soon_is_renewed_and_what_does_not_is_left(ending: Credential) -> None:
    before = ending.open()
    assert renew_due(ending.expires_at - AHEAD - timedelta(minutes=1)) == 0
    now = timezone.now()
    assert renew_due(now) == 1
    ending.refresh_from_db()
    after = ending.open()
    assert set(after) == {"token", "refresh"}
    assert not set(after.values()) & set(before.values())
    assert ending.expires_at > now + timedelta(hours=1)
    assert renew_due(now) == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_use_one_refresh_token_twice(ending: Credential, x: FakeNetwork) -> None:
    """X ends the whole permission when a refresh token is used twice."""
    done: list[bool] = []
    together = threading.Barrier(4)

    def work() -> None:
        together.wait()
        try:
            done.append(renew(ending.pk, timezone.now()))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _worker in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(done) == [False, False, False, True]
    assert [path for _method, path in x.calls].count("/2/oauth2/token") == 1
    ending.refresh_from_db()
    assert ending.channel.adapter.connector.check(ending.channel.signed_in).handle == "selec"


def test_a_permission_that_cannot_be_renewed_is_told_of_while_it_still_opens(
    ending: Credential, x: FakeNetwork
) -> None:
    x.control({"revoke": True})
    assert renew_due(timezone.now()) == 0
    ending.refresh_from_db()
    assert ending.problem
    assert not ending.renews
    assert not Pause.objects.exists()
    assert Alert.objects.get().kind == "expiring"


def test_a_permission_that_is_gone_pauses_the_channel_and_tells_staff(ending: Credential, x: FakeNetwork) -> None:
    x.control({"revoke": True})
    assert renew_due(ending.expires_at + timedelta(minutes=1)) == 0
    assert Pause.objects.filter(channel=ending.channel, lifted_at=None).exists()
    assert Alert.objects.get().kind == "channel_paused"


def test_a_network_that_is_away_is_asked_again(ending: Credential, channel: Channel) -> None:
    from tests.fakes.install import install

    install({"x": "http://127.0.0.1:1"})
    assert renew_due(timezone.now()) == 0
    ending.refresh_from_db()
    assert ending.renews
    assert "could not be reached" in ending.problem
    assert not Pause.objects.exists()


def test_posts_of_an_ended_permission_wait_for_its_renewal(ending: Credential, x: FakeNetwork) -> None:
    delivery = make_delivery(ending.channel)
    Credential.objects.update(expires_at=timezone.now() - timedelta(hours=1))
    waiting = run(delivery)
    assert (waiting.state, x.posts) == ("waiting", [])
    assert "could not be renewed" in waiting.reason
    assert renew_due(timezone.now()) == 1
    assert run(delivery, waiting.next_at).state == "published"


def test_posts_of_a_channel_that_is_not_connected_wait_and_say_so(channel: Channel) -> None:
    delivery = make_delivery(channel)
    Credential.objects.all().delete()
    waiting = run(delivery)
    assert (waiting.state, "not connected" in waiting.reason) == ("waiting", True)


def test_a_post_armed_before_the_renewal_is_sent_with_the_new_token(ending: Credential, x: FakeNetwork) -> None:
    from uuid import uuid4

    from social_publisher.delivery.settle import settle
    from tests.integration.delivery.rig import send_unsettled

    delivery = make_delivery(ending.channel, due_at=timezone.now() + timedelta(minutes=1))
    now, owner = at_due(delivery), uuid4()
    (armed,) = arm([delivery.pk], owner, now)
    assert renew_due(timezone.now()) == 1
    x.grants.pop(armed.account.credentials["token"])  # type: ignore[attr-defined]
    settle([send_unsettled(armed, owner, now)], owner, now)
    assert not Pause.objects.exists()
    assert run(Delivery.objects.get()).state == "published"


def test_staff_are_told_once_of_a_permission_that_only_they_can_renew(channel: Channel) -> None:
    now = timezone.now()
    Credential.objects.update(renews=False, expires_at=now + timedelta(days=8))
    assert warn_of_end(now) == 0
    assert [warn_of_end(now + timedelta(days=2)) for _time in range(2)] == [1, 0]
    assert Alert.objects.get().kind == "expiring"


def test_accounts_are_looked_at_once_a_day(channel: Channel, x: FakeNetwork) -> None:
    now = timezone.now()
    assert look_after(now) == 0
    assert look_after(now + timedelta(days=2)) == 1
    assert Channel.objects.get().account_name == "Selec"
    x.control({"revoke": True})
    look_after(now + timedelta(days=4))
    assert Pause.objects.filter(channel=channel).exists()


def test_keys_are_changed_without_losing_anything(channel: Channel, settings: Any) -> None:
    before = channel.credential.open()
    old, new = settings.CREDENTIAL_KEYS or vault.own_keys(settings.CREDENTIAL_KEYS_FILE), Fernet.generate_key().decode()
    settings.CREDENTIAL_KEYS = [new, *old]
    out = StringIO()
    call_command("rotate_credentials", stdout=out)
    assert "1 encrypted" in out.getvalue()
    settings.CREDENTIAL_KEYS = [new]
    assert Credential.objects.get().open() == before


def test_a_lost_key_is_said_and_its_posts_wait(channel: Channel, settings: Any) -> None:
    delivery = make_delivery(channel)
    settings.CREDENTIAL_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(CommandError, match="CREDENTIAL_KEYS"):
        call_command("rotate_credentials")
    waiting = run(delivery)
    assert (waiting.state, "Connect the account again" in waiting.reason) == ("waiting", True)
