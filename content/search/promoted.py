"""Pages that staff want first for certain words, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Page

from content.search.asking import Asked
from content.search.folding import plain

MOST = 3


@dataclass(frozen=True)
class Promoted:
    """One promoted result; `outside` is a link to another site."""

    title: str
    url: str
    description: str
    outside: bool = False


def promoted_for(asked: Asked, language: str, request: HttpRequest) -> list[Promoted]:
    """What staff promote for these words, however they are accented. One query as long as nothing is."""
    wanted = plain(asked.text, language)
    queries = Query.objects.filter(editors_picks__isnull=False).values_list("pk", "query_string").distinct()
    matching = [pk for pk, words in queries if plain(words, language) == wanted]
    if not wanted or not matching:
        return []
    picks = list(SearchPromotion.objects.filter(query__in=matching).select_related("page")[:20])
    keys = [pick.page.translation_key for pick in picks if pick.page]
    pages = {
        page.translation_key: page
        for page in Page.objects.live()
        .public()
        .filter(translation_key__in=keys, locale__language_code=language, alias_of=None)
        .select_related("locale")
    }
    shown = (_promoted(pick, pages, request) for pick in picks)
    return [each for each in shown if each and each.url][:MOST]


def _promoted(pick: SearchPromotion, pages: dict[object, Page], request: HttpRequest) -> Promoted | None:
    if not pick.page:
        return Promoted(
            pick.external_link_text or pick.external_link_url, pick.external_link_url, pick.description, True
        )
    page = pages.get(pick.page.translation_key)
    if page is None:
        return None
    description = pick.description if page.pk == pick.page_id else page.search_description
    return Promoted(page.title, page.get_url(request) or "", description)
