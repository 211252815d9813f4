"""Loads the starting content once, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import transaction
from wagtail.models import Locale, Page, Site

from content.pages import (
    Byline,
    CampaignIndexPage,
    CampaignPage,
    EventIndexPage,
    EventPage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    OfficialAccountsPage,
    PressPage,
    ProjectIndexPage,
    ProjectPage,
    ResourceIndexPage,
)
from content.records import (
    Author,
    Campaign,
    Country,
    Deliverable,
    Funder,
    FundingStatement,
    Grant,
    Indicator,
    Milestone,
    Participation,
    Partner,
    Programme,
    Project,
    Theme,
    Topic,
)
from content.starter import campaign, campaign_art, countries, funding, news, pages, projects
from content.starter.bodies import body
from media.models import CampaignImage

Progress = Callable[[str], None]


@transaction.atomic
def load_starting_content(say: Progress = lambda _text: None) -> bool:
    """Load records and pages unless a home page exists. Returns whether anything was loaded."""
    if HomePage.objects.exists():
        return False
    say("countries, funders and partners")
    _locales()
    _countries()
    grants = _funding()
    _partners()
    for code, name in projects.THEMES.items():
        Theme.objects.create(code=code, name=name)
    say("the five projects")
    records = {facts.slug: _project(facts, grants) for facts in projects.PROJECTS}
    say("pages and pictures")
    home = _home()
    project_pages = _project_pages(home, records)
    campaign_page = _campaign(home, records["fait"], project_pages["fait"])
    _news(home, records, {**project_pages, campaign.SLUG: campaign_page})
    _events(home, records["ecofit"])
    _add(home, ResourceIndexPage(title="Resources", slug="resources", summary="Publications and downloads."))
    _standard(home)
    _service(home)
    sources: dict[str, Page] = {**project_pages, "about": home.get_children().get(slug="about")}
    campaign_page.figures = _figures(campaign.FIGURES, sources)
    campaign_page.save_revision().publish()
    home.campaign = campaign_page
    home.figures = _figures(campaign.HOME_FIGURES, sources)
    home.save_revision().publish()
    return True


def _locales() -> None:
    for code, _name in settings.LANGUAGES:
        Locale.objects.get_or_create(language_code=code)


def _countries() -> None:
    for code in sorted(set(countries.SELEC + countries.EU)):
        Country.objects.update_or_create(
            code=code, defaults={"selec_member": code in countries.SELEC, "eu_member": code in countries.EU}
        )


def _funding() -> dict[str, Grant]:
    grants = {}
    for facts in funding.FUNDING:
        funder, _created = Funder.objects.get_or_create(
            name=facts.funder, defaults={"kind": facts.kind, "description": facts.about}
        )
        programme = Programme(
            name=facts.programme,
            funder=funder,
            period=facts.period,
            funds=facts.funds,
            shows_eu_emblem=facts.emblem,
        )
        programme.statements = [FundingStatement(language="en", statement=facts.statement, disclaimer=facts.disclaimer)]
        programme.full_clean()
        programme.save()
        grants[facts.key] = Grant.objects.create(programme=programme, name=facts.grant, call=facts.call)
    return grants


def _partners() -> None:
    by_code = {country.code: country for country in Country.objects.all()}
    for key, (name, code) in projects.PARTNERS.items():
        short_name = key if key != name else ""
        Partner.objects.create(name=name, short_name=short_name, country=by_code[code] if code else None)


def _project(facts: projects.ProjectFacts, grants: dict[str, Grant]) -> Project:
    record = Project(
        acronym=facts.acronym,
        name=facts.name,
        alternative_name=facts.alternative_name,
        grant=grants.get(facts.funding),
        duration_months=facts.duration_months,
        country_role=facts.country_role,
        status=facts.status,
    )
    partners = {partner.short_name or partner.name: partner for partner in Partner.objects.all()}
    record.participations = [
        Participation(partner=partners[name], role=role, sort_order=order)
        for order, (name, role) in enumerate(facts.partners)
    ]
    record.indicators = [
        Indicator(
            code=row.code,
            label=row.label,
            target=row.target,
            target_is_approximate=row.approximate,
            sort_order=order,
        )
        for order, row in enumerate(facts.indicators)
    ]
    record.milestones = [
        Milestone(title=title, project_year=year, sort_order=year) for year, title in enumerate(facts.years, start=1)
    ]
    record.deliverables = [
        Deliverable(title=title, description=text, sort_order=order)
        for order, (title, text) in enumerate(facts.deliverables)
    ]
    record.themes.set(Theme.objects.filter(code__in=facts.themes))
    record.countries.set(Country.objects.filter(code__in=facts.countries))
    record.full_clean()
    record.save()
    return record


def _home() -> HomePage:
    """Replace Wagtail's welcome page and point the default site here."""
    home = HomePage(
        title="SELEC: projects and campaigns against cross-border crime",
        slug="campaign-home",
        headline="Eleven states, together against cross-border crime",
        summary="The Southeast European Law Enforcement Center's projects and awareness campaigns against cross-border crime.",
    )
    Page.get_first_root_node().add_child(instance=home)
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
    welcome = site.root_page if site.root_page_id else None
    site.root_page, site.site_name = home, "SELEC"
    site.save()
    if welcome is not None and type(welcome.specific) is Page:
        welcome.delete()
    return home


def _add(parent: Page, page: Page, menu: bool = False) -> Any:
    page.show_in_menus = menu
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def _picture(title: str, seed: int, description: str) -> CampaignImage:
    name = f"{title.lower().replace(' ', '-')}.png"
    image = CampaignImage(
        title=title,
        file=ImageFile(ContentFile(campaign_art.draw_campaign_art(seed)), name=name),
        description=description,
        credit="SELEC",
        licence="EUPL-1.2",
        people="none",
    )
    image.save()
    return image


