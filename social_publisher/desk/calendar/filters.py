"""Which posts, how and when: what a calendar's address says, and nothing else of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from content.records import Campaign
from social_publisher.desk.calendar.standing import GROUPS, with_standing
from social_publisher.desk.local_time import EARLIEST, LATEST
from social_publisher.desk.native import day_input
from social_publisher.models import Channel, Plan

VIEWS = ("month", "week", "list", "day", "undated")


def people() -> QuerySet[Any]:
    """Whoever wrote a post or saved one last."""
    users: QuerySet[Any] = get_user_model().objects.filter(Q(pk=_next("author")) | Q(pk=_next("editor")))
    return users.order_by("first_name", "last_name", "username")


def _next(role: str) -> Subquery:
    """Who comes next in this role, counted from somebody's own id: themselves, or they have no post. One step in an
    index, where a question for their posts reads all of them."""
    plans = Plan.objects.filter(**{f"{role}__gte": OuterRef("pk")}).order_by(role)
    return Subquery(plans.values(role)[:1])


class Person(forms.ModelChoiceField):
    """A person by the name they are called."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.get_full_name() or obj.get_username())


class FilterForm(forms.Form):
    """Each narrows; together they narrow further."""

    campaign = forms.ModelChoiceField(
        Campaign.objects.all(), label=_("Campaign"), required=False, empty_label=_("All campaigns")
    )
    channel = forms.ModelChoiceField(
        Channel.objects.all(), label=_("Channel"), required=False, empty_label=_("All channels")
    )
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("All languages")), *settings.LANGUAGES]
    )
    person = Person(
        get_user_model().objects.none(), label=_("Written or edited by"), required=False, empty_label=_("Anybody")
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("Any state")), *((name, group.label) for name, group in GROUPS.items())],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.fields["person"]
        assert isinstance(person, Person)
        person.queryset = people()


class CalendarForm(FilterForm):
    """The filters, and which days are shown how."""

    view = forms.ChoiceField(choices=[(name, name) for name in VIEWS], required=False, widget=forms.HiddenInput)
    date = forms.DateField(
        label=_("Go to"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=day_input(),
        validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)],
    )


@dataclass(frozen=True)
class Filters:
    """What was chosen; empty where nothing was, or nothing that there is."""

    campaign: Campaign | None = None
    channel: Channel | None = None
    language: str = ""
    person: Any = None
    state: str = ""

    @classmethod
    def of(cls, form: FilterForm) -> Filters:
        """What of a form can be understood; the rest counts as not chosen."""
        form.is_valid()
        data = form.cleaned_data
        return cls(
            campaign=data.get("campaign"),
            channel=data.get("channel"),
            language=data.get("language", ""),
            person=data.get("person"),
            state=data.get("state", ""),
        )

    def narrow(self, plans: QuerySet[Any]) -> QuerySet[Any]:
        """The plans that fit."""
        if self.campaign is not None:
            plans = plans.filter(campaign=self.campaign)
        if self.channel is not None:
            plans = plans.filter(channel_ids__contains=[self.channel.pk])
        if self.language:
            plans = plans.filter(language=self.language)
        if self.person is not None:
            plans = plans.filter(Q(author=self.person) | Q(editor=self.person))
        if self.state:
            plans = with_standing(plans).filter(standing__in=GROUPS[self.state].codes)
        return plans

    def channels(self) -> QuerySet[Channel]:
        """The channels whose free posting times are drawn: the chosen one, else those that fit the other filters."""
        rows = Channel.objects.all()
        if self.channel is not None:
            return rows.filter(pk=self.channel.pk)
        if self.campaign is not None:
            rows = rows.filter(pk__in=self.campaign.channels.values("pk"))
        return rows.filter(language=self.language) if self.language else rows

    def query(self) -> dict[str, Any]:
        """The filters as an address has them."""
        chosen = {
            "campaign": self.campaign and self.campaign.pk,
            "channel": self.channel and self.channel.pk,
            "language": self.language,
            "person": self.person and self.person.pk,
            "state": self.state,
        }
        return {name: value for name, value in chosen.items() if value}


@dataclass(frozen=True)
class Place:
    """Where in the calendar somebody is."""

    view: str
    day: date
    filters: Filters = field(default_factory=Filters)

    @classmethod
    def of(cls, form: CalendarForm, today: date) -> Place:
        """Read from what an address says: this month where it says nothing that can be understood."""
        filters = Filters.of(form)
        data = form.cleaned_data
        return cls(data.get("view") or "month", data.get("date") or today, filters)

    def address(self, **changes: Any) -> str:
        """The query of this place, or of one beside it (`view`, `day`)."""
        to = replace(self, **changes)
        return "?" + urlencode({"view": to.view, "date": to.day.isoformat(), **to.filters.query()})


def place_of(query: str, today: date) -> Place:
    """The place a query string names; whatever in it is none of a calendar's is left out."""
    return Place.of(CalendarForm(QueryDict(query.lstrip("?"))), today)
