"""Names of languages: in the reader's own language, and each by its own name."""

from __future__ import annotations

from functools import cache

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import get_language, gettext

from content.records.country import BABEL_LOCALES

# Languages that a service of the region may answer in: the site's own and those often asked for beside them.
SPOKEN = (
    "sq", "bs", "bg", "cnr", "hr", "el", "hu", "mk", "ro", "sr", "tr", "en",
    "ar", "cs", "de", "es", "fa", "fr", "it", "pl", "pt", "rom", "ru", "sk", "sl", "uk",
)  # fmt: skip


def language_name(code: str) -> str:
    """Return the language's name in the active language, else in English, else its code."""
    if code == "cnr":  # the CLDR has no name for it
        return gettext("Montenegrin")
    active = get_language() or "en"
    for candidate in (BABEL_LOCALES.get(active, active.replace("-", "_")), "en"):
        try:
            name = Locale.parse(candidate).languages.get(code)
        except (UnknownLocaleError, ValueError):
            continue
        if name:
            return str(name)
    return code


@cache
def language_names() -> dict[str, str]:
    """Languages a document may be in, each by its own name: those of the site first, then every other by its code."""
    site = [code for code, _name in settings.LANGUAGES]
    others = sorted(code for code, info in LANG_INFO.items() if "name_local" in info and "-" not in code)
    return {code: str(LANG_INFO[code]["name_local"]) for code in dict.fromkeys([*site, *others])}


def document_languages() -> list[tuple[str, str]]:
    """The same as choices."""
    return list(language_names().items())
