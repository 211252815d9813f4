"""Corrections: words that a second person approves before they are needed."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from content.records import Campaign
from social_publisher.approval.audit import display_name, record
from social_publisher.approval.errors import ApprovalError, ChangedError, OwnWorkError
from social_publisher.messages.render import LINK_MARK, PART_MARK, Composed, Draft, Problem, Rendered, render
from social_publisher.messages.rules import RULES
from social_publisher.messages.words import as_it_leaves
from social_publisher.models import Alert, Channel, Correction
from social_publisher.networks import registry

PERMISSION = "social_publisher.approve_correction"


def digest_of(language: str, text: str) -> str:
    """SHA-256, in hex, over exactly these words in this language."""
    return hashlib.sha256(json.dumps([language, text], ensure_ascii=False).encode()).hexdigest()


def stands(correction: Correction) -> bool:
    """Whether it may leave: approved, and still word for word what was approved, whatever path changed it."""
    return correction.approved_at is not None and correction.digest == digest_of(correction.language, correction.text)


def fault(text: str) -> str:
    """Why a text cannot be a correction on every network alike, in words for staff; empty if it can."""
    if LINK_MARK in text or PART_MARK.search(text):
        return _("A correction is one message without a tracked link: remove {link} and lines of three hyphens.")
    return ""


def problems(correction: Correction, channel: Channel) -> list[Problem]:
    """What stands against these words leaving on the channel, exactly as they are."""
    try:
        rendered = channel.adapter.render(channel.account, Draft(correction.text, language=correction.language))
    except registry.UnknownNetworkError as error:
        return [Problem("network", str(error))]
    found = list(rendered.problems)
    if rendered.composed != exactly(correction):
        found.append(Problem("not-exact", _("This network would not get exactly these words.")))
    return found


def lengths(text: str, campaign: Campaign | None) -> list[tuple[str, Rendered]]:
    """How long the text is on each network that the campaign's channels have (or on all), the tightest first."""
    known = [network.slug for network in registry.installed()]
    channels = campaign.channels.filter(network__in=known) if campaign is not None else ()
    rules = {channel.adapter.rules(channel.account) for channel in channels} or set(RULES.values())
    found = [(rule.name, render(Draft(as_it_leaves(text)), rule)) for rule in rules]
    return sorted(found, key=lambda one: (one[1].limit - one[1].length, one[0]))


def exactly(correction: Correction) -> Composed:
    """All that may leave under its approval."""
    return Composed((correction.text,), correction.language)


@transaction.atomic
def save(correction: Correction, user: Any) -> None:
    """Keep what this person wrote: they are its author now, and another person has to approve it."""
    correction.author, correction.author_name = user, display_name(user)
    correction.approver, correction.approver_name, correction.approved_at = None, "", None
    correction.text = as_it_leaves(correction.text)
    correction.digest = digest_of(correction.language, correction.text)
    correction.save()
    record("correction.saved", correction, user, correction=correction.pk, digest=correction.digest)
    Alert.objects.filter(correction=correction).withdraw()
    words = _("The correction “%(name)s” of %(campaign)s waits for another person's approval.")
    told = words % {"name": correction.name, "campaign": correction.campaign}
    Alert.objects.tell(Alert.Kind.TO_APPROVE, timezone.now(), told, correction=correction)


@transaction.atomic
def approve(correction: Correction, user: Any, seen: str) -> Correction:
    """Approve exactly what the person saw. Raises OwnWorkError, ChangedError or ApprovalError."""
    row = Correction.objects.select_for_update(of=("self",)).get(pk=correction.pk)
    if not user.has_perm(PERMISSION):
        raise ApprovalError(_("Your role does not approve corrections. Ask an approver."))
    if row.author_id == user.pk:
        raise OwnWorkError(_("You wrote or changed this correction last. Another person has to approve it."))
    if digest_of(row.language, row.text) != seen:
        raise ChangedError(_("The correction changed while you were looking at it. Look at it again, then decide."))
    if row.digest != seen or row.author_id is None:
        raise ChangedError(_("It is not as its author left it. Somebody has to save it again before it is approved."))
    row.approver, row.approver_name, row.approved_at = user, display_name(user), timezone.now()
    row.save()
    Alert.objects.filter(correction=row).withdraw()
    record("correction.approved", row, user, correction=row.pk, digest=row.digest)
    return row
