"""The API described from its definitions: for programs as OpenAPI 3.1, for people as Markdown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from campaign_site.machine.api.definitions import ENDPOINTS, MOST, VERSION, Endpoint, Field

TYPES: dict[str, dict[str, Any]] = {
    "string": {"type": "string"},
    "array": {"type": "array", "items": {}},
    "object": {"type": ["object", "null"]},
    "date": {"type": ["string", "null"], "format": "date"},
    "boolean": {"type": "boolean"},
    "date-time": {"type": ["string", "null"], "format": "date-time"},
}

# What every list takes: name, JSON type, what it does, an example.
PARAMETERS: list[tuple[str, str, Any, str]] = [
    ("limit", "integer", _("How many items: 20 if not given, at most 100."), "50"),
    ("offset", "integer", _("How many items to leave out from the start."), "50"),
    ("locale", "string", _("Only pages in this language."), "ro"),
    ("updated_since", "string", _("Only pages that changed at this time or later."), "2026-01-31T12:00:00Z"),
    ("search", "string", _("Only pages with these words."), "firearms"),
    ("order", "string", _("A field to sort by; with - in front, the largest first."), "-first_published_at"),
    ("fields", "string", _("Other fields than usual: * for all, a name to add, a name with - to leave out."), "*"),
]


def parameters(endpoint: Endpoint) -> list[tuple[str, str, Any, str]]:
    """Everything the list of an endpoint takes."""
    return [*PARAMETERS, *((row.name, "string", row.about, row.example) for row in endpoint.filters)]


def openapi() -> dict[str, Any]:
    """The OpenAPI description, in English."""
    with override("en"):
        paths: dict[str, Any] = {}
        schemas: dict[str, Any] = {}
        for endpoint in ENDPOINTS:
            schemas[endpoint.name] = _schema(endpoint.fields)
            paths[f"/{endpoint.name}/"] = {"get": _list(endpoint)}
            paths[f"/{endpoint.name}/{{id}}/"] = {"get": _detail(endpoint)}
        return {
            "openapi": "3.1.0",
            "info": {"title": str(_("SELEC campaigns")), "version": VERSION, "description": str(INTRODUCTION[0])},
            "servers": [{"url": f"{settings.PUBLIC_BASE_URL}/api/{VERSION}"}],
            "paths": paths,
            "components": {"schemas": schemas},
        }


def _schema(fields: Iterable[Field]) -> dict[str, Any]:
    own = {row.name: {**TYPES[row.type], "description": str(row.about)} for row in fields}
    meta = {"type": "object", "properties": {"detail_url": {"type": "string"}, "locale": {"type": "string"}}}
    first = {"id": {"type": "integer"}, "meta": meta, "title": {"type": "string"}}
    return {"type": "object", "properties": {**first, **own}}


def _answer(schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": "OK", "content": {"application/json": {"schema": schema}}}


def _list(endpoint: Endpoint) -> dict[str, Any]:
    reference = {"$ref": f"#/components/schemas/{endpoint.name}"}
    total = {"type": "object", "properties": {"total_count": {"type": "integer"}}}
    page = {"type": "object", "properties": {"meta": total, "items": {"type": "array", "items": reference}}}
    return {
        "operationId": f"list_{endpoint.name}",
        "summary": str(endpoint.title),
        "parameters": [
            {
                "name": name,
                "in": "query",
                "description": str(about),
                "schema": {"type": kind, **({"maximum": MOST} if name == "limit" else {})},
                "example": int(example) if kind == "integer" else example,
            }
            for name, kind, about, example in parameters(endpoint)
        ],
        "responses": {"200": _answer(page), "400": {"description": "A parameter is not understood."}},
    }


def _detail(endpoint: Endpoint) -> dict[str, Any]:
    return {
        "operationId": f"read_{endpoint.name}",
        "summary": str(endpoint.title),
        "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}],
        "responses": {
            "200": _answer({"$ref": f"#/components/schemas/{endpoint.name}"}),
            "404": {"description": "There is no public page with this number."},
        },
    }


INTRODUCTION: list[Any] = [
    _("Read our campaigns, projects, news and events with a program. It needs no key and changes nothing."),
    _("Answers are JSON. Times are in UTC or carry their distance from it. What is unknown is null, never 0."),
    _("Only what is public is here: no drafts and no private documents."),
    _("Whoever shows a project shows its funder's statement with it: field project, then funding, then statement."),
    _("Every answer has an ETag. Send it back as If-None-Match: while nothing has changed, the answer is 304."),
    _("A list holds at most 100 items. Ask for the next ones with offset until you have total_count."),
    _("Fields may be added at any time. None is removed or changes its meaning under the same version."),
]


def markdown() -> str:
    """The documentation in the project's docs, in English."""
    with override("en"):
        lines = [
            "# The public API",
            "",
            "Written by `manage.py document_api` from `campaign_site/machine/api/definitions.py`; do not edit by hand.",
            "",
            *(f"{text}  " for text in INTRODUCTION),
            "",
            f"Everything below is under `/api/{VERSION}/`. For programs: `/api/{VERSION}/openapi.json`.",
            "",
            "## Parameters of every list",
            "",
            *_table(PARAMETERS),
        ]
        for endpoint in ENDPOINTS:
            lines += ["", f"## {endpoint.title}", "", f"`{endpoint.name}/` and `{endpoint.name}/<id>/`", ""]
            if endpoint.filters:
                lines += [*_table([(row.name, "string", row.about, row.example) for row in endpoint.filters]), ""]
            lines += ["| field | type | what it tells | in lists |", "|---|---|---|---|"]
            lines += [
                f"| `{row.name}` | {row.type} | {row.about} | {'yes' if row.in_lists else 'no'} |"
                for row in endpoint.fields
            ]
        return "\n".join(lines) + "\n"


def _table(rows: Iterable[tuple[str, str, Any, str]]) -> list[str]:
    return [
        "| parameter | type | what it does | example |",
        "|---|---|---|---|",
        *(f"| `{name}` | {kind} | {about} | `{name}={example}` |" for name, kind, about, example in rows),
    ]
