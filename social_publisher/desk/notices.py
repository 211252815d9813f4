"""What a person is told on the desk, with the count in the menu; and in the account's settings, how they are told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab
from wagtail.admin.viewsets.base import ViewSet

from social_publisher.desk.base import DeskView
from social_publisher.models import Alert, Mail, Notice, NoticeProfile
from social_publisher.notices import inbox
from social_publisher.notices.choices import Choice, all_choices, choose
from social_publisher.notices.kinds import ALWAYS_SHOWN

PERMISSION = "social_publisher.view_post"
A_PAGE = 30
BAD = {"refused", "missed", "needs_person", "stuck", "break_glass", "unsigned", "channel_paused", "foreign_post"}
TONES = {**dict.fromkeys(BAD, "bad"), "published": "good", "to_approve": "calm", "rejected": "warn", "stopped": "warn"}


class NoticesView(DeskView):
    """A person's own notices, newest first."""

    permission = PERMISSION
    template_name = "social_publisher/desk/notices/list.html"
    page_title = _("Notices")
    header_icon = "bell"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        unread_only = self.request.GET.get("show") == "unread"
        notices = inbox.notices_of(self.request.user)
        page = Paginator(notices.filter(read_at=None) if unread_only else notices, A_PAGE).get_page(
            self.request.GET.get("p")
        )
        context.update(
            page=page,
            rows=[(notice, TONES.get(notice.kind, "quiet")) for notice in page],
            unread_only=unread_only,
            unread=inbox.unread_count(self.request.user),
            newest=max((notice.pk for notice in page), default=0),
        )
        return context


class ReadView(DeskView):
    """Marks notices of one's own as read: one, or all up to the newest that was on the screen."""

    permission = PERMISSION
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Mark, say how many, and go back to the list."""
        chosen = {name: request.POST.get(name, "") for name in ("pk", "up_to")}
        numbers = {name: int(value) for name, value in chosen.items() if value.isdecimal() and len(value) < 19}
        if len(numbers) != 1:
            raise Http404("one of pk and up_to")
        count = inbox.mark_read(request.user, timezone.now(), **numbers)
        told = ngettext("%(count)d notice marked as read.", "%(count)d notices marked as read.", count)
        messages.success(request, told % {"count": count})
        return redirect(reverse("social_notices:index"))


class OpenView(DeskView):
    """Marks one notice as read and goes where it leads."""

    permission = PERMISSION
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Mark and go."""
        notice = get_object_or_404(Notice, pk=self.kwargs["pk"], person=request.user)
        inbox.mark_read(request.user, timezone.now(), pk=notice.pk)
        return redirect(notice.url)


class NoticesMenuItem(MenuItem):
    """The bell in the menu, with how many are unread."""

    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perm(PERMISSION))

    def render_component(self, request: Any) -> LinkMenuItem:
        unread = inbox.unread_count(request.user)
        more = "+" if unread >= inbox.MOST_COUNTED else ""
        label = _("Notices (%(count)s)") % {"count": f"{unread}{more}"} if unread else self.label
        return LinkMenuItem(
            self.name, str(label), self.url, icon_name=self.icon_name, classname=self.classname, attrs=self.attrs
        )


class NoticesViewSet(ViewSet):
    name = "social_notices"
    url_prefix = "social/notices"
    icon = "bell"
    menu_label = _("Notices")
    menu_name = "notices"
    menu_order = 91
    add_to_admin_menu = True
    menu_item_class = NoticesMenuItem

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", NoticesView.as_view(), name="index"),
            path("read/", ReadView.as_view(), name="read"),
            path("<int:pk>/open/", OpenView.as_view(), name="open"),
        ]


class NoticeChoicesForm(forms.Form):
    """For each kind of notice: on the screen or not, and when by e-mail; and the hour of the summary."""

    digest_hour = forms.TypedChoiceField(
        label=_("Hour of the daily summary"),
        help_text=_("In your own time zone."),
        coerce=int,
        choices=[(hour, f"{hour:02}:00") for hour in range(24)],
    )

    def __init__(self, *args: Any, instance: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = instance
        profile = NoticeProfile.objects.filter(person=instance).first() or NoticeProfile()
        self.fields["digest_hour"].initial = profile.digest_hour
        for kind, choice in all_choices(instance).items():
            self.fields[f"shown_{kind}"] = forms.BooleanField(
                label=_("On the desk"), required=False, initial=choice.shown, disabled=kind in ALWAYS_SHOWN
            )
            self.fields[f"mail_{kind}"] = forms.ChoiceField(
                label=_("By e-mail"), choices=Mail.choices, initial=choice.mail
            )

    def rows(self) -> list[tuple[str, Any, Any, Any]]:
        """Each kind with its name and its two fields."""
        kinds = Alert.Kind.choices
        return [(kind, label, self[f"shown_{kind}"], self[f"mail_{kind}"]) for kind, label in kinds]

    def save(self) -> None:
        """Keep the choices."""
        told = self.cleaned_data
        choose(self.person, {kind: Choice(told[f"shown_{kind}"], told[f"mail_{kind}"]) for kind in Alert.Kind.values})
        hour = {"digest_hour": told["digest_hour"]}
        NoticeProfile.objects.update_or_create(person=self.person, defaults=hour)


class NoticesPanel(BaseSettingsPanel):
    """In the account's settings: what the desk tells this person, and how."""

    name = "notices"
    title = _("What the desk tells you")
    tab = notifications_tab
    order = 200
    template_name = "social_publisher/desk/notices/choices.html"
    form_class = NoticeChoicesForm

    def is_active(self) -> bool:
        return bool(self.user.has_perm(PERMISSION))

    def get_form(self) -> NoticeChoicesForm:
        """Bound only when its fields were sent: whoever changes a password elsewhere changes nothing here."""
        sent = self.request.POST if f"{self.name}-digest_hour" in self.request.POST else None
        return NoticeChoicesForm(sent, instance=self.user, prefix=self.name)
