"""Accounts become channels, step by step, as a channel manager does it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from social_publisher.connections import flow
from social_publisher.models import AppRegistration, AuditEvent, Channel, Credential
from social_publisher.networks import registry
from social_publisher.networks.connect import App, Grant, Identity
from social_publisher.networks.connect import Connection as Opened
from tests.factories import make_delivery, make_user
from tests.fakes import bluesky, facebook, linkedin, telegram
from tests.fakes import x as fake_x
from tests.fakes.http import FakeNetwork

pytestmark = pytest.mark.django_db
Serve = Callable[[str], FakeNetwork]
APPS = {
    "x": App(fake_x.CLIENT_ID, fake_x.SECRET),
    "facebook": App(facebook.APP_ID, facebook.APP_SECRET),
    "linkedin": App(linkedin.CLIENT_ID, linkedin.CLIENT_SECRET),
}


@pytest.fixture
def manager() -> Client:
    client = Client()
    client.force_login(make_user("Channel managers"))
    return client


def enter_keys(client: Client, slug: str) -> None:
    app = APPS[slug]
    answer = client.post(
        reverse("social_connect:app", args=[slug]), {"client_id": app.client_id, "client_secret": app.client_secret}
    )
    assert answer.status_code == 302


def answers(slug: str, fake: FakeNetwork) -> dict[str, str]:
    return {
        "mastodon": {"server": fake.base},
        "bluesky": {"server": fake.base, "handle": "selec.example", "password": bluesky.PASSWORD},
        "telegram": {"token": telegram.TOKEN, "chat": "@selec"},
    }.get(slug, {})


def go_and_come_back(client: Client, slug: str, fake: FakeNetwork, query: str = "") -> Any:
    """Answer the questions, say yes on the network's page, and follow its answer."""
    begun = client.post(reverse("social_connect:begin", args=[slug]) + query, answers(slug, fake))
    if begun.status_code == 302:
        return begun
    address = begun.context["address"]
    assert address.startswith(fake.base), begun.content.decode()
    with httpx.Client(trust_env=False) as browser:
        back = browser.get(address).headers["location"]
    assert back.startswith(site.PUBLIC_BASE_URL)
    parts = urlsplit(back)
    return client.get(f"{parts.path}?{parts.query}")


def confirm(client: Client, **values: str) -> Any:
    return client.post(reverse("social_connect:confirm"), {"account": "0", "language": "ro", **values})


def connect(client: Client, slug: str, fake: FakeNetwork) -> Channel:
    if slug in APPS:
        enter_keys(client, slug)
    assert go_and_come_back(client, slug, fake)["location"] == reverse("social_connect:confirm")
    handle = client.get(reverse("social_connect:confirm")).context["connections"][0].identity.handle
    answer = confirm(client, name=f"Our {slug}", confirmation=f"@{handle}")
    assert answer.status_code == 302, answer.context["form"].errors
    return Channel.objects.get(network=slug)


@pytest.mark.parametrize("slug", ["x", "mastodon", "bluesky", "telegram", "facebook", "linkedin"])
def test_an_account_becomes_a_channel_that_can_post(serve: Serve, manager: Client, slug: str) -> None:
    fake = serve(slug)
    channel = connect(manager, slug, fake)
    assert (channel.name, channel.language) == (f"Our {slug}", "ro")
    assert channel.account_id
    assert channel.account_name
    credential = Credential.objects.get(channel=channel)
    for secret in credential.open().values():
        assert secret not in credential.secret
    assert AuditEvent.objects.filter(action="channel.connected").count() == 1
    from tests.integration.delivery.rig import run

    delivery = run(make_delivery(channel))
    assert delivery.state == "published", delivery.reason
    assert len(fake.posts) == 1


@pytest.mark.parametrize("slug", ["x", "mastodon", "bluesky", "telegram", "facebook", "linkedin"])
def test_no_page_and_no_record_shows_a_secret(serve: Serve, manager: Client, slug: str) -> None:
    channel = connect(manager, slug, serve(slug))
    secrets = [*Credential.objects.get().open().values(), *([APPS[slug].client_secret] if slug in APPS else [])]
    pages = [
        manager.get(reverse("wagtailsnippets_social_publisher_channel:list")).content.decode(),
        manager.get(reverse("wagtailsnippets_social_publisher_channel:edit", args=[channel.pk])).content.decode(),
        manager.get(reverse("social_connect:manage", args=[channel.pk])).content.decode(),
        manager.get(reverse("social_connect:index")).content.decode(),
        repr(Credential.objects.get().__dict__),
        repr(list(AppRegistration.objects.values())),
        repr(list(AuditEvent.objects.values())),
        repr(dict(manager.session)),
    ]
    for secret in secrets:
        assert not any(secret in page for page in pages)


