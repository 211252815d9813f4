"""Says the language of passages that are still in the original's, for those who hear them (WCAG 2.2, 3.1.2)."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from bs4 import BeautifulSoup, Tag
from django.template.response import SimpleTemplateResponse, TemplateResponse

KEPT = 64


def say_languages(response: TemplateResponse) -> TemplateResponse:
    """Have a page's answer marked once it is rendered, if its translation has gaps. Its context has the navigation."""
    navigation = (response.context_data or {}).get("navigation")
    language, texts = navigation.untranslated if navigation is not None else ("", [])
    if texts:
        response.add_post_render_callback(lambda rendered: _say(rendered, language, texts))
    return response


def _say(response: SimpleTemplateResponse, language: str, texts: Collection[str]) -> None:
    response.content = mark_passages(response.content.decode(), texts, language)


def plain(text: str) -> str:
    """The words of a text, formatted or not, in one line."""
    if "<" in text or "&" in text:
        text = BeautifulSoup(text, "html.parser").get_text()
    return " ".join(text.split())


def mark_passages(html: str, texts: Collection[str], language: str) -> str:
    """Give `lang` to what in a page's main part says exactly one of the texts (plain ones), outermost elements first.
    A text in an attribute is a picture's description. Everything else stays as it is."""
    return _marked(html, frozenset(filter(None, texts)), language)


@lru_cache(maxsize=KEPT)
def _marked(html: str, texts: frozenset[str], language: str) -> str:
    main = BeautifulSoup(html, "html.parser").find("main")
    if not texts or not isinstance(main, Tag):
        return html
    starts = [0, *(place + 1 for place, letter in enumerate(html) if letter == "\n")]
    marked: dict[int, Tag] = {}
    for element in main.find_all(True):
        inside = any(id(parent) in marked for parent in element.parents)
        if not inside and not element.get("lang") and _says_one(element, texts):
            marked[id(element)] = element
    # Written into the page as it is, from its end to its beginning, so that nothing else of it changes.
    for element in reversed(marked.values()):
        place = starts[(element.sourceline or 1) - 1] + (element.sourcepos or 0) + len("<") + len(element.name)
        html = f'{html[:place]} lang="{language}"{html[place:]}'
    return html


def _says_one(element: Tag, texts: frozenset[str]) -> bool:
    if element.name == "img":
        return plain(str(element.get("alt") or "")) in texts
    return " ".join(element.get_text().split()) in texts
