"""Moving a post to another time: by dragging, by keyboard in a dialog, or on a plain page; one form for all."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.cache import patch_vary_headers
from django.utils.dateparse import parse_datetime
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from social_publisher.approval.errors import ApprovalError
from social_publisher.approval.moving import Move, UnconfirmedError, move
from social_publisher.delivery.ledger_time import ledger_now
from social_publisher.desk.base import DeskView
from social_publisher.desk.calendar.filters import place_of
from social_publisher.desk.calendar.slots import next_free
from social_publisher.desk.local_time import EARLIEST, LATEST, moment_of, readings
from social_publisher.desk.native import day_input
from social_publisher.models import Plan

READINGS = [
    ("", gettext_lazy("Ask me")),
    ("0", gettext_lazy("The first time")),
    ("1", gettext_lazy("The second time, an hour later")),
]


class MoveForm(forms.Form):
    """A new time in the person's zone, or `at`: an exact moment. `moment` is what it comes to, in UTC."""

    date = forms.DateField(
        label=gettext_lazy("Day"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=day_input(),
        validators=[MaxValueValidator(LATEST)],
    )
    time = forms.TimeField(
        label=gettext_lazy("Time"),
        required=False,
        input_formats=["%H:%M:%S", "%H:%M"],
        widget=forms.TimeInput(attrs={"type": "time", "step": 1}, format="%H:%M:%S"),
    )
    reading = forms.ChoiceField(
        label=gettext_lazy("If clocks are set back and the time comes twice"), required=False, choices=READINGS
    )
    at = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    revision = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)
    back = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Make a moment of what was given."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("at"):
            data["moment"] = exact(data["at"])
            if data["moment"] is None:
                raise ValidationError(_("This time cannot be read. Choose a day and a time."))
            return data
        for name in ("date", "time"):
            if data.get(name) is None and name not in self.errors:
                self.add_error(name, _("Choose a day.") if name == "date" else _("Choose a time."))
        if not self.errors:
            zone, name = timezone.get_current_timezone(), timezone.get_current_timezone_name()
            local = datetime.combine(data["date"], data["time"])
            data["moment"] = moment_of(local, zone, name, data["reading"])
        return data


def exact(text: str) -> datetime | None:
    """An exact moment, in UTC, as a person's calendar writes it; None for anything else."""
    try:
        moment = parse_datetime(text)
        if moment is None or moment.tzinfo is None or not EARLIEST <= moment.date() <= LATEST:
            return None
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


class MoveView(DeskView):
    """Asks for another time and gives it to the post. A script is answered with the form alone, or with JSON."""

    permission = "social_publisher.change_post"
    template_name = "social_publisher/desk/calendar/move.html"
    page_title = gettext_lazy("Move")
    header_icon = "calendar-alt"

    @cached_property
    def plan(self) -> Plan:
        plan: Plan = get_object_or_404(Plan.objects.select_related("post", "campaign"), pk=self.kwargs["pk"])
        return plan

    @property
    def by_script(self) -> bool:
        """The calendar's script asks, for its dialog."""
        return self.request.headers.get("x-requested-with") == "XMLHttpRequest"

    def get_page_subtitle(self) -> str:
        return str(self.plan)

    def get_template_names(self) -> list[str]:
        return ["social_publisher/desk/calendar/move_form.html" if self.by_script else self.template_name]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """One address answers in several ways."""
        response = super().dispatch(request, *args, **kwargs)
        patch_vary_headers(response, ["X-Requested-With"])
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        form = kwargs.get("form") or MoveForm(initial=self._initial(), auto_id="move_%s")
        context.update(
            form=form,
            plan=self.plan,
            zone=timezone.get_current_timezone_name(),
            question=kwargs.get("question", ""),
            asks_which=kwargs.get("asks_which", False),
            slot=next_free(self.plan.post, timezone.now()),
            calendar=reverse("social_calendar:index") + place_of(self._given("back"), timezone.localdate()).address(),
        )
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Move it, or say what stands against it, or what it would undo."""
        form = MoveForm(request.POST, auto_id="move_%s")
        if not form.is_valid():
            return self._again(form, 422)
        data = form.cleaned_data
        try:
            moved = move(
                self.plan.pk,
                request.user,
                data["moment"],
                seen=data["revision"],
                now=ledger_now(),
                confirmed=data["confirmed"],
            )
        except UnconfirmedError as question:
            return self._again(form, 409, question=str(question))
        except ApprovalError as error:
            form.add_error(None, str(error))
            return self._again(form, 409)
        return self._done(moved, data["back"])

    def _initial(self) -> dict[str, Any]:
        due_at = exact(self.request.GET.get("at", "")) or self.plan.due_at
        local = due_at and timezone.localtime(due_at)
        return {
            "date": self.request.GET.get("date") or (local and local.date()),
            "time": self.request.GET.get("time") or (local and local.time()),
            "revision": self.plan.post.latest_revision_id,
            "back": self._given("back"),
        }

    def _given(self, name: str) -> str:
        return self.request.POST.get(name) or self.request.GET.get(name, "")

    def _again(self, form: MoveForm, status: int, question: str = "") -> HttpResponse:
        """The form once more, an exact moment written as the day and time that it is here."""
        moment, asks_which = form.cleaned_data.get("moment"), form.has_error("__all__", "repeated")
        if moment is not None:
            local, data = timezone.localtime(moment), self.request.POST.copy()
            asks_which = len(readings(local.replace(tzinfo=None), timezone.get_current_timezone())) > 1
            reading = str(local.fold) if asks_which else ""
            data.update({"date": f"{local:%Y-%m-%d}", "time": f"{local:%H:%M:%S}", "reading": reading, "at": ""})
            form.data = data
        asks_which = asks_which or form.has_error("reading")
        context = self.get_context_data(form=form, question=question, asks_which=asks_which)
        response: HttpResponse = self.render_to_response(context, status=status)
        return response

    def _done(self, moved: Move, back: str) -> HttpResponse:
        words = _("“%(post)s” now leaves on %(time)s.") % {
            "post": self.plan,
            "time": formats.date_format(timezone.localtime(moved.after), "l, j F Y, H:i:s"),
        }
        if moved.was_approved:
            words += " " + _("It needs approval again: submit it in the composer.")
        address = reverse("social_calendar:move", args=[self.plan.pk])
        undo = moved.before is not None and moved.before > timezone.now() and moved.before.isoformat()
        if self.by_script:
            answer = {"message": words, "undo": undo or "", "revision": moved.revision, "url": address}
            return JsonResponse({**answer, "post": self.plan.pk})
        buttons = []
        if undo:
            buttons.append(messages.button(f"{address}?{urlencode({'at': undo, 'back': back})}", _("Undo")))
        messages.success(self.request, words, buttons=buttons)
        return redirect(reverse("social_calendar:index") + place_of(back, timezone.localdate()).address())