def test_the_handle_has_to_be_typed(serve: Serve, manager: Client) -> None:
    go_and_come_back(manager, "telegram", serve("telegram"))
    answer = confirm(manager, confirmation="another")
    assert "confirmation" in answer.context["form"].errors
    assert not Channel.objects.filter(network="telegram").exists()


@pytest.mark.parametrize("change", ["state=forged", "network", "another server", "nothing begun", "denied"])
def test_an_answer_that_was_not_asked_for_changes_nothing(serve: Serve, manager: Client, change: str) -> None:
    fake = serve("mastodon")
    begun = manager.post(reverse("social_connect:begin", args=["mastodon"]), answers("mastodon", fake))
    with httpx.Client(trust_env=False) as browser:
        parts = urlsplit(browser.get(begun.context["address"]).headers["location"])
    query, path = parts.query, parts.path
    if change == "state=forged":
        query = re.sub(r"state=[^&]+", "state=forged", query)
    elif change == "network":
        path = reverse("social_connect:back", args=["x"])
    elif change == "another server":
        # One that a person was talked into sends them on to an honest one, and would get the honest one's code.
        path = reverse("social_connect:back-of-server", args=["mastodon", "0123456789abcdef"])
    elif change == "denied":
        query = re.sub(r"code=[^&]+", "error=access_denied", query)
    else:
        manager = Client()
        manager.force_login(make_user("Channel managers"))
    answer = manager.get(f"{path}?{query}", follow=True)
    assert answer.redirect_chain[-1][0] == reverse("social_connect:index")
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    assert not Channel.objects.filter(network="mastodon").exists()


def test_a_begun_connection_is_good_once(serve: Serve, manager: Client) -> None:
    fake = serve("mastodon")
    begun = manager.post(reverse("social_connect:begin", args=["mastodon"]), answers("mastodon", fake))
    with httpx.Client(trust_env=False) as browser:
        parts = urlsplit(browser.get(begun.context["address"]).headers["location"])
    first, second = (manager.get(f"{parts.path}?{parts.query}") for _time in range(2))
    assert first["location"] == reverse("social_connect:confirm")
    assert second["location"] == reverse("social_connect:index")


@pytest.mark.parametrize(
    ("slug", "typed"),
    [
        ("mastodon", {"server": "no server"}),
        ("mastodon", {"server": "http://169.254.169.254"}),
        ("telegram", {"token": "1:wrong", "chat": "selec"}),
        ("bluesky", {"server": "", "handle": "selec.example", "password": "wrong"}),
    ],
)
def test_what_was_typed_wrongly_is_said_and_the_rest_kept(
    serve: Serve, manager: Client, slug: str, typed: dict[str, str]
) -> None:
    fake = serve(slug)
    typed = {**typed, "server": typed["server"] or fake.base} if "server" in typed else typed
    answer = manager.post(reverse("social_connect:begin", args=[slug]), typed)
    assert answer.status_code == 200
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    page = answer.content.decode()
    assert all((value in page) == (name not in {"token", "password"}) for name, value in typed.items())


def test_a_network_that_needs_keys_says_so(serve: Serve, manager: Client) -> None:
    serve("x")
    answer = manager.post(reverse("social_connect:begin", args=["x"]), {}, follow=True)
    assert "does not know this installation yet" in said(answer)


def test_connecting_again_keeps_the_channel_and_its_history(serve: Serve, manager: Client) -> None:
    fake = serve("x")
    channel = connect(manager, "x", fake)
    make_delivery(channel)
    before = Credential.objects.get()
    assert go_and_come_back(manager, "x", fake, f"?channel={channel.pk}")["location"].endswith("/confirm/")
    assert manager.post(reverse("social_connect:confirm"), {"account": "0"}).status_code == 302
    after = Credential.objects.get()
    assert (after.pk, after.channel_id) == (before.pk, channel.pk)
    assert after.open()["refresh"] != before.open()["refresh"]
    assert channel.deliveries.count() == 1
    assert AuditEvent.objects.filter(action="channel.reconnected").count() == 1


