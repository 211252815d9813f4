"""Looks at launches' pages as a reader would. The posts of a launch leave only after its page was seen live."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx
from django.conf import settings
from django.db import transaction
from django.db.models import Min, Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from social_publisher.approval.audit import record
from social_publisher.messages.sighting import Answer, why_not_seen
from social_publisher.models import Alert, Delivery, Launch
from social_publisher.models.ledger import State

logger = logging.getLogger(__name__)

LATE = timedelta(minutes=2)
AT_ONCE = 10
TIMEOUT = 5.0
LONGEST = 2_000_000
AGENT = "campaign-site launch check"

Fetch = Callable[[str], Answer]


def fetch_page(url: str) -> Answer:
    """Get a page as a stranger does: no cookie, no redirect followed, within 5 s. Raises httpx.HTTPError."""
    deadline = time.monotonic() + TIMEOUT
    headers = {"User-Agent": AGENT, "Accept": "text/html"}
    with (
        httpx.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=False, headers=headers) as client,
        client.stream("GET", url) as response,
    ):
        body = b""
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > LONGEST or time.monotonic() > deadline:
                break
        text = body.decode(response.charset_encoding or "utf-8", errors="replace")
        return Answer(response.status_code, response.headers.get("content-type", ""), text)


def due(now: datetime) -> QuerySet[Any]:
    """Launches whose page should be live by now and whose posts wait, longest not looked at first."""
    waiting = Q(posts__deliveries__state=State.WAITING.value)
    pending = Launch.objects.filter(seen_live_at=None).annotate(
        first_due=Min("posts__deliveries__due_at", filter=waiting)
    )
    live = Q(goes_live_at__lte=now) | Q(goes_live_at=None) & (Q(page__live=True) | Q(first_due__lte=now))
    return pending.exclude(first_due=None).filter(live).order_by("looked_at", "pk")


def look_at_launches(now: datetime, fetch: Fetch = fetch_page) -> int:
    """Look at the pages that should be live by now and whose posts wait; return how many were seen live.

    What is seen live lets its posts leave; what is not says why, and people are told when it is two minutes late.
    """
    seen = 0
    for launch in due(now)[:AT_ONCE]:
        _publish_if_due(launch, now)
        page = Page.objects.get(pk=launch.page_id)
        problem = _why_not_live(launch, page, fetch)
        if not problem and _seen(launch, now):
            seen += 1
        elif problem:
            _not_seen(launch, now, problem, launch.goes_live_at or launch.first_due)
    return seen


def _publish_if_due(launch: Launch, now: datetime) -> None:
    """Publish the approved version at its time, rather than with the next round of scheduled pages."""
    revision = Revision.objects.filter(pk=launch.revision_id, approved_go_live_at__lte=now).first()
    if revision is None:
        return
    try:
        revision.publish(log_action="wagtail.publish.scheduled")
    except Exception:
        logger.exception("the page of launch %s could not be published", launch.pk)


def _why_not_live(launch: Launch, page: Page, fetch: Fetch) -> str:
    if not page.live:
        return _("Its page is not published yet.")
    if page.live_revision_id != (launch.revision_id or page.latest_revision_id):
        return _("Readers still see an older version of its page.")
    url = page.full_url or ""
    try:
        if _origin(url) != _origin(settings.PUBLIC_BASE_URL):
            return _("Its page has no address on this site, so nobody can look whether it is live.")
        return why_not_seen(fetch(url), url)
    except Exception as error:
        if not isinstance(error, httpx.HTTPError):
            logger.exception("what the page of launch %s answered could not be read", launch.pk)
        return _("Its page could not be fetched (%(error)s).") % {"error": type(error).__name__}


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)


@transaction.atomic
def _seen(launch: Launch, now: datetime) -> bool:
    """Let the posts leave, if the page still is what was looked at."""
    locked = Launch.objects.select_for_update(of=("self",), no_key=True).filter(pk=launch.pk, seen_live_at=None).first()
    if locked is None or locked.revision_id != launch.revision_id:
        return False
    page = Page.objects.get(pk=launch.page_id)
    if not page.live or page.live_revision_id != (locked.revision_id or page.latest_revision_id):
        return False
    Launch.objects.filter(pk=launch.pk).update(
        seen_live_at=now, looked_at=now, problem="", revision=page.live_revision_id
    )
    waiting = Delivery.objects.filter(post__launch=launch.pk, state=State.WAITING.value)
    waiting.filter(next_at__lte=now).update(next_at=now, reason="")
    record("launch.seen-live", launch, launch=launch.pk, page=page.pk)
    return True


@transaction.atomic
def _not_seen(launch: Launch, now: datetime, problem: str, expected: datetime) -> None:
    """Write down what was met, and tell people once when the page is late."""
    Launch.objects.filter(pk=launch.pk, seen_live_at=None).update(looked_at=now, problem=problem)
    if now < expected + LATE:
        return
    untold = Launch.objects.filter(pk=launch.pk, seen_live_at=None, late_told_at=None)
    post = launch.posts.filter(deliveries__state=State.WAITING.value).first()
    if untold.update(late_told_at=now) and post is not None:
        words = _("“%(page)s” should be live. %(problem)s Its posts wait until it is.")
        Alert.objects.tell(Alert.Kind.LAUNCH, now, words % {"page": launch.page, "problem": problem}, post=post)
