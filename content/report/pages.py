"""What pages themselves tell: not read for long, pictures without words, languages that are missing, dead links."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import DateTimeField, Exists, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Coalesce, Greatest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Locale, Page, ReferenceIndex

from content.pages.base import BasePage
from content.pages.translated import TranslationGap
from content.records.languages import language_name
from content.report.links import TELL_AFTER, TELL_UNTOLD_AFTER
from content.report.models import LinkTarget, PageReview
from content.report.sources import Item, Source

DAYS_A_MONTH = 30


def _own() -> Any:
    """Live pages of the site that are no mere copies."""
    return Page.objects.live().filter(alias_of=None, depth__gt=1).select_related("locale")


def _item(page: Any, why: str, **more: Any) -> Item:
    return Item(
        title=page.title,
        why=why,
        address=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        language=page.locale.language_code,
        **more,
    )


def stale(today: date) -> Iterator[Item]:
    """Pages that nobody published or read again for the months that the settings say, the oldest first."""
    before = timezone.now() - timedelta(days=DAYS_A_MONTH * settings.REVIEW_MONTHS)
    read = Subquery(PageReview.objects.filter(page_id=OuterRef("pk")).values("reviewed_at")[:1])
    pages = _own().annotate(
        seen=Greatest(
            Coalesce(F("last_published_at"), F("first_published_at")),
            Coalesce(read, F("last_published_at"), output_field=DateTimeField()),
        )
    )
    for page in pages.filter(seen__lt=before).order_by("seen"):
        day = timezone.localdate(page.seen)
        yield _item(page, _("Nobody has published it or read it again since then."), day=day, page_id=page.pk)


def without_words(today: date) -> Iterator[Item]:
    """Pages whose own picture has no description, and is not marked as decoration in the library."""
    for model in _concrete(BasePage):
        pages = model.objects.live().filter(alias_of=None, image__isnull=False, image_alt="", image__decorative=False)
        for page in pages.select_related("locale"):
            yield _item(page, _("Its picture has no description here. Write one, or mark the picture as decoration."))


def missing_languages(today: date) -> Iterator[Item]:
    """Pages in the main language that lack others, and translations with gaps."""
    locales = list(Locale.objects.exclude(language_code=settings.LANGUAGE_CODE))
    ready: dict[Any, set[int]] = {}
    for key, locale_id in _own().values_list("translation_key", "locale_id"):
        ready.setdefault(key, set()).add(locale_id)
    for page in _own().filter(locale__language_code=settings.LANGUAGE_CODE).order_by("title"):
        lacking = [locale for locale in locales if locale.pk not in ready.get(page.translation_key, set())]
        if lacking:
            yield _item(page, _lacking(lacking, everything=len(lacking) == len(locales)))
    for gap in TranslationGap.objects.filter(page__live=True).select_related("page__locale"):
        why = _("%(missing)s of %(total)s texts are not translated.") % {"missing": gap.missing, "total": gap.total}
        yield _item(gap.page, why)


def _lacking(locales: list[Any], *, everything: bool) -> str:
    if everything:
        return _("It is in no other language of the site.")
    names = ", ".join(sorted(language_name(locale.language_code) for locale in locales))
    return _("It is not in: %(languages)s.") % {"languages": names}


def broken_links(today: date) -> Iterator[Item]:
    """Addresses that lead nowhere, each on every page it stands on; then links to pages that are not public."""
    outcomes = LinkTarget.Outcome
    told = Q(outcome__in=[outcomes.GONE, outcomes.NOT_PUBLIC], failures__gte=TELL_AFTER)
    told |= Q(outcome=outcomes.UNTOLD, failures__gte=TELL_UNTOLD_AFTER)
    through = LinkTarget.pages.through.objects.filter(
        linktarget_id__in=LinkTarget.objects.filter(told).values("pk"), page__live=True
    )
    for place in through.select_related("linktarget", "page__locale").order_by("linktarget__url"):
        target = place.linktarget
        values = {"url": target.url, "seen": target.get_outcome_display()}
        why = _("%(url)s: %(seen)s.") % values
        yield _item(place.page, why, day=timezone.localdate(target.looked_at) if target.looked_at else None)
    yield from _hidden_pages()


def _hidden_pages() -> Iterator[Item]:
    """Links inside the site to pages that are gone or not live. The reference index knows them."""
    page_type = ContentType.objects.get_for_model(Page)
    target = Page.objects.filter(pk=OuterRef("target"))
    references = (
        ReferenceIndex.objects.filter(to_content_type=page_type, base_content_type=page_type)
        .annotate(
            target=Cast("to_object_id", IntegerField()),
            source=Cast("object_id", IntegerField()),
        )
        .filter(Exists(_own().filter(pk=OuterRef("source"))))
        .exclude(Exists(target.filter(live=True)))
    )
    names = dict(Page.objects.filter(pk__in=references.values("target")).values_list("pk", "title"))
    pages = {page.pk: page for page in _own().filter(pk__in=references.values("source"))}
    for source, to in dict.fromkeys(references.values_list("source", "target")):
        if to in names:
            why = _("It links to “%(title)s”, which is not public.") % {"title": names[to]}
        else:
            why = _("It links to a page that is gone.")
        yield _item(pages[source], why)


def _concrete(model: Any) -> Iterator[Any]:
    for child in model.__subclasses__():
        if not child._meta.abstract:
            yield child
        yield from _concrete(child)


SOURCES = (
    Source("stale", gettext_lazy("Not read for long"), stale),
    Source("links", gettext_lazy("Broken links"), broken_links),
    Source("alt", gettext_lazy("Pictures without a description"), without_words),
    Source("languages", gettext_lazy("Missing translations"), missing_languages),
)