def test_a_grant_without_a_refresh_token_keeps_the_one_there_was(serve: Serve) -> None:
    serve("linkedin")
    user, now = make_user("Channel managers"), timezone.now()
    identity = Identity("urn:li:organization:1", "selec", "SELEC")
    first = Opened(identity, Grant({"token": "one", "refresh": "kept"}, renews=True))
    channel = flow.connect("linkedin", first, flow.Confirmed("LinkedIn", "en"), user, now)
    flow.connect("linkedin", Opened(identity, Grant({"token": "two"})), flow.Confirmed("LinkedIn", "en"), user, now)
    assert Credential.objects.get(channel=channel).open() == {"token": "two", "refresh": "kept"}


def test_another_account_never_takes_a_channels_place(serve: Serve) -> None:
    serve("telegram")
    user, now = make_user("Channel managers"), timezone.now()
    mine = Opened(Identity("-1001", "selec", "SELEC"), Grant({"token": "1:a"}))
    other = Opened(Identity("-1002", "other", "Other"), Grant({"token": "1:b"}))
    channel = flow.connect("telegram", mine, flow.Confirmed("T", "en"), user, now)
    with pytest.raises(flow.ConnectError, match="@other"):
        flow.reconnect(channel, other, user, now)
    assert Credential.objects.get().open() == {"token": "1:a"}


def test_the_connection_can_be_tested_and_taken_away(serve: Serve, manager: Client) -> None:
    fake = serve("mastodon")
    channel = connect(manager, "mastodon", fake)
    page = reverse("wagtailsnippets_social_publisher_channel:edit", args=[channel.pk])
    manage = reverse("social_connect:manage", args=[channel.pk])
    check = manager.post(manage, {"check": "1"}, follow=True)
    assert "The connection works" in said(check)
    fake.control({"revoke": True})
    failed = manager.post(manage, {"check": "1"}, follow=True)
    assert failed.redirect_chain[-1][0] == manage
    assert Credential.objects.get().problem
    manager.post(manage, {"confirmation": "another"})
    assert Credential.objects.exists()
    manager.post(manage, {"confirmation": f"@{channel.handle}"})
    assert not Credential.objects.exists()
    assert Channel.objects.filter(pk=channel.pk).exists()
    assert "not connected" in manager.get(page).content.decode()


def test_a_connected_channels_account_cannot_be_edited_away(serve: Serve, manager: Client) -> None:
    channel = connect(manager, "mastodon", serve("mastodon"))
    page = reverse("wagtailsnippets_social_publisher_channel:edit", args=[channel.pk])
    values = {"name": "Renamed", "handle": "evil", "network": "telegram", "language": "en"}
    answer = manager.post(page, {**values, "time_zone": "Europe/Sofia", "min_interval": "30", "profile_url": ""})
    assert answer.status_code == 302, answer.context["form"].errors
    after = Channel.objects.get(pk=channel.pk)
    assert (after.name, after.handle, after.network) == ("Renamed", channel.handle, "mastodon")


@pytest.mark.parametrize("role", ["Editors of posts", "Approvers", "Analysts", "Auditors"])
def test_nobody_but_channel_managers_connects(serve: Serve, role: str) -> None:
    serve("mastodon")
    client = Client()
    client.force_login(make_user(role))
    channel = Channel.objects.create(name="A", network="mastodon", handle="a")
    for address in (
        reverse("social_connect:index"),
        reverse("social_connect:begin", args=["mastodon"]),
        reverse("social_connect:back", args=["mastodon"]),
        reverse("social_connect:confirm"),
        reverse("social_connect:app", args=["x"]),
    ):
        assert refused(client.get(address))
        assert refused(client.post(address))
    manage = reverse("social_connect:manage", args=[channel.pk])
    assert refused(client.get(manage))
    assert refused(client.post(manage, {"confirmation": "a"}))


def said(answer: Any) -> str:
    """All messages on a page."""
    return " ".join(str(message) for message in answer.context["messages"])


