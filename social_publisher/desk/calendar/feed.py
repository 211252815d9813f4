"""A person's calendar for their own calendar program: the screen that makes its secret address, and the feed itself."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.admin import messages
from wagtail.users.models import UserProfile

from social_publisher.approval.audit import record
from social_publisher.desk.base import DeskView
from social_publisher.desk.calendar.dates import Span
from social_publisher.desk.calendar.entries import bands, channel_names, later_channels, launches, opening_of, planned
from social_publisher.desk.calendar.filters import FilterForm, Filters
from social_publisher.desk.calendar.ical import Event, calendar
from social_publisher.desk.calendar.standing import standing_of, with_standing
from social_publisher.desk.posts import EDIT
from social_publisher.models import CalendarFeed, CampaignRules
from social_publisher.models.calendar_feed import secret_digest

BACK, AHEAD = timedelta(days=30), timedelta(days=180)
MOST = 2000
FIRM = {"approved", "waiting", "armed", "published"}


class FeedView(DeskView):
    """Makes, renews and revokes a person's own feed. Its address is shown once, when it is made."""

    permission = "social_publisher.view_post"
    template_name = "social_publisher/desk/calendar/feed.html"
    page_title = gettext_lazy("Calendar feed")
    header_icon = "link"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context.update(feed=_feeds_of(self.request.user).first(), address=kwargs.get("address", ""))
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make a new address, which ends the old one, or end it."""
        if "revoke" in request.POST:
            with transaction.atomic():
                if _feeds_of(request.user).delete()[0]:
                    record("calendar.feed-revoked", request.user, request.user)
            messages.success(request, _("The feed is gone. Its address shows nothing any more."))
            return redirect(request.path)
        secret, user = secrets.token_urlsafe(32), cast(User, request.user)
        with transaction.atomic():
            _feeds_of(request.user).delete()
            CalendarFeed.objects.create(user=user, secret_sha256=secret_digest(secret))
            record("calendar.feed-made", request.user, request.user)
        address = settings.PUBLIC_BASE_URL + reverse("calendar-feed", args=[secret])
        response: HttpResponse = self.render_to_response(self.get_context_data(address=address))
        response.headers["Cache-Control"] = "private, no-store"
        return response


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar of whoever the secret address belongs to; 404 unless they may still see posts."""
    row = _feed_of(secret)
    user = row.user
    if not user.is_active or not user.has_perm("social_publisher.view_post"):
        raise Http404
    today = timezone.now().astimezone(UTC).date()
    if row.last_read_on != today:
        CalendarFeed.objects.filter(pk=row.pk).update(last_read_on=today)
    profile = UserProfile.get_for_user(user)
    with translation.override(profile.get_preferred_language()):
        text = calendar(_("Social posts"), _events(Filters.of(FilterForm(request.GET)), timezone.now()))
    etag = f'"{hashlib.sha256(text.encode()).hexdigest()}"'
    response = get_conditional_response(request, etag=etag) or HttpResponse(
        text, content_type="text/calendar; charset=utf-8"
    )
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _feeds_of(user: Any) -> QuerySet[CalendarFeed]:
    """A person's own feed, or none."""
    return CalendarFeed.objects.filter(user=user)


def _feed_of(secret: str) -> CalendarFeed:
    """Found by its digest, so that how long it takes tells nothing of any secret. Raises Http404."""
    digest = secret_digest(secret)
    row: CalendarFeed | None = CalendarFeed.objects.select_related("user").filter(secret_sha256=digest).first()
    if row is None or not hmac.compare_digest(row.secret_sha256, digest):
        raise Http404
    return row


def _events(filters: Filters, now: datetime) -> list[Event]:
    """The posts, blackouts and page launches around now, at most MOST of them."""
    span, host = Span(now - BACK, now + AHEAD), urlsplit(settings.PUBLIC_BASE_URL).hostname or "localhost"
    beside = [*_blackouts(filters, span, host), *_launches(span, host)]
    return [*beside, *_posts(filters, span, host, MOST - len(beside))]


def _posts(filters: Filters, span: Span, host: str, most: int) -> Iterator[Event]:
    sensitive = set(CampaignRules.objects.filter(is_sensitive=True).values_list("campaign_id", flat=True))
    channels = channel_names()
    plans = with_standing(planned(filters, span)).order_by("due_at", "post_id")
    rows = plans.values("pk", "due_at", "saved_at", "opening", "campaign", "campaign__name", "channel_ids", "standing")
    shown = list(rows[:most])
    later = later_channels([row["pk"] for row in shown], channels)
    for row in shown:
        campaign, word = row["campaign__name"] or "", standing_of(row["standing"]).word
        opening = opening_of(row["opening"])
        if row["campaign"] in sensitive:
            opening = _("Post of campaign %(campaign)s") % {"campaign": campaign}
        names = channels | later.get(row["pk"], {})
        where = ", ".join(names[pk] for pk in row["channel_ids"] if pk in names)
        yield Event(
            uid=f"post-{row['pk']}@{host}",
            stamp=row["saved_at"],
            start=row["due_at"],
            summary=f"{word}: {opening}",
            description="\n".join(part for part in (campaign, where) if part),
            url=settings.PUBLIC_BASE_URL + reverse(EDIT, args=[row["pk"]]),
            status="CONFIRMED" if row["standing"] in FIRM else "TENTATIVE",
            categories=tuple(part for part in (campaign, word) if part),
        )


def _blackouts(filters: Filters, span: Span, host: str) -> Iterator[Event]:
    for band in bands(filters, span, UTC):
        yield Event(
            uid=f"blackout-{band.pk}@{host}",
            stamp=band.starts_at,
            start=band.starts_at,
            end=band.ends_at,
            summary=_("Nothing should be posted: %(name)s") % {"name": band.name},
            description=band.where,
            categories=(band.kind,),
        )


def _launches(span: Span, host: str) -> Iterator[Event]:
    for launch in launches(span, UTC):
        yield Event(
            uid=f"page-{launch.page_id}@{host}",
            stamp=launch.at,
            start=launch.at,
            summary=_("Page goes live: %(title)s") % {"title": launch.title},
        )
