"""What a post is checked against, read at once: its campaign, its page, the calendar, and what readers saw lately."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Subquery, Value, Window
from django.db.models.functions import JSONObject, Left, Length, RowNumber
from wagtail.models import Page, PageViewRestriction

from content.pages import CampaignPage, EventPage, NewsPage, ProjectPage, ResourcePage
from content.records import Campaign, FundingStatement
from content.records.localized import in_language
from social_publisher.approval import blackouts
from social_publisher.approval.package import Package
from social_publisher.models import Blackout, CampaignRules, Correction, Delivery, Launch, Post, Variant
from social_publisher.models.ledger import State
from social_publisher.models.rules import rules_of

RECENT = timedelta(days=30)
# Nothing is planned farther ahead than that; a date near the calendar's end could not be added to.
FARTHEST = timedelta(days=100 * 365)
MOST_RECENT = 50
# What readers saw, or will see if nothing happens.
SEEN = (State.WAITING, State.ARMED, State.UNKNOWN, State.NEEDS_PERSON, State.PUBLISHED)

# Pages that show a funder's statement, and the way to the programme that requires it.
SHOW_STATEMENTS: dict[Any, str] = {
    CampaignPage: "campaign__project__grant__programme",
    ProjectPage: "project__grant__programme",
    NewsPage: "project__grant__programme",
    EventPage: "project__grant__programme",
    ResourcePage: "project__grant__programme",
}


@dataclass(frozen=True, slots=True)
class Recent:
    """A post that readers of a channel saw or will see; its time is UTC."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Everything around a post.

    `statement` is the funder's in the post's language, empty where none is required; `page_with_it` the title of the
    campaign's live page, which shows it. `page` is the linked one, with `restricted` and `shows_statement`.
    `launched_page_id` is the page its launch package makes live. `blackouts` are by channel.
    """

    campaign: Campaign
    rules: CampaignRules
    statement: str
    page_with_it: str
    page: Any
    launched_page_id: int | None
    has_correction: bool
    blackouts: Mapping[int, Blackout]
    recent: Mapping[int, Sequence[Recent]]

    @property
    def names(self) -> list[str]:
        """Names in which acronyms stand, and whose words may stand in hashtags."""
        project = self.campaign.project
        named = [self.campaign.name, project.acronym, project.name]
        if project.grant is not None:
            named += [project.grant.programme.name, project.grant.programme.funder.name]
        return named

    @property
    def hashtags(self) -> list[str]:
        """The hashtags staff chose for the campaign."""
        return [tag for tag in (self.campaign.hashtag, *self.rules.hashtags.split()) if tag]


def surroundings(post: Post, package: Package, now: datetime) -> Surroundings:
    """Read everything around a post; five queries at most, however many channels it has."""
    campaign = _campaign(post)
    statements = [FundingStatement(**row) for row in campaign.statements]
    wording = in_language(statements, post.language)
    return Surroundings(
        campaign=campaign,
        rules=rules_of(campaign),
        statement=wording.statement if wording else "",
        page_with_it=campaign.page_title or "",
        page=_page(post.link_page, campaign) if post.link_page else None,
        launched_page_id=campaign.launched_page_id,
        has_correction=campaign.has_correction,
        blackouts=_blackouts(package, campaign),
        recent=_recent(post, package, now),
    )


def _campaign(post: Post) -> Any:
    statements = FundingStatement.objects.filter(programme=OuterRef("project__grant__programme")).order_by("pk")
    page = CampaignPage.objects.live().filter(campaign=OuterRef("pk"), locale__language_code=post.language)
    corrections = Correction.objects.filter(pk=post.correction_id, campaign=OuterRef("pk"), approved_at__isnull=False)
    return (
        Campaign.objects.select_related("rules", "project__grant__programme__funder")
        .annotate(
            country_ids=blackouts.project_countries(),
            statements=ArraySubquery(statements.values(row=JSONObject(language="language", statement="statement"))),
            page_title=Subquery(page.values("title")[:1]),
            launched_page_id=Subquery(Launch.objects.filter(pk=post.launch_id).values("page_id")),
            has_correction=Exists(corrections),
        )
        .get(pk=post.campaign_id)
    )


def _page(page: Page, campaign: Campaign) -> Any:
    """The linked page, whether the public may see it, and whether it shows the campaign's funding statement."""
    programme = campaign.project.grant and campaign.project.grant.programme
    kind = page.specific_class
    shows: Any = Value(False)
    if programme and kind in SHOW_STATEMENTS:
        shows = Exists(kind.objects.filter(pk=OuterRef("pk"), **{SHOW_STATEMENTS[kind]: programme}))
    pages = Page.objects.select_related("locale").annotate(shows_statement=shows, restricted=_restricted())
    return pages.get(pk=page.pk)


def _restricted() -> Any:
    """Whether a page, or one above it, is not for everybody; an alias is what it stands for."""
    restrictions = PageViewRestriction.objects
    itself = restrictions.annotate(top=Left(OuterRef("path"), Length("page__path")))
    original = restrictions.annotate(top=Left(OuterRef("path"), Length("page__aliases__path")))
    return Exists(itself.filter(page__path=F("top"))) | Exists(original.filter(page__aliases__path=F("top")))


def _blackouts(package: Package, campaign: Any) -> dict[int, Blackout]:
    times = {parcel.channel.pk: parcel.due_at for parcel in package.parcels if parcel.due_at}
    found = blackouts.standing(min(times.values()), max(times.values())) if times else []
    if not found:
        return {}
    countries = blackouts.channel_countries(times)
    return {
        channel: blackout
        for channel, at in times.items()
        for blackout in reversed(found)
        if blackouts.forbids(blackout, at, campaign.pk, countries.get(channel) or campaign.country_ids)
    }


def _recent(post: Post, package: Package, now: datetime) -> dict[int, list[Recent]]:
    last = min(max((parcel.due_at for parcel in package.parcels if parcel.due_at), default=now), now + FARTHEST)
    seen = Delivery.objects.filter(
        channel__in=[parcel.channel.pk for parcel in package.parcels],
        state__in=[state.value for state in SEEN],
        due_at__range=(now - RECENT, last + RECENT),
    )
    others = seen.exclude(post_id=post.pk)
    if post.series_id:
        others = others.exclude(post__series_id=post.series_id)
    place = Window(RowNumber(), partition_by=F("channel_id"), order_by=F("due_at").desc())
    newest = others.annotate(place=place).filter(place__lte=MOST_RECENT).values("pk")
    own = Variant.objects.filter(post=OuterRef("post"), channel=OuterRef("channel")).values("text")
    rows = Delivery.objects.filter(pk__in=newest).annotate(own_text=Subquery(own)).order_by("-due_at")
    found: dict[int, list[Recent]] = {}
    for channel_id, own_text, text, at in rows.values_list("channel_id", "own_text", "post__text", "due_at"):
        found.setdefault(channel_id, []).append(Recent(own_text or text, at))
    return found
