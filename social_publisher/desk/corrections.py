"""Corrections: written in advance, approved by a second person, at hand when a post proves wrong."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList, Panel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet

from content.numbers import number
from content.records import Campaign
from social_publisher.approval import corrections
from social_publisher.approval.errors import ApprovalError
from social_publisher.desk.base import DeskView, wide
from social_publisher.desk.choosers import GuardedChooserViewSet
from social_publisher.desk.deleting import GuardedDeleteView
from social_publisher.desk.status import Standing
from social_publisher.messages.words import as_it_leaves
from social_publisher.models import Correction

REVIEW = "wagtailsnippets_social_publisher_correction:review"
LENGTHS = "wagtailsnippets_social_publisher_correction:lengths"


def standing(correction: Correction) -> Standing:
    """Whether it may be used, and why not."""
    if corrections.stands(correction):
        return Standing(_("Approved"), "good", _("By %(name)s.") % {"name": correction.approver_name})
    if correction.approved_at is not None:
        return Standing(_("Changed"), "bad", _("It is no longer what was approved. Save it, and have it approved."))
    return Standing(_("To approve"), "warn", _("Another person has to approve it before it can be used."))


class CorrectionForm(WagtailAdminModelForm):
    """A correction that every channel of its campaign takes."""

    def clean_text(self) -> str:
        """Exactly as it leaves."""
        text = as_it_leaves(self.cleaned_data["text"])
        if fault := corrections.fault(text):
            raise ValidationError(fault)
        return text

    def clean(self) -> dict[str, Any]:
        """It fits every network it may leave on."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("text") and data.get("campaign"):
            found = [rendered.problems for _name, rendered in corrections.lengths(data["text"], data["campaign"])]
            for message in dict.fromkeys(problem.message for problems in found for problem in problems):
                self.add_error("text", message)
        return data


class CorrectionStandingPanel(Panel):
    """On top: whether it may be used, and the way to its approval."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "social_publisher/desk/correction_standing.html"

        def is_shown(self) -> bool:
            return super().is_shown() and self.instance.pk is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context.update(
                standing=standing(Correction.objects.get(pk=self.instance.pk)),
                review_url=reverse(REVIEW, args=[self.instance.pk]),
            )
            return context


class LengthsPanel(Panel):
    """Below the text: its length on each network, as it is typed."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "social_publisher/desk/correction_lengths_panel.html"

        class Media:
            js = [forms.Script("social_publisher/desk/lengths.js", type="module")]

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            campaign = self.instance.campaign if self.instance.campaign_id else None
            context.update(url=reverse(LENGTHS), lengths=corrections.lengths(self.instance.text, campaign))
            return context


class OwnedMixin:
    """Whoever saves a correction is its author, and its approval is taken back."""

    form: Any
    request: Any

    def save_instance(self) -> Correction:
        """Keep it, with the record and the alert that go with it."""
        correction: Correction = self.form.save(commit=False)
        if correction.pk is None or self.form.has_changed():
            corrections.save(correction, self.request.user)
        return correction


class CorrectionCreateView(OwnedMixin, CreateView):
    """A new correction."""


class CorrectionEditView(OwnedMixin, EditView):
    """An existing one."""


class LengthsView(DeskView):
    """The lengths of a text that is being typed, as a fragment."""

    permission = "social_publisher.view_correction"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Measure; nothing is kept."""
        campaign = Campaign.objects.filter(pk=number(request.POST.get("campaign", ""))).first()
        measured = corrections.lengths(request.POST.get("text", ""), campaign)
        return render(request, "social_publisher/desk/correction_lengths.html", {"lengths": measured})


class CorrectionReviewView(DeskView):
    """The second person's screen: exactly the text, and its approval."""

    permission = "social_publisher.view_correction"
    template_name = "social_publisher/desk/correction_review.html"
    page_title = gettext_lazy("Review a correction")
    header_icon = "view"

    @cached_property
    def correction(self) -> Correction:
        return get_object_or_404(Correction.objects.select_related("campaign"), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.correction.name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        row, user = self.correction, self.request.user
        context.update(
            correction=row,
            standing=standing(row),
            lengths=corrections.lengths(row.text, row.campaign),
            seen=corrections.digest_of(row.language, row.text),
            may_approve=user.has_perm(corrections.PERMISSION) and row.author_id != user.pk,
            is_approved=corrections.stands(row),
        )
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Approve what was seen, or say what stands against it."""
        try:
            corrections.approve(self.correction, request.user, request.POST.get("seen", ""))
        except ApprovalError as error:
            messages.error(request, str(error))
            return redirect(request.path)
        messages.success(request, _("Approved. It is at hand when a post of this campaign is taken down."))
        return redirect(reverse("wagtailsnippets_social_publisher_correction:list"))


class CorrectionStateColumn(Column):
    """Whether a correction may be used, and the way to its review."""

    def __init__(self) -> None:
        super().__init__("standing", label=gettext_lazy("State"))

    def get_value(self, instance: Correction) -> SafeString:
        return standing(instance).badge()


class CorrectionViewSet(SnippetViewSet):
    chooser_viewset_class = GuardedChooserViewSet
    delete_view_class = GuardedDeleteView
    model = Correction
    name = "corrections"
    icon = "edit"
    menu_label = gettext_lazy("Corrections")
    add_view_class = CorrectionCreateView
    edit_view_class = CorrectionEditView
    list_display = [
        "name",
        wide("campaign", gettext_lazy("Campaign")),
        wide("language", gettext_lazy("Language"), accessor="get_language_display"),
        CorrectionStateColumn(),
        wide("author_name", gettext_lazy("Author")),
        wide("approver_name", gettext_lazy("Approved by")),
    ]
    list_filter = ["campaign", "language"]
    search_fields = ["name", "text"]
    copy_view_enabled = False

    panels = [
        CorrectionStandingPanel(heading=gettext_lazy("State")),
        FieldPanel("campaign", widget=forms.Select),
        FieldRowPanel([FieldPanel("name"), FieldPanel("language")]),
        FieldPanel("text"),
        LengthsPanel(heading=gettext_lazy("Length")),
    ]

    def get_edit_handler(self) -> object:
        return ObjectList(self.panels, base_form_class=CorrectionForm).bind_to_model(self.model)

    def get_queryset(self, request: Any) -> Any:
        """Corrections with everything the list shows."""
        return Correction.objects.select_related("campaign")

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("lengths/", LengthsView.as_view(), name="lengths"),
            path("review/<int:pk>/", CorrectionReviewView.as_view(), name="review"),
        ]
