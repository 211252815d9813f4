from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import path
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from content.blocks.materials import VersionNoteBlock
from content.citations.files import bibtex, ris
from content.citations.identifiers import bare_doi, is_doi, is_isbn
from content.citations.reference import Reference, cite
from content.pages.base import BasePage, BodyMixin
from content.pages.own_language import in_own_language
from content.pages.related import AboutProject
from content.pages.routed import RoutedPage
from content.pages.series import PartOfSeries
from content.records import Series, SeriesName
from content.records.languages import document_languages, language_names
from content.records.named import wording

LICENCES = {
    "cc0": ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "cc-by": ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "cc-by-sa": ("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    "cc-by-nc": ("CC BY-NC 4.0", "https://creativecommons.org/licenses/by-nc/4.0/"),
    "cc-by-nd": ("CC BY-ND 4.0", "https://creativecommons.org/licenses/by-nd/4.0/"),
    "cc-by-nc-nd": ("CC BY-NC-ND 4.0", "https://creativecommons.org/licenses/by-nc-nd/4.0/"),
}


class ResourcePage(RoutedPage, PartOfSeries, AboutProject, BodyMixin, BasePage):
    """A publication or other download: its versions, each in one or more languages, and how to cite it."""

    page_description = _("A publication or other download, with versions, languages and citation.")

    class Kind(models.TextChoices):
        REPORT = "report", _("Report")
        STUDY = "study", _("Study")
        GUIDELINES = "guidelines", _("Guidelines")
        TRAINING = "training", _("Training material")
        LEAFLET = "leaflet", _("Leaflet")
        PRESENTATION = "presentation", _("Presentation")
        OTHER = "other", _("Other publication")

    kind = models.CharField(_("type"), max_length=12, choices=Kind.choices, default=Kind.OTHER)
    published_on = models.DateField(_("published on"), null=True, blank=True, help_text=_("The first publication."))
    creators = models.TextField(
        _("authors"),
        max_length=1000,
        blank=True,
        help_text=_("One on each line. A person as Family name, Given name; an organisation by its name."),
    )
    publisher = models.CharField(
        _("publisher"), max_length=200, blank=True, help_text=_("Empty: the owner of this site.")
    )
    doi = models.CharField(_("DOI"), max_length=200, blank=True, help_text=_("For example 10.1000/182."))
    isbn = models.CharField(_("ISBN"), max_length=20, blank=True)
    licence = models.CharField(
        _("licence"),
        max_length=12,
        blank=True,
        choices=[(code, name) for code, (name, _address) in LICENCES.items()],
        help_text=_("Under which others may use it. Empty: nothing is said."),
    )
    changes = StreamField([("version", VersionNoteBlock())], blank=True, verbose_name=_("what versions changed"))

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("published_on")]),
        InlinePanel(
            "files",
            heading=_("Files"),
            label=_("file"),
            help_text=_("The newest version first. Keep the files of older versions: people have cited them."),
        ),
        FieldPanel("changes"),
        *AboutProject.project_panels,
        *BodyMixin.body_panels,
        MultiFieldPanel(
            [
                FieldPanel("creators"),
                FieldPanel("publisher"),
                FieldRowPanel([FieldPanel("doi"), FieldPanel("isbn")]),
                FieldPanel("licence"),
            ],
            heading=_("Citation and use"),
        ),
        *PartOfSeries.series_panels,
    ]
    remembers_context = True
    template = "content/pages/resource.html"
    parent_page_types = ["content.ResourceIndexPage"]
    subpage_types: list[str] = []
    override_translatable_fields = [
        *AboutProject.project_fields,
        *PartOfSeries.series_fields,
        *(
            SynchronizedField(name, overridable=False)
            for name in ("kind", "published_on", "creators", "publisher", "doi", "isbn", "licence", "files")
        ),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body"), index.SearchField("creators")]

    class Meta:
        verbose_name = _("resource page")
        verbose_name_plural = _("resource pages")

    @classmethod
    def for_cards(cls) -> PageQuerySet:
        """Return live resources with everything a card shows; those without a date come last."""
        files = ResourceFile.objects.select_related("document")
        newest = models.F("published_on").desc(nulls_last=True)
        pages = in_own_language(cls.objects.live()).select_related("project").defer("body", "changes")
        return pages.prefetch_related(models.Prefetch("files", files)).order_by(newest, "path")

    @property
    def licence_name(self) -> str:
        """The licence's short name; empty where nothing is said."""
        return LICENCES[self.licence][0] if self.licence in LICENCES else ""

    @property
    def licence_address(self) -> str:
        """Where the licence can be read."""
        return LICENCES[self.licence][1] if self.licence in LICENCES else ""

    @property
    def newest_files(self) -> list[ResourceFile]:
        """The files of the newest version."""
        found = versions_of(self.files.all(), {})
        return found[0].files if found else []

    def clean(self) -> None:
        """Identifiers are written as they are registered."""
        super().clean()
        self.doi = bare_doi(self.doi)
        errors: dict[str, Any] = {}
        if self.doi and not is_doi(self.doi):
            errors["doi"] = _("This is no DOI. A DOI begins with 10 and has a slash, such as 10.1000/182.")
        if self.isbn and not is_isbn(self.isbn):
            errors["isbn"] = _("This is no ISBN: a digit is wrong or missing.")
        if errors:
            raise ValidationError(errors)

    def reference(self, files: list[ResourceFile] | None = None, series: str = "", url: str = "") -> Reference:
        """What a citation of the newest version is made of."""
        files = self.newest_files if files is None else files
        newest = files[0] if files else None
        language = get_language() or settings.LANGUAGE_CODE
        spoken = [file.language for file in files]
        return Reference(
            key=f"{self.slug}-{self.published_on.year}" if self.published_on else str(self.slug),
            title=str(self.title),
            url=url or self.full_url or "",
            kind=self.kind,
            creators=tuple(line.strip() for line in self.creators.splitlines() if line.strip()),
            published_on=(newest.published_on if newest else None) or self.published_on,
            publisher=str(self.publisher or settings.SITE_OWNER),
            version=newest.version if newest else "",
            language=language if language in spoken or not spoken else spoken[0],
            series=series,
            number=self.series_part,
            doi=self.doi,
            isbn=self.isbn,
            pages=newest.pages if newest else None,
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the versions with their files, the series, and the citation."""
        context = super().get_context(request, *args, **kwargs)
        files, series = self._files_and_series(preview=bool(getattr(request, "is_preview", False)))
        notes = {block.value["version"].strip(): block.value["text"] for block in self.changes}
        versions = versions_of(files, notes)
        newest = versions[0].files if versions else []
        own = self.get_url(request) or ""
        reference = self.reference(newest, series[0], self.get_full_url(request) or "")
        context.update(
            versions=versions,
            series_name=series[0],
            series_slug=series[1],
            index_address=own.removesuffix(f"{self.slug}/"),
            reference=reference,
            citation=cite(reference),
        )
        return context

    @path("bibtex/")
    def as_bibtex(self, request: HttpRequest) -> HttpResponse:
        """The citation for BibTeX."""
        return self._citation_file(request, bibtex, "application/x-bibtex", "bib")

    @path("ris/")
    def as_ris(self, request: HttpRequest) -> HttpResponse:
        """The citation for reference managers."""
        return self._citation_file(request, ris, "application/x-research-info-systems", "ris")

    def _citation_file(
        self, request: HttpRequest, written: Callable[[Reference], str], kind: str, ending: str
    ) -> HttpResponse:
        files, series = self._files_and_series()
        versions = versions_of(files, {})
        newest = versions[0].files if versions else []
        text = written(self.reference(newest, series[0], self.get_full_url(request) or ""))
        response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{self.slug}.{ending}"'
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def _files_and_series(self, *, preview: bool = False) -> tuple[list[ResourceFile], tuple[str, str]]:
        """The files with their documents, and the series' name and address, in one query."""
        if preview:
            series = self.series
            return list(self.files.all()), (series.text, series.slug) if series else ("", "")
        name = wording(SeriesName, "series", "text", outer="page__series", own="page__series__name")
        files: Any = ResourceFile.objects.filter(page_id=self.pk).select_related("document")
        found = list(files.annotate(series_name=name, series_slug=models.F("page__series__slug")))
        if found or not self.series_id:
            return found, (found[0].series_name or "", found[0].series_slug or "") if found else ("", "")
        named = Series.objects.get(pk=self.series_id)
        return found, (named.text, named.slug)


class ResourceFile(Orderable):
    """One file of a publication: a version in a language."""

    page = ParentalKey(ResourcePage, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(
        "media.CampaignDocument", on_delete=models.PROTECT, related_name="+", verbose_name=_("document")
    )
    language = models.CharField(
        _("language"), max_length=12, choices=document_languages, default=settings.LANGUAGE_CODE
    )
    version = models.CharField(
        _("version"), max_length=40, blank=True, help_text=_("For example 2.1. Empty if there is only one.")
    )
    published_on = models.DateField(_("version of"), null=True, blank=True)
    pages = models.PositiveSmallIntegerField(_("pages"), null=True, blank=True)

    panels = [
        FieldPanel("document"),
        FieldRowPanel([FieldPanel("language"), FieldPanel("pages")]),
        FieldRowPanel([FieldPanel("version"), FieldPanel("published_on")]),
    ]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["page", "version", "language", "document"], name="a_file_is_named_once")
        ]
        verbose_name = _("file of a resource")
        verbose_name_plural = _("files of resources")

    def __str__(self) -> str:
        return f"{self.version} ({self.language})" if self.version else str(self.language)

    @property
    def language_name(self) -> str:
        """The language by its own name."""
        return language_names().get(self.language, str(self.language))

    @property
    def format(self) -> str:
        """The file's format, such as PDF."""
        return str(self.document.file_extension).upper()


@dataclass(frozen=True, slots=True)
class Version:
    """The files of one version, newest first among versions."""

    name: str
    published_on: date | None
    note: str
    files: list[ResourceFile]


def versions_of(files: Any, notes: dict[str, str]) -> list[Version]:
    """Group files by version: by date where every version has one, else in the editor's order."""
    order = {file.version.strip(): place for place, file in reversed(list(enumerate(files)))}
    ordered = sorted(files, key=lambda file: order[file.version.strip()])
    versions = []
    for name, group in groupby(ordered, key=lambda file: file.version.strip()):
        found = list(group)
        dates = [file.published_on for file in found if file.published_on]
        versions.append(Version(name, max(dates, default=None), notes.get(name, ""), found))
    if all(version.published_on for version in versions):
        versions.sort(key=lambda version: version.published_on or date.min, reverse=True)
    return versions
