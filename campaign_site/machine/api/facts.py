"""Records as plain data, in the active language. Unknown is null, never left to guess."""

from __future__ import annotations

from typing import Any

from content.records import (
    Campaign,
    Deliverable,
    Grant,
    Indicator,
    Milestone,
    Participation,
    Project,
    ProjectLink,
    Result,
)
from content.records.localized import in_language


def project_facts(project: Project) -> dict[str, Any]:
    """The record of a project, but for `project_outputs`."""
    return {
        "acronym": project.acronym or None,
        "name": project.name,
        "alternative_name": project.alternative_name or None,
        "status": project.status or None,
        "starts_on": project.starts_on,
        "ends_on": project.ends_on,
        "duration_months": project.duration_months,
        "countries": {
            "role": project.country_role,
            "list": [{"code": country.code, "name": country.name} for country in project.countries.all()],
        },
        "partners": [partner_facts(row) for row in project.participations.all()],
        "indicators": [indicator_facts(row) for row in project.indicators.all()],
        "funding": funding_facts(project.grant),
    }


def project_outputs(project: Project) -> dict[str, Any]:
    """What the record says of its work."""
    return {
        "themes": [{"code": theme.code, "name": str(theme)} for theme in project.themes.all()],
        "milestones": [milestone_facts(row) for row in project.milestones.all()],
        "deliverables": [deliverable_facts(row) for row in project.deliverables.all()],
        "results": [result_facts(row) for row in project.results.all()],
        "links": [{"label": _title(row), "url": row.url} for row in project.links.all()],
    }


def milestone_facts(row: Milestone) -> dict[str, Any]:
    """What was planned for when; `precision` says how exactly the date is known."""
    return {
        "title": _title(row),
        "date": row.date,
        "precision": row.precision if row.date else None,
        "project_year": row.project_year,
        "state": row.state or None,
    }


def deliverable_facts(row: Deliverable) -> dict[str, Any]:
    """What the project hands over; not known to be delivered is null."""
    label = in_language(row.labels.all())
    return {
        "title": _title(row),
        "description": (label and label.description) or row.description or None,
        "due_on": row.due_on,
        "delivered_on": row.delivered_on,
        "url": row.url or None,
    }


def result_facts(row: Result) -> dict[str, Any]:
    """What the project brought about, with who says so."""
    return {"title": _title(row), "source": row.source, "reported_on": row.reported_on, "url": row.url or None}


def partner_facts(row: Participation) -> dict[str, Any]:
    """An organisation and what it does in the project."""
    partner = row.partner
    return {
        "name": partner.name,
        "short_name": partner.short_name or None,
        "role": row.role,
        "country": partner.country.code if partner.country else None,
        "website": partner.website or None,
    }


def indicator_facts(row: Indicator) -> dict[str, Any]:
    """What was promised and what is reached; a reached value that nobody reported is null, never 0."""
    return {
        "code": row.code,
        "label": row.text,
        "baseline": row.baseline,
        "target": row.target,
        "target_is_approximate": row.target_is_approximate,
        "actual": row.actual,
        "source": row.source or None,
        "reported_on": row.reported_on,
    }


def funding_facts(grant: Grant | None) -> dict[str, Any] | None:
    """Who pays, and the statement that has to stand beside the project wherever it is shown."""
    if grant is None:
        return None
    programme, statement = grant.programme, grant.programme.statement
    return {
        "funder": programme.funder.name,
        "funder_kind": programme.funder.kind,
        "programme": programme.name,
        "period": programme.period or None,
        "call": grant.call or None,
        "reference": grant.reference or None,
        "total_cost": _amount(grant.total_cost),
        "contribution": _amount(grant.contribution),
        "currency": grant.currency if grant.total_cost is not None or grant.contribution is not None else None,
        "statement": statement.statement if statement else None,
        "disclaimer": (statement.disclaimer or None) if statement else None,
        "shows_eu_emblem": programme.shows_eu_emblem,
    }


def campaign_facts(campaign: Campaign) -> dict[str, Any]:
    """The record of a campaign."""
    return {
        "code": campaign.code,
        "name": campaign.name,
        "status": campaign.phase,
        "hashtag": campaign.hashtag or None,
        "starts_on": campaign.starts_on,
        "ends_on": campaign.ends_on,
    }


def project_brief(project: Project | None) -> dict[str, Any] | None:
    """A project as other pages name it, with who pays."""
    if project is None:
        return None
    return {
        "acronym": project.acronym or None,
        "name": project.name,
        "funding": funding_facts(project.grant),
    }


def _amount(value: Any) -> str | None:
    """Money as text, so that no reader's floating point changes it."""
    return None if value is None else str(value)


def _title(row: Milestone | Deliverable | Result | ProjectLink) -> str:
    """Its words in the active language, else as entered."""
    label = in_language(row.labels.all())
    return label.text if label else row.title
