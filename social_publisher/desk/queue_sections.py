"""The queue's sections: what leaves next, what is held and by what, what needs a person, what was missed, what left."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from social_publisher.desk.status import Standing, delivery_standing
from social_publisher.models import Delivery, Launch, Pause
from social_publisher.models.ledger import State

# How many rows a section shows on the queue itself; the rest is a page away.
SHOWN = 20
# What was missed or stopped longer ago is history: the posts' list and the audit have it.
RECENT = timedelta(days=14)

WAITING = Q(state__in=[State.WAITING.value, State.ARMED.value])
ATTENTION = Q(state__in=[State.FAILED.value, State.UNKNOWN.value, State.NEEDS_PERSON.value])
EVERYTHING = (None, None)


class Holds(dict[tuple[int | None, int | None], Pause]):
    """The pauses that hold something now, by channel and campaign; and the launches whose pages are not seen live."""

    launches: tuple[int, ...] = ()


@dataclass(frozen=True)
class Section:
    """One list of the queue. `counts_down` says that its rows leave by themselves."""

    key: str
    heading: str | Promise
    empty: str | Promise
    rows: Callable[[datetime, Holds], QuerySet[Delivery]]
    counts_down: bool = False


@dataclass(frozen=True)
class Shown:
    """A section as it is now: its rows with their badges, and how many more there are."""

    section: Section
    rows: list[tuple[Delivery, Standing]]
    total: int

    @property
    def more(self) -> int:
        """Rows that are not shown."""
        return max(self.total - len(self.rows), 0)


def _attention(now: datetime, holds: Holds) -> Any:
    return Delivery.objects.filter(ATTENTION).order_by("-state_changed_at")


def _missed(now: datetime, holds: Holds) -> Any:
    recent = Delivery.objects.filter(state=State.MISSED.value, state_changed_at__gte=now - RECENT)
    return recent.order_by("-state_changed_at")


def _next(now: datetime, holds: Holds) -> Any:
    waiting, holding = Delivery.objects.filter(WAITING).order_by("next_at", "pk"), _holding(holds)
    return waiting.exclude(holding) if holding else waiting


def _held(now: datetime, holds: Holds) -> Any:
    waiting, holding = Delivery.objects.filter(WAITING).order_by("next_at", "pk"), _holding(holds)
    return waiting.filter(holding) if holding else waiting.none()


def _holding(holds: Holds) -> Q:
    """What `held()` says, with the ids of what holds: asking each of 50,000 rows for its pauses costs much more."""
    if EVERYTHING in holds:
        return Q(pk__isnull=False)
    found = {
        "channel__in": [channel for channel, _campaign in holds if channel],
        "post__campaign__in": [campaign for _channel, campaign in holds if campaign],
        "post__launch__in": holds.launches,
    }
    return Q(*((name, ids) for name, ids in found.items() if ids), _connector=Q.OR)


def _stopped(now: datetime, holds: Holds) -> Any:
    recent = Delivery.objects.filter(state=State.CANCELLED.value, state_changed_at__gte=now - RECENT)
    return recent.order_by("-state_changed_at")


def _published(now: datetime, holds: Holds) -> Any:
    return Delivery.objects.filter(state=State.PUBLISHED.value).order_by("-published_at")


SECTIONS = {
    section.key: section
    for section in (
        Section("attention", gettext_lazy("Needs a person"), gettext_lazy("Nothing needs a person."), _attention),
        Section("missed", gettext_lazy("Missed"), gettext_lazy("Nothing was missed."), _missed),
        Section("next", gettext_lazy("Leaves next"), gettext_lazy("Nothing is waiting."), _next, counts_down=True),
        Section("held", gettext_lazy("Held"), gettext_lazy("Nothing is held."), _held),
        Section("stopped", gettext_lazy("Stopped"), gettext_lazy("Nothing was stopped."), _stopped),
        Section("published", gettext_lazy("Published last"), gettext_lazy("Nothing has left yet."), _published),
    )
}
# Counted exactly; the others grow without end and say only that there are more.
COUNTED = ("attention", "missed", "next", "held")


def standing_holds() -> Holds:
    """What holds posts now. Two queries."""
    rows = Pause.objects.filter(lifted_at=None).select_related("channel", "campaign", "paused_by")
    holds = Holds({(pause.channel_id, pause.campaign_id): pause for pause in rows})
    holds.launches = tuple(Launch.objects.filter(seen_live_at=None).values_list("pk", flat=True))
    return holds


def stretch(rows: QuerySet[Delivery], first: int, last: int) -> list[Delivery]:
    """Some of the rows in their order, with what a list shows. Joined only after they were cut out."""
    ids = _ids(rows, first, last)
    return _in_order(ids, _with_names(ids))


def _ids(rows: QuerySet[Delivery], first: int, last: int) -> list[int]:
    return list(rows.values_list("pk", flat=True)[max(first, 0) : last])


def _with_names(ids: Iterable[int]) -> dict[int, Delivery]:
    rows = Delivery.objects.select_related("post", "channel", "post__campaign", "post__launch")
    found: dict[int, Delivery] = rows.in_bulk(list(ids))
    return found


def _in_order(ids: Iterable[int], found: Mapping[int, Delivery]) -> list[Delivery]:
    return [found[pk] for pk in ids if pk in found]


def shown(section: Section, now: datetime, holds: Holds, count: int = SHOWN) -> Shown:
    """A section's first rows, with badges. Two queries, three where it is counted."""
    rows = section.rows(now, holds)
    return _shown(section, rows, stretch(rows, 0, count + 1), holds, count)


