"""Webhooks over real HTTP, against a small server that notes what it got."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from social_publisher.models import Alert, AuditEvent, CampaignRules, Webhook, WebhookCall
from social_publisher.notices import webhooks
from social_publisher.notices.fan_out import fan_out
from tests.factories import make_campaign, make_channel, make_correction, make_delivery, make_post, make_user

pytestmark = pytest.mark.django_db


class Receiver(ThreadingHTTPServer):
    """Answers with `status`, and keeps what it was sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status, self.location = 204, ""
        self.got: list[tuple[dict[str, str], bytes]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook"


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(self.server.status)
        if self.server.location:
            self.send_header("Location", self.server.location)
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.NETWORKS_ON_LOOPBACK = True
    with Receiver() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def make_webhook(url: str, *kinds: str) -> tuple[Webhook, str]:
    webhook = Webhook(name=f"Hook {url}", url=url, kinds=list(kinds or ("refused", "break_glass")))
    secret = webhooks.renew_secret(webhook)
    webhook.save()
    return webhook, secret


def test_a_call_is_signed_by_the_standard_and_tells_what_happened(receiver: Receiver) -> None:
    webhook, secret = make_webhook(receiver.url)
    make_webhook(receiver.url + "/other", "missed")
    delivery, now = make_delivery(text="Ask where it comes from."), timezone.now()
    Alert.objects.raise_for("refused", [delivery.pk], now, "Not allowed.")
    fan_out(now)
    assert (webhooks.send_due(now), webhooks.send_due(now)) == (1, 0)
    ((headers, body),) = receiver.got
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert headers["content-type"] == "application/json"
    told = json.loads(body)
    assert told["type"] == "refused"
    assert told["data"]["words"] == "Not allowed."
    assert told["data"]["post"]["text"] == "Ask where it comes from."
    assert told["data"]["channel"]["id"] == delivery.channel_id
    assert secret not in webhook.secret
    call = WebhookCall.objects.get(webhook=webhook)
    assert (call.status, call.tries, call.words) == ("done", 1, "HTTP 204")


def test_of_a_sensitive_campaign_no_text_is_told(receiver: Receiver) -> None:
    make_webhook(receiver.url)
    post = make_post(text="About a victim.")
    CampaignRules.objects.create(campaign=post.campaign, is_sensitive=True)
    Alert.objects.tell("break_glass", timezone.now(), "About her.", post=post)
    fan_out(timezone.now())
    webhooks.send_due(timezone.now())
    ((_headers, body),) = receiver.got
    assert b"victim" not in body
    assert b"About" not in body
    assert json.loads(body)["data"]["post"]["id"] == post.pk


def test_of_a_sensitive_campaigns_correction_only_its_number_is_told(receiver: Receiver) -> None:
    make_webhook(receiver.url, "to_approve")
    campaign = make_campaign()
    CampaignRules.objects.create(campaign=campaign, is_sensitive=True)
    correction = make_correction(campaign, name="Her address", approver=False)
    fan_out(timezone.now())
    webhooks.send_due(timezone.now())
    ((_headers, body),) = receiver.got
    assert b"Her address" not in body
    assert json.loads(body)["data"]["correction"] == {"id": correction.pk, "campaign": campaign.code}


def test_a_failing_receiver_is_tried_again_for_a_day_under_the_same_id_then_given_up(receiver: Receiver) -> None:
    webhook, _secret = make_webhook(receiver.url)
    receiver.status = 500
    now = start = timezone.now()
    call = webhooks.plan_test(webhook, now)
    while call.status == "waiting":
        webhooks.send_due(now)
        call.refresh_from_db()
        assert webhooks.send_due(now) == 0
        now = max(now, call.next_at)
    assert call.status == "failed"
    assert call.words == "HTTP 500"
    assert len(receiver.got) == call.tries == len(webhooks.DELAYS) + 1
    assert len({headers["webhook-id"] for headers, _body in receiver.got}) == 1
    assert timedelta(hours=23) < call.done_at - start <= timedelta(hours=24, minutes=5)


def test_a_failing_receiver_holds_no_other_and_recovers(receiver: Receiver) -> None:
    broken, _secret = make_webhook("http://127.0.0.1:9/nobody")
    working, _secret = make_webhook(receiver.url)
    now = timezone.now()
    calls = [webhooks.plan_test(webhook, now) for webhook in (broken, broken, working)]
    assert webhooks.send_due(now) == 1
    states = [WebhookCall.objects.get(pk=call.pk) for call in calls]
    assert [(call.status, call.tries) for call in states] == [("waiting", 1), ("waiting", 0), ("done", 1)]
    assert states[0].words == "No answer (ConnectError)."
    Webhook.objects.filter(pk=broken.pk).update(url=receiver.url)
    assert webhooks.send_due(now + timedelta(minutes=1)) == 2


def test_no_redirect_is_followed_and_gone_means_gone(receiver: Receiver) -> None:
    webhook, _secret = make_webhook(receiver.url)
    receiver.status, receiver.location = 307, receiver.url + "/elsewhere"
    call = webhooks.plan_test(webhook, timezone.now())
    assert not webhooks.send(call, timezone.now())
    assert len(receiver.got) == 1
    receiver.status = 410
    call = webhooks.plan_test(webhook, timezone.now())
    webhooks.send(call, timezone.now())
    call.refresh_from_db()
    assert call.status == "failed"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{port}/",
        "https://127.0.0.1:{port}/",
        "https://localhost:{port}/",
        "https://[::1]:{port}/",
        "https://10.0.0.1/",
        "https://169.254.169.254/latest",
        "http://example.org/",
    ],
)
def test_no_call_reaches_a_machine_behind_us(receiver: Receiver, settings: Any, url: str) -> None:
    settings.NETWORKS_ON_LOOPBACK = False
    webhook, _secret = make_webhook(url.format(port=receiver.server_port))
    call = webhooks.plan_test(webhook, timezone.now())
    assert not webhooks.send(call, timezone.now())
    call.refresh_from_db()
    assert "no public server" in call.words
    assert receiver.got == []


