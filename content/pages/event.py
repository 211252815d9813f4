from __future__ import annotations

from datetime import date, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import path
from wagtail.fields import StreamField
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from content.blocks.materials import MaterialBlock
from content.blocks.programme import SessionBlock, SpeakerBlock
from content.calendars.ical import Entry
from content.calendars.when import When
from content.calendars.zones import default_zone, validate_zone
from content.pages.base import BasePage, BodyMixin
from content.pages.calendar_response import calendar_response
from content.pages.event_form import EventPageForm
from content.pages.own_language import in_own_language
from content.pages.related import AboutProject
from content.pages.routed import RoutedPage


class EventPage(RoutedPage, AboutProject, BodyMixin, BasePage):
    """A conference or other event. A date that is not known stays empty and is shown as not announced."""

    page_description = _("A conference or other event: when, where, programme, speakers, materials.")

    class Status(models.TextChoices):
        PLANNED = "planned", _("Takes place as announced")
        MOVED = "moved", _("Moved to another time or place")
        POSTPONED = "postponed", _("Postponed")
        CANCELLED = "cancelled", _("Cancelled")

    status = models.CharField(
        _("status"),
        max_length=10,
        choices=Status.choices,
        default=Status.PLANNED,
        help_text=_("Postponed: there is no new date yet. Moved: the new date or place is entered below."),
    )
    status_note = models.CharField(
        _("note on the status"), max_length=300, blank=True, help_text=_("Why, and what people should do now.")
    )
    time_zone = models.CharField(_("time zone"), max_length=64, default=default_zone, validators=[validate_zone])
    starts_at = models.DateTimeField(_("starts at"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)
    whole_days = models.BooleanField(
        _("only the days are announced"), default=False, help_text=_("Then no times are shown.")
    )
    # Kept by save(), so that lists can be sorted and split by the database.
    over_at = models.DateTimeField(null=True, editable=False, db_index=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)

    place = models.CharField(
        _("place"), max_length=255, blank=True, help_text=_("The venue and the town, for example.")
    )
    address = models.TextField(_("address"), max_length=400, blank=True)
    accessibility = models.TextField(
        _("accessibility of the place"),
        max_length=600,
        blank=True,
        help_text=_("Step-free ways, hearing loop, sign language, quiet room, and whom to ask."),
    )
    online_url = models.URLField(_("online address"), blank=True, help_text=_("Where it can be followed online."))
    registration_url = models.URLField(_("registration address"), blank=True)
    registration_deadline = models.DateTimeField(_("registration closes"), null=True, blank=True)

    programme = StreamField([("session", SessionBlock())], blank=True, verbose_name=_("programme"))
    speakers = StreamField([("speaker", SpeakerBlock())], blank=True, verbose_name=_("speakers"))
    materials = StreamField([("material", MaterialBlock())], blank=True, verbose_name=_("materials"))

    base_form_class = EventPageForm
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("status"), FieldPanel("status_note")], heading=_("Does it take place?")),
        MultiFieldPanel(
            [
                FieldPanel("time_zone"),
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                FieldPanel("whole_days"),
            ],
            heading=_("When"),
        ),
        MultiFieldPanel(
            [FieldPanel("place"), FieldPanel("address"), FieldPanel("accessibility"), FieldPanel("online_url")],
            heading=_("Where"),
        ),
        MultiFieldPanel(
            [FieldPanel("registration_url"), FieldPanel("registration_deadline")], heading=_("Registration")
        ),
        *AboutProject.project_panels,
        *BodyMixin.body_panels,
        FieldPanel("programme"),
        FieldPanel("speakers", help_text=_("Name only people who agreed to it.")),
        FieldPanel("materials", help_text=_("Documents for those who could not come: slides, conclusions.")),
    ]
    remembers_context = True
    template = "content/pages/event.html"
    parent_page_types = ["content.EventIndexPage"]
    subpage_types: list[str] = []
    override_translatable_fields = [
        *AboutProject.project_fields,
        *(
            SynchronizedField(name, overridable=False)
            for name in ("status", "time_zone", "starts_at", "ends_at", "whole_days", "registration_deadline")
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("place"),
        index.SearchField("body"),
        index.SearchField("programme"),
        index.SearchField("speakers"),
    ]

    # What a reader's calendar shows; a change of any of it gives the entry its next number.
    ANNOUNCED = ("title", "status", "time_zone", "starts_at", "ends_at", "whole_days", "place", "address", "online_url")

    class Meta:
        verbose_name = _("event page")
        verbose_name_plural = _("event pages")

    @classmethod
    def for_cards(cls) -> PageQuerySet:
        """Return live events with everything a card shows."""
        return (
            in_own_language(cls.objects.live())
            .select_related("project")
            .defer("body", "programme", "speakers", "materials")
        )

    @classmethod
    def coming(cls) -> PageQuerySet:
        """Live events that are not over, the next first; those without a date stand last."""
        ahead = models.Q(over_at__gt=timezone.now()) | models.Q(over_at=None)
        return cls.for_cards().filter(ahead).order_by(models.F("starts_at").asc(nulls_last=True), "path")

    @classmethod
    def past(cls) -> PageQuerySet:
        """Live events that are over, the latest first."""
        return cls.for_cards().filter(over_at__lte=timezone.now()).order_by("-starts_at", "path")

    @property
    def when(self) -> When | None:
        """When it takes place, in its own zone; None while that is not announced."""
        if self.starts_at is None:
            return None
        zone = ZoneInfo(self.time_zone)
        ends = self.ends_at.astimezone(zone) if self.ends_at else None
        return When(self.starts_at.astimezone(zone), ends, self.whole_days)

    @property
    def called_off(self) -> bool:
        """Whether it does not take place at the time announced."""
        return self.status in {self.Status.CANCELLED, self.Status.POSTPONED}

    @property
    def is_over(self) -> bool:
        """Whether it is past."""
        return self.over_at is not None and self.over_at <= timezone.now()

    @property
    def registration_open(self) -> bool:
        """Whether one can still register."""
        ahead = self.registration_deadline is None or self.registration_deadline > timezone.now()
        return bool(self.registration_url) and ahead and not self.called_off and not self.is_over

    @property
    def registration_until(self) -> datetime | None:
        """What a clock at the place shows when registration closes."""
        deadline = self.registration_deadline
        return deadline.astimezone(ZoneInfo(self.time_zone)).replace(tzinfo=None) if deadline else None

    @property
    def announced_title(self) -> str:
        """The title as a calendar shows it: with its status where it does not take place."""
        if self.status == self.Status.CANCELLED:
            return gettext("Cancelled: %(event)s") % {"event": self.title}
        if self.status == self.Status.POSTPONED:
            return gettext("Postponed: %(event)s") % {"event": self.title}
        return str(self.title)

    def clean(self) -> None:
        """Times are in order, and the programme is on the event's days."""
        super().clean()
        errors: dict[str, Any] = {}
        if self.ends_at and not self.starts_at:
            errors["starts_at"] = _("There is an end without a start. Enter the start as well.")
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            errors["ends_at"] = _("The end is before the start. Correct one of the two dates.")
        last = self.ends_at or self.starts_at
        if last and self.registration_deadline and self.registration_deadline.date() > last.date():
            errors["registration_deadline"] = _("Registration cannot close after the event.")
        if self.status == self.Status.POSTPONED and not self.starts_at:
            errors["status"] = _("Without a date there is nothing to postpone. Leave the status as announced.")
        if not errors and (outside := self._days_outside()):
            errors["programme"] = _("A session is on %(day)s, which is not a day of the event.") % {"day": outside[0]}
        if errors:
            raise ValidationError(errors)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the end for lists, and number what calendars must notice."""
        when = self.when
        self.over_at = when.over_at if when else None
        if self.pk is not None:
            stored = type(self)._default_manager.filter(pk=self.pk).values(*self.ANNOUNCED, "sequence", "live").first()
            if stored is not None:
                changed = any(getattr(self, name) != stored[name] for name in self.ANNOUNCED)
                self.sequence = stored["sequence"] + (1 if changed and stored["live"] else 0)
        super().save(*args, **kwargs)

    def sessions_by_day(self) -> list[tuple[date | None, list[Any]]]:
        """The programme in order, by day; the day is None where the event has no date yet."""
        when = self.when
        first = when.first_day if when else None

        def day_of(block: Any) -> date | None:
            return block.value.get("day") or first

        sessions = [block for block in self.programme if block.value.get("starts")]
        sessions.sort(key=lambda block: (day_of(block) or date.max, block.value.get("starts")))
        return [(day, list(found)) for day, found in groupby(sessions, key=day_of)]

    def calendar_entry(self, request: HttpRequest | None = None) -> Entry | None:
        """The event for a calendar; None without a date."""
        when = self.when
        if when is None:
            return None
        address = self.get_full_url(request) or ""
        where = [self.place, *self.address.splitlines()]
        notes = [self.status_note, self.summary, self.online_url, address]
        return Entry(
            uid=f"{self.translation_key}-{self.locale_id}@{address.split('/')[2] if address else 'localhost'}",
            title=self.announced_title,
            when=when,
            url=address,
            changed=self.last_published_at or self.latest_revision_created_at or timezone.now(),
            number=self.sequence,
            description="\n\n".join(note for note in notes if note),
            place=", ".join(part.strip() for part in where if part.strip()) or self.online_url,
            called_off=self.called_off,
            categories=(str(self.project),) if self.project else (),
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add when it takes place and its programme, with ways from sessions to their speakers."""
        context = super().get_context(request, *args, **kwargs)
        speakers = [(_anchor(block.value["name"]), block) for block in self.speakers]
        known = {block.value["name"].strip().casefold(): anchor for anchor, block in speakers}
        days = self.sessions_by_day()
        for _day, sessions in days:
            for session in sessions:
                session.people = [
                    {**person, "anchor": known.get(person["name"].strip().casefold())}
                    for person in session.value.get("speakers") or []
                ]
        context.update(when=self.when, days=days, speakers=speakers, index_address=self._index_address(request))
        return context

    @path("calendar/")
    def calendar(self, request: HttpRequest) -> HttpResponse:
        """The event as a calendar file; without a date, back to its page."""
        entry = self.calendar_entry(request)
        if entry is None:
            return redirect(self.get_url(request))
        language = self.locale.language_code
        return calendar_response(request, [entry], name=str(self.title), language=language, filename=str(self.slug))

    def _index_address(self, request: HttpRequest) -> str:
        return str(self.get_url(request) or "").removesuffix(f"{self.slug}/")

    def _days_outside(self) -> list[date]:
        when = self.when
        if when is None:
            return []
        days = {block.value.get("day") for block in self.programme} - {None}
        return sorted(day for day in days if not when.first_day <= day <= when.last_day)


def _anchor(name: str) -> str:
    return f"speaker-{slugify(name, allow_unicode=True)}"
