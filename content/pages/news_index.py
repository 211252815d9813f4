from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.contrib.routable_page.models import path
from wagtail.query import PageQuerySet

from content.pages.addresses import addressed
from content.pages.base import IndexPage
from content.pages.filters import Filter, Option, filter_of
from content.pages.news import NewsPage
from content.pages.routed import Below, RoutedPage
from content.records import Author, AuthorText, Topic, TopicName
from content.records.named import wording


class NewsIndexPage(RoutedPage, IndexPage):
    """All news, newest first; narrowed by topic, project and year, and by author at an address of its own."""

    template = "content/pages/news_index.html"
    subpage_types = ["content.NewsPage"]
    max_count_per_parent = 1

    # What an address below the list's own narrows it to.
    topic: Any = None
    author: Any = None
    filters: tuple[Filter, ...] = ()

    class Meta:
        verbose_name = gettext_lazy("news list")
        verbose_name_plural = gettext_lazy("news lists")

    def listed(self) -> PageQuerySet:
        """The news that every filter lets through, newest first."""
        news = NewsPage.for_cards().child_of(self)
        lookups = {"topic": "topics__slug", "project": "project_id", "year": "date__year"}
        for chosen in self.filters:
            if chosen.chosen is not None:
                news = news.filter(**{lookups[chosen.name]: chosen.chosen.value})
        if self.topic is not None:
            news = news.filter(topics=self.topic)
        if self.author is not None:
            news = news.filter(bylines__author=self.author)
        return news

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the filters, and what the list is narrowed to."""
        asked = {**request.GET.dict(), **({"topic": self.topic.slug} if self.topic else {})}
        self.filters = () if self.author else self._filters(asked)
        context = super().get_context(request, *args, **kwargs)
        listing = context["listing"]
        listing.object_list = addressed(context["navigation"], listing.object_list)
        context["filters"] = [each for each in self.filters if each.helps]
        context["narrowed"] = self.author is not None or any(each.chosen for each in self.filters)
        context["subject"] = self.topic or self.author
        if context["subject"]:
            context["below"] = self._below(context["subject"])
        return context

    def _below(self, subject: Any) -> Below:
        words = _("News by %(author)s") if self.author else _("News: %(topic)s")
        kind = "authors" if self.author else "topics"
        title = words % {"author": subject.label, "topic": subject.label}
        return Below(title, subject.intro or self.summary, f"{kind}/{subject.slug}/")

    @path("topics/<slug:slug>/")
    def by_topic(self, request: HttpRequest, slug: str) -> Any:
        """All news of a topic."""
        named = wording(TopicName, "topic", "text", own="name")
        topics = Topic.objects.annotate(label=named, intro=wording(TopicName, "topic", "about"))
        self.topic = get_object_or_404(topics, slug=slug)
        return self.render(request)

    @path("authors/<slug:slug>/")
    def by_author(self, request: HttpRequest, slug: str) -> Any:
        """All news of an author."""
        intro = wording(AuthorText, "author", "about")
        authors = Author.objects.annotate(
            label=models.F("name"), intro=intro, part=wording(AuthorText, "author", "role")
        )
        self.author = get_object_or_404(authors, slug=slug)
        return self.render(request)

    def _filters(self, asked: dict[str, str]) -> tuple[Filter, ...]:
        """Filters with what there is to find; one query."""
        topic = wording(TopicName, "topic", "text", outer="topics", own="topics__name")
        news = NewsPage.objects.live().child_of(self).order_by()
        found = news.annotate(topic_label=topic).values_list(
            "topics__slug", "topic_label", "project_id", "project__acronym", "project__name", "date__year"
        )
        rows = list(found.distinct())
        topics = [Option(slug, label) for slug, label, *_rest in rows if slug]
        projects = [Option(str(row[2]), row[3] or row[4]) for row in rows if row[2]]
        years = [Option(str(row[5]), str(row[5])) for row in rows]
        return (
            filter_of("topic", _("Topic"), _("All topics"), topics, asked),
            filter_of("project", _("Project"), _("All projects"), projects, asked),
            filter_of("year", _("Year"), _("All years"), years, asked, newest_first=True),
        )