def test_a_process_killed_while_calling_has_it_called_again(receiver: Receiver) -> None:
    webhook, _secret = make_webhook(receiver.url)
    now = timezone.now()
    call = webhooks.plan_test(webhook, now)
    WebhookCall.objects.filter(pk=call.pk).update(tries=1, next_at=now + webhooks.DELAYS[0])
    assert webhooks.send_due(now) == 0
    assert webhooks.send_due(now + webhooks.DELAYS[0]) == 1


def test_a_webhook_that_is_not_in_use_is_not_called(receiver: Receiver) -> None:
    webhook, _secret = make_webhook(receiver.url)
    Webhook.objects.filter(pk=webhook.pk).update(active=False)
    Alert.objects.tell("break_glass", timezone.now(), "", channel=make_channel())
    fan_out(timezone.now())
    assert not WebhookCall.objects.exists()


def signed_in(role: str) -> Client:
    client = Client()
    client.force_login(make_user(role))
    return client


def test_a_channel_manager_adds_tries_and_stops_one(receiver: Receiver) -> None:
    client = signed_in("Channel managers")
    fields = {"name": "Situation room", "url": receiver.url, "kinds": ["refused", "missed"], "active": "on"}
    html = client.post(reverse("social_webhooks:add"), fields).content.decode()
    webhook = Webhook.objects.get()
    assert webhook.key in html
    address = reverse("social_webhooks:edit", args=[webhook.pk])
    assert webhook.key not in client.get(address).content.decode()
    html = client.post(reverse("social_webhooks:test", args=[webhook.pk]), follow=True).content.decode()
    assert "The test was taken." in html
    assert "Delivered" in html
    assert json.loads(receiver.got[0][1])["type"] == "test"
    old = webhook.key
    assert old not in client.post(reverse("social_webhooks:secret", args=[webhook.pk])).content.decode()
    del fields["active"]
    client.post(address, fields)
    webhook.refresh_from_db()
    assert (webhook.active, webhook.key == old) == (False, False)
    assert "Situation room" in client.get(reverse("social_webhooks:index")).content.decode()
    actions = set(AuditEvent.objects.values_list("action", flat=True))
    assert {"webhook.added", "webhook.changed", "webhook.secret-renewed"} <= actions
    assert webhook.key not in repr(list(AuditEvent.objects.values()))


def test_an_address_without_https_is_refused_with_the_reason() -> None:
    fields = {"name": "Open", "url": "http://example.org/", "kinds": ["refused"], "active": "on"}
    html = signed_in("Channel managers").post(reverse("social_webhooks:add"), fields).content.decode()
    assert "The address has to begin with https://." in html
    assert not Webhook.objects.exists()


@pytest.mark.parametrize("role", ["Editors of posts", "Approvers", "Analysts", "Auditors", "Moderators"])
def test_nobody_else_reaches_them(role: str) -> None:
    webhook, _secret = make_webhook("https://example.org/")
    client, before = signed_in(role), webhook.secret
    for name, arguments in (("index", []), ("add", []), ("edit", [webhook.pk])):
        assert client.get(reverse(f"social_webhooks:{name}", args=arguments)).status_code == 302
    for name in ("edit", "secret", "test"):
        assert client.post(reverse(f"social_webhooks:{name}", args=[webhook.pk]), {"name": "x"}).status_code == 302
    assert client.post(reverse("social_webhooks:add"), {"name": "x"}).status_code == 302
    webhook.refresh_from_db()
    assert (webhook.secret, Webhook.objects.count(), WebhookCall.objects.count()) == (before, 1, 0)


def test_a_long_backlog_of_one_webhook_holds_no_other(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhooks, "ROUND", 3)
    now = timezone.now()
    dead, _secret = make_webhook("http://127.0.0.1:9/hook")
    for _number in range(4):
        webhooks.plan_test(dead, now - timedelta(minutes=1))
    other, _secret = make_webhook(receiver.url)
    webhooks.plan_test(other, now)
    assert webhooks.send_due(now) == 1
    assert len(receiver.got) == 1