def refused(answer: Any) -> bool:
    """Wagtail sends whoever may not back to its home with a message."""
    return bool(answer.status_code == 302 and answer["location"] == reverse("wagtailadmin_home"))


def test_only_networks_of_this_installation_are_there(manager: Client) -> None:
    assert manager.get(reverse("social_connect:begin", args=["myspace"])).status_code == 404
    assert manager.get(reverse("social_connect:begin", args=["rehearsal"])).status_code == 404
    assert manager.get(reverse("social_connect:app", args=["telegram"])).status_code == 404
    shown = manager.get(reverse("social_connect:index")).content.decode()
    assert all(network.name in shown for network in registry.installed() if network.connector is not None)


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ({"page_url": "javascript:alert(1)"}, ("selec", "SELEC", "")),
        ({"page_url": "http://intranet/a"}, ("selec", "SELEC", "")),
        ({"page_url": f"https://example.org/{'a' * 300}"}, ("selec", "SELEC", "")),
        ({"name": "S\u0000EL\u202eEC"}, ("selec", "SELEC", "")),
        ({"name": "n" * 400}, ("selec", "n" * 255, "")),
    ],
)
def test_what_a_server_tells_of_an_account_is_kept_safe(
    serve: Serve, told: dict[str, str], kept: tuple[str, str, str]
) -> None:
    serve("mastodon")
    identity = Identity(**{"account_id": "1@a.example", "handle": "selec", "name": "SELEC", **told})
    opened, user = Opened(identity, Grant({"token": "secret"})), make_user("Channel managers")
    channel = flow.connect("mastodon", opened, flow.Confirmed("M", "en"), user, timezone.now())
    channel.refresh_from_db()
    assert (channel.handle, channel.account_name, channel.profile_url) == kept


def test_an_account_that_cannot_be_kept_is_refused_in_words(serve: Serve) -> None:
    serve("mastodon")
    identity = Identity("1@a.example", "h" * 300, "SELEC")
    with pytest.raises(flow.ConnectError):
        flow.connect("mastodon", Opened(identity, Grant({})), flow.Confirmed("M", "en"), make_user(), timezone.now())


def test_a_server_cannot_claim_another_servers_account(serve: Serve) -> None:
    """An account's id and home are a server's own word: what is connected is never led elsewhere by another's."""
    serve("bluesky")
    user, now = make_user("Channel managers"), timezone.now()
    ours = Identity("did:plc:ours", "selec.example", "SELEC", settings={"server": "https://bsky.example"})
    theirs = Identity("did:plc:ours", "selec.example", "SELEC", settings={"server": "https://evil.example"})
    channel = flow.connect("bluesky", Opened(ours, Grant({"access": "good"})), flow.Confirmed("B", "en"), user, now)
    with pytest.raises(flow.ConnectError, match=r"evil\.example"):
        flow.connect("bluesky", Opened(theirs, Grant({"access": "evil"})), flow.Confirmed("B", "en"), user, now)
    channel.refresh_from_db()
    assert channel.settings["server"] == "https://bsky.example"
    assert Credential.objects.get().open() == {"access": "good"}


def test_a_check_undoes_no_edit_that_was_made_meanwhile(serve: Serve, manager: Client) -> None:
    channel = connect(manager, "mastodon", serve("mastodon"))
    before = Channel.objects.get(pk=channel.pk)
    Channel.objects.filter(pk=channel.pk).update(name="Renamed meanwhile", account_name="stale")
    flow.check(before, None, timezone.now())
    assert Channel.objects.get(pk=channel.pk).name == "Renamed meanwhile"


def test_keys_of_an_app_that_are_lost_are_made_or_asked_for_again(serve: Serve, manager: Client, settings: Any) -> None:
    from cryptography.fernet import Fernet

    mastodon, _x = serve("mastodon"), serve("x")
    connect(manager, "mastodon", mastodon)
    enter_keys(manager, "x")
    settings.CREDENTIAL_KEYS = [Fernet.generate_key().decode()]
    assert (
        "address"
        in manager.post(reverse("social_connect:begin", args=["mastodon"]), answers("mastodon", mastodon)).context
    )
    assert "cannot be read" in said(manager.post(reverse("social_connect:begin", args=["x"]), {}))
