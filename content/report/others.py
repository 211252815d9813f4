"""What the library, the hotlines and the clock tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content.publishing.models import ScheduledPublication
from content.records import Hotline
from content.report.sources import Item, Source
from content.staff.hotlines import state_of
from media.facts import SENTENCES, WARN, Lack, People, ends_soon
from media.models import CampaignImage, CampaignVideo

AGREEMENT = (Lack.NOT_AGREED, Lack.CONSENT, Lack.EXPIRED)


def agreements(today: date) -> Iterator[Item]:
    """Pictures and videos of people who have not agreed, or whose agreement has ended or will soon."""
    ends = Q(people=People.AGREED) & (Q(consent_note="") | Q(consent_until__lte=today + WARN))
    for model in (CampaignImage, CampaignVideo):
        shown: QuerySet[Any] = model._default_manager.filter(ends | Q(people=People.NOT_AGREED))
        for item in shown.order_by("consent_until", "title"):
            found = [str(SENTENCES[lack]) for lack in item.lacks if lack in AGREEMENT]
            if ends_soon(item.facts, today):
                found.append(_("The agreement of the people in it ends soon."))
            if found:
                yield _of_library(item, " ".join(found), item.consent_until)


def origins(today: date) -> Iterator[Item]:
    """Pictures and videos without credit or licence, or of which nobody has said who is in them, and pictures without
    a description."""
    lacking = Q(credit="") | Q(licence="") | Q(people=People.UNSAID)
    pictures = CampaignImage.objects.filter(lacking | Q(description="", decorative=False))
    for rows in (pictures, CampaignVideo.objects.filter(lacking)):
        for item in rows.order_by("-created_at"):
            why = " ".join(str(SENTENCES[lack]) for lack in item.lacks if lack not in AGREEMENT)
            yield _of_library(item, why, timezone.localdate(item.created_at))


def hotlines(today: date) -> Iterator[Item]:
    """Hotlines that are hidden, or will be within 30 days."""
    for hotline in Hotline.objects.needing_a_look(today).select_related("country"):
        address = reverse("wagtailsnippets_content_hotline:edit", args=[hotline.pk])
        yield Item(str(hotline), state_of(hotline), address, hotline.expires_on)


def publications(today: date) -> Iterator[Item]:
    """Pages that were to be published at a set time and were not, or not wholly."""
    rows = ScheduledPublication.objects.exclude(state=ScheduledPublication.State.BEGUN).select_related(
        "revision__content_type", "revision__base_content_type"
    )
    for row in rows:
        page = row.revision
        address = (
            reverse("wagtailadmin_pages:edit", args=[page.object_id])
            if page.base_content_type.model == "page"
            else reverse("wagtailadmin_home")
        )
        why = _("%(state)s: %(reason)s") % {"state": row.get_state_display(), "reason": row.reason}
        yield Item(page.object_str, why, address, timezone.localdate(row.due_at))


def _of_library(item: CampaignImage | CampaignVideo, why: str, day: date | None) -> Item:
    edit = "wagtailimages:edit" if isinstance(item, CampaignImage) else "wagtailsnippets_media_campaignvideo:edit"
    return Item(item.title, why, reverse(edit, args=[item.pk]), day)


SOURCES = (
    Source("publications", gettext_lazy("Not published as planned"), publications),
    Source("hotlines", gettext_lazy("Hotlines to check"), hotlines),
    Source("agreements", gettext_lazy("Pictures and videos of people, and their agreement"), agreements),
    Source("origins", gettext_lazy("Pictures and videos with facts missing"), origins),
)
