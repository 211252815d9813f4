"""The graph of a page. It reads what the page's own view has read already, and costs no query."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.models import Page

from campaign_site.machine.addresses import absolute
from campaign_site.machine.cards.address import card_address
from campaign_site.machine.linked_data import nodes
from campaign_site.machine.linked_data.nodes import Node
from campaign_site.machine.reading import (
    event_zone,
    is_list,
    language_of,
    published_at,
    summary_of,
    updated_at,
)
from content.pages import EventPage, HomePage, NewsPage, OfficialAccountsPage, ProjectPage, ResourcePage
from content.records import Author

# Inside a script element these could end it or begin another; JSON may write any character as a number.
UNSAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def as_script(graph: list[Node]) -> SafeString:
    """JSON that is safe inside a script element."""
    text = json.dumps({"@context": nodes.CONTEXT, "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(UNSAFE))  # noqa: S308 - every < > & is a number now


def graph_of(page: Page, context: Mapping[str, Any], trail: list[tuple[str, str]]) -> list[Node]:
    """The site's owner, the page, and the way to it."""
    owner = nodes.organization(
        str(settings.SITE_OWNER),
        settings.PUBLIC_BASE_URL,
        absolute(static("campaign_site/img/mark.svg")),
        _accounts(context) if isinstance(page, OfficialAccountsPage) else (),
    )
    below = context.get("below")
    own = _below(page, below) if below else _own(page, context, {"@id": owner["@id"]})
    found = [owner, own, nodes.breadcrumbs(trail)]
    if isinstance(page, HomePage):
        found.append(nodes.website(_("SELEC campaigns"), settings.PUBLIC_BASE_URL, language_of(page)))
    return [node for node in found if node]


def _accounts(context: Mapping[str, Any]) -> list[str]:
    """The official accounts' own pages, which the page has read."""
    return [account.url for _network, accounts in context["networks"] for account in accounts if account.url]


def _own(page: Page, context: Mapping[str, Any], owner: Node) -> Node:
    about = _about(context)
    makers: list[tuple[type[Page], Callable[[], Node]]] = [
        (NewsPage, partial(_article, page, owner, about)),
        (EventPage, partial(_event, page, owner, about)),
        (ProjectPage, partial(_project, page, context, owner)),
    ]
    made = next((make() for model, make in makers if isinstance(page, model)), {})
    return made or _web_page(page)


def _below(page: Page, below: Any) -> Node:
    """What stands at an address below the page's own: a list, or parts of it."""
    about = {"url": (page.full_url or "") + below.tail, "title": below.title, "summary": below.summary}
    return nodes.web_page("CollectionPage", **{**_common(page), **about}, modified=updated_at(page))


def _common(page: Page) -> dict[str, Any]:
    return {
        "url": page.full_url or "",
        "title": page.title,
        "summary": summary_of(page),
        "language": language_of(page),
        "image": card_address(page),
    }


def _article(page: NewsPage, owner: Node, about: Node) -> Node:
    return nodes.article(
        **_common(page),
        published=published_at(page),
        modified=updated_at(page),
        publisher=owner,
        authors=[(author.name, author.kind == Author.Kind.PERSON) for author in page.authors],
        about=about,
    )


def _event(page: EventPage, owner: Node, about: Node) -> Node:
    return nodes.event(
        **_common(page),
        starts=page.starts_at,
        ends=page.ends_at,
        whole_days=page.whole_days,
        zone=event_zone(page),
        status=page.status,
        place=page.place,
        online=page.online_url,
        organizer=owner,
        about=about,
    )


def _project(page: ProjectPage, context: Mapping[str, Any], owner: Node) -> Node:
    facts = context["facts"] if context.get("page") == page and "facts" in context else page.facts
    record = facts.record
    grant = record.grant
    funding = (
        nodes.grant(
            programme=grant.programme.name,
            funder=grant.programme.funder.name,
            reference=grant.reference,
        )
        if grant
        else {}
    )
    return nodes.research_project(
        url=page.full_url or "",
        name=record.name,
        acronym=record.acronym,
        alternative=record.alternative_name,
        summary=summary_of(page),
        starts=record.starts_on,
        ends=record.ends_on,
        countries=[country.name for country in facts.countries],
        members=[nodes.member(row.name, row.country, row.website) for row in facts.partners],
        funding=funding,
        parent=owner,
    )


def _about(context: Mapping[str, Any]) -> Node:
    """The project a page is about, by the id its own page gives it."""
    project_page, project = context.get("project_page"), context.get("project")
    if project is None or project_page is None:
        return {}
    return nodes.known(type_="ResearchProject", id_=f"{absolute(project_page.url)}#project", name=project.name)


def _web_page(page: Page) -> Node:
    kind = "CollectionPage" if is_list(page) else "DigitalDocument" if isinstance(page, ResourcePage) else "WebPage"
    node = nodes.web_page(kind, **_common(page), modified=updated_at(page))
    if kind == "DigitalDocument":
        node["image"] = node.pop("primaryImageOfPage", {}).get("url")
    return node
