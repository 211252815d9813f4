"""The tables of search: what is found, what waits to be read, the site's own words, and what readers asked for."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from content.records import Project

__all__ = ["SearchEntry", "SearchTally", "SearchWaiting", "SearchWord", "SearchWords"]


class SearchEntry(models.Model):
    """A live page as search knows it. Whether it may be shown is asked of the page itself at every search."""

    class Kind(models.TextChoices):
        NEWS = "news", _("News")
        EVENT = "event", _("Event")
        PROJECT = "project", _("Project")
        CAMPAIGN = "campaign", _("Campaign")
        RESOURCE = "resource", _("Publication")
        PAGE = "page", _("Other page")

    page = models.OneToOneField(Page, on_delete=models.CASCADE, primary_key=True, related_name="+")
    language = models.CharField(max_length=10)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    project = models.ForeignKey(Project, on_delete=models.SET_NULL, null=True, related_name="+")
    topics = ArrayField(models.CharField(max_length=255), default=list)
    date = models.DateField(null=True)
    title = models.TextField()
    summary = models.TextField()
    text = models.TextField()
    words = ArrayField(models.CharField(max_length=80), default=list)
    folded = ArrayField(models.CharField(max_length=160), default=list)
    title_vector = SearchVectorField()
    vector = SearchVectorField()
    revision = models.BigIntegerField(null=True)
    published_at = models.DateTimeField(null=True)
    version = models.SmallIntegerField()

    # Rows are written in bulk, and nothing of ours refers to them.
    wagtail_reference_index_ignore = True

    class Meta:
        indexes = [
            GinIndex(fields=["vector"], name="search_entry_vector"),
            models.Index(fields=["language"], name="search_entry_language"),
        ]

    def __str__(self) -> str:
        return self.title


class SearchWaiting(models.Model):
    """A page whose entry has to be written again. Several rows for one page do no harm."""

    page_id = models.BigIntegerField()

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return str(self.page_id)


class SearchWord(models.Model):
    """A word that stands on pages in a language, and on how many; what "did you mean" chooses from."""

    language = models.CharField(max_length=10)
    word = models.CharField(max_length=80)
    folded = models.CharField(max_length=160)
    length = models.SmallIntegerField()
    pages = models.IntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="search_word_once_a_language")]
        indexes = [models.Index(fields=["language", "length"], name="search_word_length")]

    def __str__(self) -> str:
        return self.word


class SearchWords(models.Model):
    """Whether a language's words have to be counted again."""

    language = models.CharField(max_length=10, primary_key=True)
    stale = models.BooleanField(default=True)

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return self.language


class SearchTally(models.Model):
    """How often words were searched for on a day, and how often nothing was found. Nothing of who searched."""

    day = models.DateField(_("day"))
    language = models.CharField(_("language"), max_length=10)
    words = models.CharField(_("words"), max_length=100)
    searches = models.PositiveIntegerField(_("searches"), default=0)
    misses = models.PositiveIntegerField(_("nothing found"), default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("search of a reader")
        verbose_name_plural = _("searches of readers")
        constraints = [models.UniqueConstraint(fields=["day", "language", "words"], name="search_tally_once_a_day")]

    def __str__(self) -> str:
        return self.words
