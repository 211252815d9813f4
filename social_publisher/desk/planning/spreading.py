"""Giving many posts times at once, seen before it is done."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from social_publisher.desk.local_time import LATEST
from social_publisher.desk.native import day_input
from social_publisher.models import Post
from social_publisher.planning import timetable
from social_publisher.planning.timetable import Move

# How many posts are spread in one go.
MOST = 200
LONGEST = timedelta(days=92)


def _tomorrow() -> date:
    return timezone.localdate() + timedelta(days=1)


class SpreadForm(forms.Form):
    """Over which days. `shown` stands for the plan that the person saw."""

    first_day = forms.DateField(label=_("From"), initial=_tomorrow, widget=day_input())
    last_day = forms.DateField(
        label=_("Until"),
        initial=lambda: _tomorrow() + timedelta(days=13),
        widget=day_input(),
        validators=[MaxValueValidator(LATEST)],
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Some days that lie ahead, and not too many of them."""
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The end is before the start. Correct one of the two dates."))
        elif first and last and last - first > LONGEST:
            self.add_error("last_day", _("Choose at most three months."))
        elif last and last < timezone.localdate():
            self.add_error("last_day", _("These days are past. Choose later ones."))
        return data


class SpreadAction(SnippetBulkAction):
    """On the list of posts: spread the chosen ones over their channels' free posting times.

    It is an edit by the person, so what was approved has to be approved again.
    """

    display_name = _("Spread over free slots")
    action_type = "spread"
    aria_label = _("Spread the chosen posts over their channels' free posting times")
    template_name = "social_publisher/desk/planning/spread.html"
    action_priority = 20
    form_class = SpreadForm
    models = [Post]

    def check_perm(self, obj: Post) -> bool:
        return bool(self.request.user.has_perm("social_publisher.change_post"))

    @cached_property
    def found(self) -> tuple[list[Post], dict[str, Any]]:
        """The chosen posts in the order they leave in, and those the person may not change."""
        posts, others = super().get_actionable_objects()
        last = datetime.max.replace(tzinfo=UTC)
        return sorted(posts, key=lambda post: (post.due_at or last, post.pk)), others

    def get_actionable_objects(self) -> tuple[list[Post], dict[str, Any]]:
        return self.found

    def object_context(self, obj: Post) -> dict[str, Any]:
        return {"item": obj}

    def plan(self, first_day: date, last_day: date) -> list[Move]:
        """What spreading over these days would do now; empty for too many posts."""
        posts = self.found[0]
        if len(posts) > MOST:
            return []
        zone = timezone.get_current_timezone()
        start = max(timezone.now(), datetime.combine(first_day, time(), tzinfo=zone).astimezone(UTC))
        end = datetime.combine(last_day + timedelta(days=1), time(), tzinfo=zone).astimezone(UTC)
        return timetable.plan_spread(posts, self.request.user, start, end)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form: SpreadForm = kwargs.get("form") or self.get_form()
        if form.is_bound and form.is_valid():
            moves = self.plan(form.cleaned_data["first_day"], form.cleaned_data["last_day"])
        elif form.is_bound:
            moves = []
        else:
            moves = self.plan(form["first_day"].value(), form["last_day"].value())
        kwargs.update(form=form, moves=moves, shown=_mark(moves), most=MOST, too_many=len(self.found[0]) > MOST)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "count": sum(1 for move in moves if move.due_at)}

    def form_valid(self, form: SpreadForm) -> HttpResponse:
        """Do what was shown; show it again where it has become something else."""
        self.moves = self.plan(form.cleaned_data["first_day"], form.cleaned_data["last_day"])
        asked = "do" in self.request.POST
        if not asked or form.cleaned_data["shown"] != _mark(self.moves):
            if asked:
                form.add_error(None, _("The free slots or the posts changed meanwhile. Look again, then confirm."))
            response: HttpResponse = self.render_to_response(self.get_context_data(form=form))
            return response
        answer: HttpResponse = super().form_valid(form)
        return answer

    @classmethod
    def execute_action(cls, objects: list[Post], **kwargs: Any) -> tuple[int, int]:
        """Give the posts their times."""
        action: SpreadAction = kwargs["self"]
        chosen = {post.pk for post in objects}
        return timetable.carry_out([move for move in action.moves if move.post.pk in chosen], action.request.user), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        return ngettext(
            "%(count)d post has a new time.", "%(count)d posts have new times.", num_parent_objects
        ) % {"count": num_parent_objects}  # fmt: skip


def _mark(moves: list[Move]) -> str:
    """Stands for a plan: equal marks, equal plans, on the same drafts."""
    plain = [(move.post.pk, move.post.latest_revision_id, move.due_at, move.why_not) for move in moves]
    return hashlib.sha256(repr(plain).encode()).hexdigest()
