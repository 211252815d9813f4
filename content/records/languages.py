from __future__ import annotations

from functools import cache

from django.conf import settings
from django.conf.locale import LANG_INFO


@cache
def language_names() -> dict[str, str]:
    """Languages a document may be in, each by its own name: those of the site first, then every other by its code."""
    site = [code for code, _name in settings.LANGUAGES]
    others = sorted(code for code, info in LANG_INFO.items() if "name_local" in info and "-" not in code)
    return {code: str(LANG_INFO[code]["name_local"]) for code in dict.fromkeys([*site, *others])}


def document_languages() -> list[tuple[str, str]]:
    """The same as choices."""
    return list(language_names().items())
