"""Telling other systems: a signed POST for each alert of the kinds a webhook takes, by the Standard Webhooks scheme.

Each call is a row before it is made, and its next try is planned before the present one, so a killed process makes it
again: told at least once, under the same id. docs/operations/webhooks.md is what receivers read.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
import secrets
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import httpx
from django.conf import settings
from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from content.records import Campaign
from social_publisher import vault
from social_publisher.models import Alert, Webhook, WebhookCall
from social_publisher.networks.servers import NotAllowedError, public_request
from social_publisher.notices.staff import channel_of, draft_of, post_of, text_of

logger = logging.getLogger(__name__)

SECONDS = 5.0
ROUND = 50
TEST = "test"
PREFIX = "whsec_"
# After the first try; the last one comes a day after it.
DELAYS = tuple(
    timedelta(**wait)
    for wait in (
        {"seconds": 5},
        {"minutes": 5},
        {"minutes": 30},
        {"hours": 2},
        {"hours": 5},
        {"hours": 8},
        {"hours": 8, "minutes": 25},
    )
)


def new_secret() -> str:
    """A secret as receivers take it: 256 random bits."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def renew_secret(webhook: Webhook) -> str:
    """Give a webhook a new secret, unsaved, and return it, to be shown this once."""
    secret = new_secret()
    webhook.secret = vault.lock({"secret": secret})
    return secret


def sign(secret: str, call_id: str, timestamp: int, body: str) -> str:
    """The signature over id, time and body, as the header carries it."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = hmac.new(key, f"{call_id}.{timestamp}.{body}".encode(), hashlib.sha256).digest()
    return f"v1,{base64.b64encode(signed).decode()}"


def plan(alerts: Sequence[Alert], now: datetime) -> int:
    """Write the calls that alerts bring, in the caller's transaction; return how many."""
    hooks = list(Webhook.objects.filter(active=True))
    bodies = {alert.pk: body_of(alert) for alert in alerts} if hooks else {}
    calls = [
        WebhookCall(
            webhook=hook, alert=alert, kind=alert.kind, body=bodies[alert.pk], created_at=alert.created_at, next_at=now
        )
        for alert in alerts
        for hook in hooks
        if alert.kind in hook.kinds
    ]
    return len(WebhookCall.objects.bulk_create(calls))


def plan_test(webhook: Webhook, now: datetime) -> WebhookCall:
    """Write one call that tells nothing but that it is a test."""
    body = _json({"type": TEST, "timestamp": now.isoformat(), "data": {"webhook": webhook.name}})
    return WebhookCall.objects.create(webhook=webhook, kind=TEST, body=body, created_at=now, next_at=now)


def body_of(alert: Alert) -> str:
    """What is told of an alert, as JSON: ids, names and addresses; words and text only where nothing is sensitive."""
    post, channel, correction = post_of(alert), channel_of(alert), alert.correction
    sensitive = any(it is not None and _is_sensitive(it.campaign) for it in (post, correction))
    data: dict[str, Any] = {"alert": alert.pk, "title": str(alert.get_kind_display())}
    if not sensitive:
        data["words"] = alert.words
    if post is not None:
        data["post"] = {"id": post.pk, "campaign": post.campaign.code, "language": post.language}
        # A draft of another campaign than the post's own may be a sensitive one's.
        if not sensitive and draft_of(alert, post).get("campaign", post.campaign_id) == post.campaign_id:
            data["post"]["text"] = text_of(alert, post)
    if correction is not None:
        data["correction"] = {"id": correction.pk, "campaign": correction.campaign.code}
    if channel is not None:
        data["channel"] = {"id": channel.pk, "name": channel.name, "network": channel.network}
    if alert.delivery is not None:
        data["delivery"] = {"id": alert.delivery.pk, "state": alert.delivery.state, "url": alert.delivery.remote_url}
    return _json({"type": alert.kind, "timestamp": alert.created_at.isoformat(), "data": data})


def due(now: datetime) -> QuerySet[WebhookCall]:
    """Calls to make now."""
    return WebhookCall.objects.filter(status=WebhookCall.Status.WAITING, next_at__lte=now, webhook__active=True)


def send_due(now: datetime) -> int:
    """Make the calls that are due, and return how many were taken. A webhook that fails waits for the next round."""
    failed: set[int] = set()
    taken = 0
    # In turn, so that the backlog of one keeps no other waiting.
    turn = Window(RowNumber(), partition_by="webhook_id", order_by=["next_at", "pk"])
    for call in due(now).select_related("webhook").annotate(turn=turn).order_by("turn", "next_at", "pk")[:ROUND]:
        if call.webhook_id in failed:
            continue
        if send(call, now):
            taken += 1
        else:
            failed.add(call.webhook_id)
    return taken


def send(call: WebhookCall, now: datetime) -> bool:
    """Make one call, and return whether it was taken: answered with 2xx."""
    last = call.tries >= len(DELAYS)
    next_at = now + (DELAYS[call.tries] if not last else timedelta(days=1))
    mine = WebhookCall.objects.filter(pk=call.pk, tries=call.tries, status=WebhookCall.Status.WAITING)
    if not mine.update(tries=F("tries") + 1, next_at=next_at):
        return False
    words, taken, gone = _post(call)
    outcome: dict[str, Any] = {"words": words[:255]}
    if taken:
        outcome.update(status=WebhookCall.Status.DONE, done_at=now)
    elif last or gone:
        outcome.update(status=WebhookCall.Status.FAILED, done_at=now)
        logger.warning("a call of the webhook %s was given up: %s", call.webhook, words)
    WebhookCall.objects.filter(pk=call.pk).update(**outcome)
    return taken


def _post(call: WebhookCall) -> tuple[str, bool, bool]:
    """What came of it in words, whether it was taken, and whether the receiver wants no more tries."""
    timestamp = int(time.time())
    try:
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "campaign-site webhooks",
            "Webhook-Id": str(call.public_id),
            "Webhook-Timestamp": str(timestamp),
            "Webhook-Signature": sign(call.webhook.key, str(call.public_id), timestamp, call.body),
        }
        request = public_request(
            "POST",
            httpx.URL(call.webhook.url),
            seconds=SECONDS,
            headers=headers,
            content=call.body.encode(),
            allow_loopback=settings.NETWORKS_ON_LOOPBACK,
        )
        # The answer's body is not read: it could be anything, of any length.
        with httpx.Client(timeout=SECONDS, trust_env=False) as client:
            response = client.send(request, stream=True)
            response.close()
    except vault.LockedError:
        return _("Its secret cannot be read with this installation's keys. Make a new one."), False, False
    except ValueError:
        return _("The address is on no public server, or does not begin with https://."), False, False
    except NotAllowedError as error:
        return error.words, False, False
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        return _("No answer (%(kind)s).") % {"kind": type(error).__name__}, False, False
    gone = response.status_code == httpx.codes.GONE
    return f"HTTP {response.status_code}", response.is_success, gone


def _is_sensitive(campaign: Campaign) -> bool:
    rules = getattr(campaign, "rules", None)
    return rules is not None and rules.is_sensitive


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
