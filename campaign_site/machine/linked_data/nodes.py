"""One node of the graph a function. What is unknown is left out; a node without what its type requires is none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

Node = dict[str, Any]

CONTEXT = "https://schema.org"
HEADLINE = 110
EVENT_STATUS = {
    "planned": "EventScheduled",
    "moved": "EventRescheduled",
    "postponed": "EventPostponed",
    "cancelled": "EventCancelled",
}


def known(**properties: Any) -> Node:
    """A node of what is known. `type_` and `id_` stand for JSON-LD's own words."""
    names = {"type_": "@type", "id_": "@id"}
    return {names.get(name, name): value for name, value in properties.items() if value not in (None, "", [], {})}


def organization(owner: str, base: str, logo: str, accounts: Sequence[str] = ()) -> Node:
    """The site's owner."""
    return known(
        type_="Organization",
        id_=f"{base}/#organization",
        name=owner,
        alternateName="SELEC",
        url=f"{base}/",
        logo=known(type_="ImageObject", url=logo),
        sameAs=list(accounts),
    )


def website(name: str, base: str, language: str) -> Node:
    """The site."""
    publisher = {"@id": f"{base}/#organization"}
    url = f"{base}/"
    return known(type_="WebSite", id_=f"{base}/#website", name=name, url=url, inLanguage=language, publisher=publisher)


def breadcrumbs(trail: Sequence[tuple[str, str]]) -> Node:
    """From home to the page; none for home itself."""
    if len(trail) < 2:
        return {}
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": url}
        for place, (name, url) in enumerate(trail, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def article(
    *, url: str, title: str, summary: str, language: str, image: str, published: datetime, modified: datetime,
    publisher: Node, authors: Sequence[tuple[str, bool]], about: Node,
) -> Node:  # fmt: skip
    """A piece of news; each author by name, and whether it is a person."""
    people = [{"@type": "Person" if is_person else "Organization", "name": name} for name, is_person in authors]
    return known(
        type_="NewsArticle",
        id_=f"{url}#article",
        mainEntityOfPage=url,
        headline=title if len(title) <= HEADLINE else title[: HEADLINE - 1].rstrip() + "…",
        description=summary,
        inLanguage=language,
        image=[image],
        datePublished=published.isoformat(timespec="seconds"),
        dateModified=max(modified, published).isoformat(timespec="seconds"),
        author=people or [publisher],
        publisher=publisher,
        about=about,
    )


def event(
    *, url: str, title: str, summary: str, language: str, image: str, starts: datetime | None, ends: datetime | None,
    whole_days: bool, zone: str, status: str, place: str, online: str, organizer: Node, about: Node,
) -> Node:  # fmt: skip
    """An event, once its day is known, and its place or its online address."""
    at_place = {"@type": "Place", "name": place, "address": place} if place else None
    online_at = {"@type": "VirtualLocation", "url": online} if online else None
    where = [one for one in (at_place, online_at) if one is not None]
    if starts is None or not where:
        return {}
    here = ZoneInfo(zone)
    modes = {(True, True): "Mixed", (True, False): "Offline", (False, True): "Online"}

    def moment(at: datetime) -> str:
        local = at.astimezone(here)
        return local.date().isoformat() if whole_days else local.isoformat(timespec="minutes")

    return known(
        type_="Event",
        id_=f"{url}#event",
        url=url,
        name=title,
        description=summary,
        inLanguage=language,
        image=[image],
        startDate=moment(starts),
        endDate=moment(ends) if ends else None,
        eventStatus=f"{CONTEXT}/{EVENT_STATUS[status]}",
        eventAttendanceMode=f"{CONTEXT}/{modes[bool(place), bool(online)]}EventAttendanceMode",
        location=where[0] if len(where) == 1 else where,
        organizer=organizer,
        about=about,
    )


def research_project(
    *, url: str, name: str, acronym: str, alternative: str, summary: str, starts: date | None, ends: date | None,
    countries: Sequence[str], members: Sequence[Node], funding: Node, parent: Node,
) -> Node:  # fmt: skip
    """A project with who pays, who takes part, and where."""
    return known(
        type_="ResearchProject",
        id_=f"{url}#project",
        url=url,
        name=name,
        alternateName=[text for text in (acronym, alternative) if text],
        description=summary,
        foundingDate=starts.isoformat() if starts else None,
        dissolutionDate=ends.isoformat() if ends else None,
        areaServed=[{"@type": "Country", "name": country} for country in countries],
        member=list(members),
        funder=funding.get("funder"),
        funding=funding,
        parentOrganization=parent,
    )


def grant(*, programme: str, funder: str, reference: str) -> Node:
    """Who pays, through which programme. What staff call the grant is theirs."""
    payer = {"@type": "Organization", "name": funder}
    return known(type_="Grant", name=programme, identifier=reference, funder=payer)


def member(name: str, country: str, website: str) -> Node:
    """An organisation that takes part."""
    address = known(type_="PostalAddress", addressCountry=country) if country else None
    return known(type_="Organization", name=name, url=website, address=address)


def web_page(kind: str, *, url: str, title: str, summary: str, language: str, image: str, modified: datetime) -> Node:
    """Any other page; `kind` is a type of schema.org."""
    return known(
        type_=kind,
        id_=url,
        url=url,
        name=title,
        description=summary,
        inLanguage=language,
        primaryImageOfPage=known(type_="ImageObject", url=image),
        dateModified=modified.isoformat(timespec="seconds"),
    )
