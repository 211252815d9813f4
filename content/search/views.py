from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from content.search.asking import LONGEST_QUERY, Asked, understand
from content.search.filters import chosen_filters
from content.search.find import MOST_RANKED, PAGE_SIZE
from content.search.results import Results, search
from content.search.tally import count_search, worth_counting


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """The search page: an empty form, or the answer to what was asked. Sets no cookie and needs no script."""
    asked = understand(request.GET.get("q", ""))
    context = {"asked": asked, "longest": LONGEST_QUERY, "answer": None}
    if asked.terms:
        language = get_language() or settings.LANGUAGE_CODE
        filters, number = chosen_filters(request.GET.dict()), _number(request.GET.get("page", ""))
        context["answer"] = answer = search(asked, language, filters, number, request)
        if number == 1 and not filters:
            _count(request, asked, language, answer)
    return render(request, "content/pages/search.html", context)


def _number(given: str) -> int:
    number = int(given[:6]) if given.isascii() and given.isdigit() else 1
    return min(max(number, 1), MOST_RANKED // PAGE_SIZE)


def _count(request: HttpRequest, asked: Asked, language: str, answer: Results) -> None:
    if request.method == "GET" and worth_counting(asked, request.headers.get("User-Agent", "")):
        count_search(asked, language, missed=answer.missed)
