"""Reading back what the networks tell about published posts, a call at a time; what each call told is kept at once."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from social_publisher.approval.audit import record
from social_publisher.delivery.leisure import about_to_send, held_back
from social_publisher.engagement import spending
from social_publisher.engagement.cadence import READ_FOR, STEPS, is_rising, next_reading
from social_publisher.engagement.rollup import roll_up, wait_for_turn
from social_publisher.models import Alert, Channel, Delivery, EngagementSnapshot, TakedownStep
from social_publisher.models.ledger import DeliveryQuerySet, State
from social_publisher.networks.base import Engagement, Reading
from social_publisher.networks.errors import AuthError, NetworkError, RateLimitedError, TemporaryError
from social_publisher.networks.registry import UnknownNetworkError
from social_publisher.vault import LockedError

logger = logging.getLogger(__name__)

# Calls of one channel in one run: others have their turn, and a clock that stops leading stops soon.
CALLS_A_RUN = 10
NAMES = tuple(field.name for field in fields(Engagement))


def collect(now: datetime) -> int:
    """Read every post that is due, channel by channel, and return how many snapshots were kept.

    A channel that is about to send comes later. An unchanged count keeps no new row, and a network that fails leaves
    the others alone.
    """
    _enrol(now)
    due = set(_due(now).values_list("channel_id", flat=True))
    kept = 0
    for channel in Channel.objects.filter(pk__in=due - about_to_send(now)).select_related("credential").order_by("pk"):
        try:
            if not channel.why_closed(now) and not held_back(channel, now):
                for changed in _read_channel(channel, now):
                    kept += changed
        except NetworkError as error:
            logger.warning("engagement of %s could not be read: %s", channel, error.words)
            _put_off(channel, error, now)
        except (LockedError, UnknownNetworkError) as error:
            logger.warning("engagement of %s could not be read: %s", channel, error)
        except Exception as error:
            logger.exception("engagement of %s could not be read", channel)
            _put_off(channel, error, now)
    return kept


def _enrol(now: datetime) -> None:
    """Give those that were published since the last look the time of their first reading."""
    fresh = Delivery.objects.filter(
        channel__in=[channel for channel in Channel.objects.all() if _tells(channel)],
        state=State.PUBLISHED.value,
        published_at__gt=now - READ_FOR,
        engagement_read_at=None,
        next_reading_at=None,
    ).select_related("channel")
    readable = []
    for delivery in fresh:
        capabilities, at = delivery.channel.adapter.capabilities, delivery.published_at
        assert at is not None
        delivery.next_reading_at = next_reading(at, at, least=capabilities.reading.least, live=capabilities.live)
        readable.append(delivery)
    Delivery.objects.bulk_update(readable, ["next_reading_at"], batch_size=1000)


def _tells(channel: Channel) -> bool:
    try:
        return bool(channel.adapter.capabilities.engagement)
    except UnknownNetworkError:
        return False


def _due(now: datetime) -> DeliveryQuerySet:
    return Delivery.objects.filter(state=State.PUBLISHED.value, next_reading_at__lte=now)


def _read_channel(channel: Channel, now: datetime) -> Iterator[int]:
    """Tell of each call how many counts it changed; what one told is kept whatever becomes of the next."""
    reading = channel.adapter.capabilities.reading
    for _call in range(CALLS_A_RUN):
        rows = list(_due(now).filter(channel=channel).order_by("next_reading_at", "pk")[: reading.posts_a_call])
        if not rows:
            break
        if not spending.may_spend(channel, reading, len(rows), now):
            logger.warning("engagement of %s is not read on: the month's READING_BUDGET is used up", channel)
            spending.hold(channel, reading, now + spending.AFTER_BUDGET)
            break
        if (more_at := spending.take(channel, reading, now)) is not None:
            logger.info("engagement of %s is read on at %s", channel, more_at)
            break
        try:
            told = channel.adapter.read_engagement(channel.signed_in, [row.remote_id for row in rows])
        except (RateLimitedError, AuthError):
            raise
        except NetworkError:
            _part(rows, now)
            raise
        spending.book(channel, reading, len(rows), now)
        yield _keep(rows, told, reading, now, live=channel.adapter.capabilities.live)


def _put_off(channel: Channel, error: Exception, now: datetime) -> None:
    wish = error.retry_after if isinstance(error, TemporaryError) else None
    spending.hold(channel, channel.adapter.capabilities.reading, now + (wish or spending.AFTER_FAILURE))


def _part(rows: Sequence[Delivery], now: datetime) -> None:
    """Have the halves of a batch that failed read apart: one post that a network chokes on must not hold up others.

    A single one comes again at its next usual time.
    """
    half = len(rows) // 2
    for place, row in enumerate(rows):
        assert row.published_at is not None
        later = now + spending.AFTER_FAILURE * (1 if place < half else 2)
        row.next_reading_at = later if half else next_reading(row.published_at, later)
    Delivery.objects.bulk_update(rows, ["next_reading_at"])


@transaction.atomic
def _keep(
    rows: Sequence[Delivery], told: Mapping[str, Engagement], reading: Reading, now: datetime, *, live: bool
) -> int:
    """Write what one call told, the next readings, and the numbers that follow from it; return how many changed."""
    ids = [row.pk for row in rows]
    # What was taken back meanwhile is not missed.
    wait_for_turn()
    published = Delivery.objects.filter(pk__in=ids, state=State.PUBLISHED.value).order_by("pk")
    rows = list(published.select_for_update(no_key=True))
    leaving = set(TakedownStep.objects.filter(delivery__in=ids, done_at=None).values_list("delivery", flat=True))
    before = latest_snapshots(ids)
    fresh = []
    for row in rows:
        counts, last = told.get(row.remote_id), before.get(row.pk)
        assert row.published_at is not None
        rising = False
        if counts is None and row.pk not in leaving:
            _miss(row, now)
        elif counts is not None:
            _see(row)
            known = (row.engagement_read_at or last.taken_at, _counts(last)) if last else None
            rising = is_rising(row.published_at, known, now, counts)
            if last is None or _counts(last) != counts:
                fresh.append(EngagementSnapshot(delivery=row, taken_at=now, **asdict(counts)))
        row.engagement_read_at = now
        row.next_reading_at = next_reading(row.published_at, now, rising=rising, least=reading.least, live=live)
        if row.missing_at is not None and row.gone_at is None:
            row.next_reading_at = now + STEPS[0][1]
    Delivery.objects.bulk_update(rows, ["engagement_read_at", "next_reading_at", "missing_at", "gone_at"])
    EngagementSnapshot.objects.bulk_create(fresh, ignore_conflicts=True)
    roll_up([snapshot.delivery_id for snapshot in fresh], since=now)
    return len(fresh)


def latest_snapshots(deliveries: Sequence[int]) -> dict[int, EngagementSnapshot]:
    """What was told last about some deliveries, by id."""
    rows = EngagementSnapshot.objects.filter(delivery__in=deliveries).order_by("delivery_id", "-taken_at")
    return {snapshot.delivery_id: snapshot for snapshot in rows.distinct("delivery_id")}


def _counts(snapshot: EngagementSnapshot) -> Engagement:
    return Engagement(**{name: getattr(snapshot, name) for name in NAMES})


def _miss(row: Delivery, now: datetime) -> None:
    """The network answered and did not name it: once may be a slip, twice it is gone, and people are told."""
    if row.missing_at is None:
        row.missing_at = now
    elif row.gone_at is None:
        row.gone_at = row.missing_at
        record("delivery.gone", row, post=row.post_id, channel=row.channel_id, since=row.missing_at.isoformat())
        words = _("Nobody here took it back. The network, or somebody with the account, removed or hid it.")
        Alert.objects.raise_for(Alert.Kind.GONE, [row.pk], now, words)


def _see(row: Delivery) -> None:
    if row.gone_at is not None:
        record("delivery.back", row, post=row.post_id, channel=row.channel_id)
    row.missing_at = row.gone_at = None