def _shown(section: Section, rows: QuerySet[Delivery], page: list[Delivery], holds: Holds, count: int) -> Shown:
    """`page` has one row more than `count` where there are more."""
    total = rows.count() if section.key in COUNTED and len(page) > count else len(page)
    badge = badge_of(section, holds)
    return Shown(section, [(row, badge(row)) for row in page[:count]], total)


def queue(now: datetime, holds: Holds) -> list[Shown]:
    """Every section that has something to say; "leaves next" always. What they show is read together."""
    counts = {section.key: SHOWN if section.key in COUNTED else 10 for section in SECTIONS.values()}
    rows = {section.key: section.rows(now, holds) for section in SECTIONS.values()}
    ids = {key: _ids(some, 0, counts[key] + 1) for key, some in rows.items()}
    found = _with_names({pk for some in ids.values() for pk in some})
    parts = [
        _shown(section, rows[key], _in_order(ids[key], found), holds, counts[key]) for key, section in SECTIONS.items()
    ]
    return [part for part in parts if part.rows or part.section.key == "next"]


def badge_of(section: Section, holds: Holds) -> Callable[[Delivery], Standing]:
    """How a section's rows are marked."""
    if section.key == "held":
        return lambda row: held_by(row, holds)
    return delivery_standing


def held_by(row: Delivery, holds: Holds) -> Standing:
    """What holds a delivery, and why."""
    keys = [EVERYTHING, (None, row.post.campaign_id), (row.channel_id, None)]
    pause = next((holds[key] for key in keys if key in holds), None)
    launch = row.post.launch
    if pause is not None:
        why = _("%(name)s is paused: %(reason)s") % {"name": pause, "reason": pause.reason}
    elif launch is not None and launch.seen_live_at is None:
        why = _("Waits for its page to be live. %(problem)s") % {"problem": launch.problem}
    else:
        why = row.reason
    return Standing(_("Held"), "warn", why)


def summary(parts: Collection[Shown]) -> str:
    """The queue in a sentence, for those who hear it."""
    totals = {part.section.key: part.total for part in parts}
    words = [ngettext("%(count)d waits", "%(count)d wait", totals.get("next", 0)) % {"count": totals.get("next", 0)}]
    for key, text in (
        ("held", gettext_lazy("%(count)d held")),
        ("attention", gettext_lazy("%(count)d need a person")),
        ("missed", gettext_lazy("%(count)d missed")),
    ):
        if totals.get(key):
            words.append(str(text) % {"count": totals[key]})
    return ", ".join(words) + "."
