"""Links to several pages of the site in the reader's language, read together: one query, however many they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import F, OuterRef, Q, Subquery
from django.http import HttpRequest
from wagtail.models import Page

from content.pages.own_language import in_own_language

# Pages a reader looks for by what they are for; each by its model's name.
REPORT, ACCOUNTS, PRESS = "reportpage", "officialaccountspage", "presspage"


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page's title and address."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class LocalLinks:
    """What was found: by the id of the page that was chosen, and by the kind of page."""

    by_id: dict[int, PageLink] = field(default_factory=dict)
    by_kind: dict[str, PageLink] = field(default_factory=dict)
    project: PageLink | None = None

    @property
    def report(self) -> PageLink | None:
        """How to report."""
        return self.by_kind.get(REPORT)

    @property
    def accounts(self) -> PageLink | None:
        """Which accounts are ours."""
        return self.by_kind.get(ACCOUNTS)

    @property
    def press(self) -> PageLink | None:
        """The press room."""
        return self.by_kind.get(PRESS)


def local_links(
    request: HttpRequest,
    locale_id: int,
    *,
    pages: Iterable[int] = (),
    kinds: Iterable[str] = (),
    project_id: int | None = None,
) -> LocalLinks:
    """Find live pages: those chosen, in this language where there is one; and in this language alone those of a kind,
    and the page of a project."""
    here = Page.objects.live().filter(translation_key=OuterRef("translation_key"), locale_id=locale_id, alias_of=None)
    of_kind = Q(content_type__app_label="content", content_type__model__in=list(kinds))
    wanted = Q(pk__in=list(pages)) | (Q(locale_id=locale_id) & (of_kind | Q(projectpage__project_id=project_id or 0)))
    rows = (
        in_own_language(Page.objects.live())
        .filter(wanted)
        .annotate(
            kind=F("content_type__model"),
            project=F("projectpage__project_id"),
            here_path=Subquery(here.values("url_path")[:1]),
            here_title=Subquery(here.values("title")[:1]),
        )
        .order_by("path")
    )
    found = LocalLinks()
    about_project = None
    for row in rows:
        row.url_path, row.title = row.here_path or row.url_path, row.here_title or row.title
        link = PageLink(row.title, row.get_url(request) or "")
        found.by_id[row.pk] = link
        found.by_kind.setdefault(row.kind, link)
        if project_id is not None and row.project == project_id:
            about_project = link
    return LocalLinks(found.by_id, found.by_kind, about_project)
