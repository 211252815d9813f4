"""Projects with everything that the notice of their funder needs, read in one query."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.files.storage import default_storage
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from content.records.funding import Funder, FundingStatement
from content.records.project import Project
from content.visibility import Funding, Logo, Statement
from media.models import CampaignRendition
from media.renditions import LOGO


def with_funding() -> QuerySet[Project, Any]:
    """Projects with grant, programme and funder, and what `funding_of` reads."""
    statements = FundingStatement.objects.filter(programme=OuterRef("grant__programme")).order_by("pk")
    logos = CampaignRendition.objects.filter(image=OuterRef("grant__programme__logo"), filter_spec=LOGO)
    projects: QuerySet[Project, Any] = Project.objects.select_related("grant__programme__funder")
    annotated: QuerySet[Project, Any] = projects.annotate(
        funding_statements=ArraySubquery(
            statements.values(row=JSONObject(language="language", statement="statement", disclaimer="disclaimer"))
        ),
        funding_logo=Subquery(logos.values(row=JSONObject(file="file", width="width", height="height"))[:1]),
    )
    return annotated


def funding_of(project: Any) -> Funding | None:
    """Return who pays for a project that was read `with_funding`; None for one without a grant."""
    if project.grant is None:
        return None
    programme = project.grant.programme
    logo = project.funding_logo
    return Funding(
        kind=programme.funder.kind,
        statements=[Statement(**row) for row in project.funding_statements],
        wants_emblem=programme.funder.kind == Funder.Kind.EU,
        # The file is twice as large as it is shown.
        logo=logo and Logo(default_storage.url(logo["file"]), programme.name, logo["width"] // 2, logo["height"] // 2),
    )
