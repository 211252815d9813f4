"""What is taken along: reports in every format, and the evidence archive. Both are on the record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from content.records import Campaign, Project
from social_publisher.approval.audit import record
from social_publisher.desk.base import DeskView
from social_publisher.desk.results.period_form import PeriodForm
from social_publisher.engagement.periods import today
from social_publisher.reports import archive
from social_publisher.reports.collect import report_on
from social_publisher.reports.formats import Format, made
from social_publisher.reports.pdf import ReportError

PERMISSION = "social_publisher.view_engagementsnapshot"
ARCHIVE = "social_publisher.view_auditevent"


class ReportForm(forms.Form):
    """What the report is about, in which language and format."""

    about = forms.ChoiceField(label=_("Subject"))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    format = forms.ChoiceField(label=_("Format"), choices=Format.choices)

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "report-%s")
        profile = getattr(user, "wagtail_userprofile", None)
        own = (profile and profile.preferred_language) or settings.LANGUAGE_CODE
        kwargs.setdefault("initial", {"language": own})
        super().__init__(*args, **kwargs)

    def offering(self) -> ReportForm:
        """The form with every campaign and project to choose from."""
        field = self.fields["about"]
        assert isinstance(field, forms.ChoiceField)
        campaigns = [(f"campaign-{row.pk}", row.name) for row in Campaign.objects.order_by("name")]
        projects = [(f"project-{row.pk}", str(row)) for row in Project.objects.order_by("acronym", "name")]
        field.choices = [(_("Campaigns"), campaigns), (_("Projects"), projects)]
        return self


class ReportView(DeskView):
    """Makes a report of the days that were shown, and sends it as a file."""

    permission = PERMISSION
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The file; or back, with what is wrong in words."""
        form = ReportForm(request.user, request.POST).offering()
        days = PeriodForm(request.GET, today())
        if not form.is_valid() or (request.GET and not days.is_valid()):
            messages.error(request, _("Choose what the report is about, its language and its format."))
            return redirect("social_results:index")
        subject = _subject(form.cleaned_data["about"])
        report, made_on = report_on(subject, days.chosen, rehearsals=days.with_rehearsals), today()
        try:
            with translation.override(form.cleaned_data["language"]):
                file = made(report, Format(form.cleaned_data["format"]), made_on)
        except ReportError as error:
            messages.error(request, str(error))
            return redirect("social_results:index")
        record(
            "report.made", subject, request.user,
            format=form.cleaned_data["format"], language=form.cleaned_data["language"], digest=report.digest,
            first=report.first and report.first.isoformat(), last=report.last.isoformat(),
        )  # fmt: skip
        response = HttpResponse(file.data, content_type=file.content_type)
        response.headers["Content-Disposition"] = content_disposition_header(True, file.name)
        response.headers["Cache-Control"] = "no-store"
        return response


class ArchiveView(DeskView):
    """Sends a campaign's evidence as one file, as it is packed."""

    confirms = True
    permission = ARCHIVE
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Record it, then send."""
        campaign = get_object_or_404(Campaign, pk=self.kwargs["pk"])
        record("archive.made", campaign, request.user, campaign=campaign.pk)
        response = StreamingHttpResponse(archive.stream(campaign), content_type="application/zip")
        name = f"evidence-{campaign.code}-{timezone.localdate():%Y-%m-%d}.zip"
        response.headers["Content-Disposition"] = content_disposition_header(True, name)
        response.headers["Cache-Control"] = "no-store"
        return response


def _subject(about: str) -> Campaign | Project:
    kind, _dash, key = about.partition("-")
    return get_object_or_404(Campaign, pk=key) if kind == "campaign" else get_object_or_404(Project, pk=key)
