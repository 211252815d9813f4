"""From alerts, written with the change they tell of, to a notice for each person and a call for each webhook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Case, QuerySet, Subquery, When

from social_publisher.approval.sealing import head
from social_publisher.models import Alert, AuditEvent, AuditReader, Delivery, Mail, Notice
from social_publisher.models.post import first_words
from social_publisher.notices import webhooks
from social_publisher.notices.choices import choices_of, usual
from social_publisher.notices.staff import Staff, channel_of, post_of, text_of

# A burst of publications is told over some minutes, after everything else; it takes nothing from what still leaves.
BATCH = 200
READ = 1000
LAST = Case(When(kind=Alert.Kind.PUBLISHED, then=1), default=0)
ABOUT = 255
READER = "notices"
RELATED = ("post__latest_revision", "post__campaign__rules", "channel")
WITH_DELIVERY = (*RELATED, "correction__campaign__rules", *(f"delivery__{name}" for name in RELATED))
# What the ledger does thousands of times a second raises no alert there; it is read from the audit behind it.
FROM_AUDIT = {"delivery.published": Alert.Kind.PUBLISHED, "delivery.unknown": Alert.Kind.UNKNOWN}


def behind() -> QuerySet[AuditReader]:
    """This reader of the audit, where more is sealed than it has read."""
    sealed = AuditEvent.objects.filter(place__gt=0).order_by("-place").values("place")
    return AuditReader.objects.filter(name=READER, place__lt=Subquery(sealed[:1]))


def untold() -> QuerySet[Alert]:
    """What nobody has been told of yet."""
    return Alert.objects.filter(told_at=None)


@transaction.atomic
def raise_from_audit(now: datetime) -> int:
    """Raise the alerts that stand in the sealed audit alone, and return how many; each once, whenever it is killed.

    The chain has no gaps and only grows at its end, so a place in it says exactly what has been read.
    """
    AuditReader.objects.get_or_create(name=READER)
    reader = AuditReader.objects.select_for_update().get(name=READER)
    until = min(head().place, reader.place + READ)
    if until <= reader.place:
        return 0
    told = AuditEvent.objects.filter(place__gt=reader.place, place__lte=until, action__in=FROM_AUDIT)
    rows = [(FROM_AUDIT[action], data["delivery"]) for action, data in told.order_by().values_list("action", "data")]
    there = set(Delivery.objects.filter(pk__in=[pk for _kind, pk in rows]).values_list("pk", flat=True))
    for kind in FROM_AUDIT.values():
        ids = [pk for its_kind, pk in rows if its_kind == kind and pk in there]
        Alert.objects.raise_for(kind, ids, now, "")
    AuditReader.objects.filter(pk=reader.pk).update(place=until)
    return len(rows)


@transaction.atomic
def fan_out(now: datetime) -> int:
    """Write the notices and the webhooks' calls of what nobody has been told of yet; return how many alerts it was.

    One transaction, so each alert is fanned out once. Sending comes later and apart.
    """
    rows = untold().select_for_update(of=("self",), skip_locked=True)
    alerts = list(rows.select_related(*WITH_DELIVERY).order_by(LAST, "created_at", "pk")[:BATCH])
    if not alerts:
        return 0
    Notice.objects.bulk_create(_notices(alerts, now), ignore_conflicts=True)
    webhooks.plan(alerts, now)
    return Alert.objects.filter(pk__in=[alert.pk for alert in alerts]).update(told_at=now)


def _notices(alerts: Sequence[Alert], now: datetime) -> list[Notice]:
    staff = Staff()
    told = [(alert, person) for alert in alerts for person in sorted(staff.concerned(alert))]
    choices = choices_of({person for _alert, person in told}, {alert.kind for alert in alerts})
    notices = []
    for alert, person in told:
        choice = choices.get((person, alert.kind), usual(alert.kind))
        if choice.shown or choice.mail != Mail.OFF:
            notices.append(
                Notice(
                    person_id=person,
                    alert=alert,
                    kind=alert.kind,
                    about=about(alert),
                    words=alert.words,
                    url=staff.screen(alert, person),
                    shown=choice.shown,
                    mail=choice.mail,
                    created_at=alert.created_at,
                )
            )
    return notices


def about(alert: Alert) -> str:
    """What an alert is about, on one line."""
    post = post_of(alert)
    told = [first_words(text_of(alert, post))] if post is not None else []
    told += [str(it) for it in (channel_of(alert), alert.correction) if it is not None]
    return " ".join(" → ".join(told).split())[:ABOUT]
