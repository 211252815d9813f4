"""What stands around a piece of news - authors, topics, its series, related news - read together in one query."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, DateField, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce

from content.pages.own_language import in_own_language
from content.records import Author, AuthorText, Series, SeriesName, Topic, TopicName
from content.records.named import wording

if TYPE_CHECKING:
    from content.pages.news import NewsPage

RELATED = 3
# Sorts behind every page that an editor chose.
COMPUTED = 1000


@dataclass(frozen=True, slots=True)
class Mention:
    """Something a page mentions: `path` is a page's path in the tree, or a record's part of an address."""

    kind: str
    rank: int
    title: str
    path: str
    note: str
    date: date | None


@dataclass
class Around:
    """What stands around a piece of news."""

    authors: list[Mention] = field(default_factory=list)
    topics: list[Mention] = field(default_factory=list)
    series: Mention | None = None
    parts: list[Mention] = field(default_factory=list)
    related: list[Mention] = field(default_factory=list)

    def place(self, part: int | None) -> Place | None:
        """Where a part stands in the series; None for news that is in none."""
        if part is None or self.series is None:
            return None
        ranks = [mention.rank for mention in self.parts]
        return Place(
            part=part,
            total=max([self.series.rank, part, *ranks]),
            previous=next((mention for mention in reversed(self.parts) if mention.rank < part), None),
            following=next((mention for mention in self.parts if mention.rank > part), None),
        )


@dataclass(frozen=True, slots=True)
class Place:
    """A part's number in its series, and the parts beside it that are published in this language."""

    part: int
    total: int
    previous: Mention | None
    following: Mention | None


def read_around(page: NewsPage, *, preview: bool) -> Around:
    """Read everything; a preview takes the relations from the form, which are not stored yet."""
    links = _Preview(page) if preview else _Stored(page)
    parts = [_authors(links), _topics(links), _related(page, links)]
    if page.series_id:
        parts += [_series(page), _parts(page)]
    first, *rest = parts
    mentions = [Mention(*row) for row in first.union(*rest, all=True)]
    mentions.sort(key=lambda found: (found.rank, -found.date.toordinal() if found.date else 0))
    around = Around()
    for mention in mentions:
        match mention.kind:
            case "topic":
                around.topics.append(mention)
            case "series":
                around.series = mention
            case "part":
                around.parts.append(mention)
            case "related":
                around.related.append(mention)
            case _:
                around.authors.append(mention)
    around.topics.sort(key=lambda found: found.title.casefold())
    return around


class _Stored:
    """The relations of a page as the database has them."""

    def __init__(self, page: NewsPage) -> None:
        from content.pages.news import RelatedNews

        self.authors: Any = Author.objects.filter(bylines__page_id=page.pk).annotate(rank=F("bylines__sort_order"))
        self.topics: Any = Topic.objects.filter(news=page.pk)
        self.topic_ids: Any = _through().objects.filter(newspage_id=page.pk).values("topic_id")
        chosen = RelatedNews.objects.filter(page_id=page.pk, related__translation_key=OuterRef("translation_key"))
        self.chosen: Any = Subquery(chosen.values(place=Coalesce("sort_order", 0))[:1], output_field=IntegerField())


class _Preview:
    """The relations of a page as the editor's form has them."""

    def __init__(self, page: NewsPage) -> None:
        authors = [byline.author_id for byline in page.bylines.all()]
        order = [When(pk=pk, then=Value(place)) for place, pk in enumerate(authors)]
        self.authors: Any = Author.objects.filter(pk__in=authors).annotate(
            rank=Case(*order, default=Value(0), output_field=IntegerField())
        )
        self.topic_ids: Any = [topic.pk for topic in page.topics.all()]
        self.topics: Any = Topic.objects.filter(pk__in=self.topic_ids)
        keys = [row.related.translation_key for row in page.related_news.all()]
        chosen = [When(translation_key=key, then=Value(place)) for place, key in enumerate(keys)]
        self.chosen: Any = Case(*chosen, default=None, output_field=IntegerField())


def _row(queryset: QuerySet[Any], kind: Any, rank: Any, title: Any, path: str, note: Any, day: Any = None) -> Any:
    """Every part of the union has these columns; an author's kind says person or office."""
    columns = {
        "m_kind": kind,
        "m_rank": Cast(rank, IntegerField()),
        "m_title": title,
        "m_path": F(path),
        "m_note": note,
        "m_date": day if day is not None else Cast(Value(None), DateField()),
    }
    return queryset.order_by().annotate(**columns).values_list(*columns)


def _authors(links: Any) -> Any:
    role = wording(AuthorText, "author", "role")
    return _row(links.authors, F("kind"), Coalesce(F("rank"), Value(0)), F("name"), "slug", role)


def _topics(links: Any) -> Any:
    return _row(
        links.topics, Value("topic"), Value(0), wording(TopicName, "topic", "text", own="name"), "slug", Value("")
    )


def _series(page: NewsPage) -> Any:
    name = wording(SeriesName, "series", "text", own="name")
    series: Any = Series.objects.filter(pk=page.series_id)
    return _row(series, Value("series"), Coalesce(F("parts"), Value(0)), name, "slug", Value(""))


def _parts(page: NewsPage) -> Any:
    parts = _published(page).filter(series_id=page.series_id)
    return _row(parts, Value("part"), F("series_part"), F("title"), "url_path", Value(""), F("date"))


def _related(page: NewsPage, links: Any) -> Any:
    """Chosen by editors first; then what shares most topics and the project, newest first. Parts of its own series
    stand elsewhere."""
    shares_project = Case(When(project_id=page.project_id, project__isnull=False, then=Value(2)), default=Value(0))
    found = _siblings(page).annotate(chosen=links.chosen, likeness=_shared_topics(links) * 3 + shares_project)
    found = found.filter(Q(chosen__isnull=False) | Q(likeness__gt=0))
    if page.series_id:
        found = found.exclude(Q(series_id=page.series_id) & Q(chosen__isnull=True))
    rank = Coalesce(F("chosen"), Value(COMPUTED) - F("likeness"))
    rows = _row(found, Value("related"), rank, F("title"), "url_path", F("summary"), F("date"))
    return rows.order_by("m_rank", "-m_date", "-path")[:RELATED]


def _shared_topics(links: Any) -> Any:
    shared = _through().objects.filter(newspage_id=OuterRef("pk"), topic_id__in=links.topic_ids)
    counted = shared.order_by().values("newspage_id").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def _through() -> Any:
    from content.pages.news import NewsPage

    return NewsPage.topics.through


def _published(page: NewsPage) -> Any:
    from content.pages.news import NewsPage

    return in_own_language(NewsPage.objects.live()).filter(locale_id=page.locale_id)


def _siblings(page: NewsPage) -> Any:
    return _published(page).exclude(pk=page.pk)