def _project_pages(home: HomePage, records: dict[str, Project]) -> dict[str, ProjectPage]:
    index = _add(
        home,
        ProjectIndexPage(
            title="Projects",
            slug="projects",
            summary="What SELEC works on with its member states and partners, and who pays for it.",
        ),
        menu=True,
    )
    made = {}
    for facts in projects.PROJECTS:
        title = f"{facts.acronym}: {facts.name}" if facts.acronym else facts.name
        made[facts.slug] = _add(
            index,
            ProjectPage(
                title=title,
                slug=facts.slug,
                summary=facts.summary,
                project=records[facts.slug],
                countries_note=facts.countries_note,
                body=body(facts.body),
                objectives=[("objective", text) for text in facts.objectives],
                activities=[("activity", {"title": name, "text": text}) for name, text in facts.activities],
                benefits=[("benefit", text) for text in facts.benefits],
            ),
        )
    return made


def _campaign(home: HomePage, fait: Project, fait_page: ProjectPage) -> CampaignPage:
    record = Campaign.objects.create(
        name=campaign.NAME,
        code=campaign.CODE,
        hashtag=campaign.HASHTAG,
        goal=campaign.GOAL,
        project=fait,
        status=Campaign.Status.CURRENT,
    )
    index = _add(
        home,
        CampaignIndexPage(title="Campaigns", slug="campaigns", summary="What SELEC wants the public to know."),
        menu=True,
    )
    picture = _picture(campaign.IMAGE_TITLE, 7, campaign.IMAGE_ALT)
    page: CampaignPage = _add(
        index,
        CampaignPage(
            title=campaign.TITLE,
            slug=campaign.SLUG,
            summary=campaign.SUMMARY,
            campaign=record,
            image=picture,
            image_alt=campaign.IMAGE_ALT,
            key_messages=[("message", {"title": title, "text": text}) for title, text in campaign.KEY_MESSAGES],
            body=body(campaign.STORY),
            kit=[
                (
                    "picture",
                    {"image": picture, "alt_text": campaign.IMAGE_ALT, "caption": campaign.IMAGE_CAPTION},
                )
            ],
        ),
    )
    page.actions = [
        ("action", _action("Know what it pays for", _KNOW, "Read about the project FAIT", fait_page)),
        ("action", _action("Do not buy it", _REFUSE)),
        ("action", _action("Report it", _REPORT)),
    ]
    page.save_revision().publish()
    return page


_KNOW = "Look behind the low price: who earns from it, and who pays in the end."
_REFUSE = "Smuggled goods need buyers. Ask where goods come from, and leave what nobody can explain."
_REPORT = "If you see smuggling, tell the police or the customs of your country."


def _action(title: str, text: str, link_text: str = "", page: Page | None = None) -> dict[str, Any]:
    return {"title": title, "text": text, "link_text": link_text, "page": page, "url": ""}


def _figures(facts: Iterable[tuple[str, str, str, str]], sources: Mapping[str, Page]) -> list[tuple[str, Any]]:
    return [
        ("figure", {"value": value, "label": label, "source": source, "page": sources[place], "as_of": None, "url": ""})
        for value, label, source, place in facts
    ]


def _service(home: HomePage) -> None:
    title, summary, boilerplate = pages.PRESS
    page = PressPage(title=title, slug="press", summary=summary, boilerplate=boilerplate, in_footer=True)
    _add(home, page)
    title, summary = pages.ACCOUNTS
    _add(
        home,
        OfficialAccountsPage(
            title=title,
            slug="official-accounts",
            summary=summary,
            checks=_advice("check", pages.CHECKS),
            never=_advice("never", pages.NEVER),
            fakes=_advice("step", pages.FAKES),
            in_footer=True,
        ),
    )


def _advice(kind: str, facts: Iterable[tuple[str, str]]) -> list[tuple[str, Any]]:
    return [(kind, {"title": title, "text": text}) for title, text in facts]


def _news(home: HomePage, records: dict[str, Project], related: Mapping[str, Page]) -> None:
    index = _add(home, NewsIndexPage(title="News", slug="news", summary="From the projects and campaigns."), menu=True)
    author = Author.objects.create(name=news.AUTHOR_NAME, slug=news.AUTHOR_SLUG, about=news.AUTHOR_ABOUT)
    topics = {row.slug: Topic.objects.create(slug=row.slug, name=row.name, about=row.about) for row in news.TOPICS}
    for facts in news.NEWS:
        page: Any = NewsPage(
            title=facts.title,
            slug=facts.slug,
            summary=facts.summary,
            project=records[facts.project],
            body=body(facts.body, related),
        )
        page.bylines = [Byline(author=author)]
        page.topics = [topics[slug] for slug in facts.topics]
        _add(index, page)


def _events(home: HomePage, ecofit: Project) -> None:
    index = _add(home, EventIndexPage(title="Events", slug="events", summary="Conferences of the projects."), menu=True)
    _add(
        index,
        EventPage(
            title="ECOFIT final conference",
            slug="ecofit-final-conference",
            summary="The closing conference of ECOFIT, the research project on firearms-trafficking investigations.",
            project=ecofit,
        ),
    )


def _standard(home: HomePage) -> None:
    """Make the pages first, then their text: they link to each other."""
    made = {
        facts.slug: _add(
            home,
            facts.kind(title=facts.title, slug=facts.slug, summary=facts.summary, in_footer=facts.in_footer),
            menu=facts.in_menu,
        )
        for facts in pages.PAGES
    }
    ids = {slug: page.pk for slug, page in made.items()}
    for facts in pages.PAGES:
        page = made[facts.slug]
        page.body = body(pages.linked(facts.body, ids))
        page.save_revision().publish()
