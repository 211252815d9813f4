"""Names of languages in the reader's own language."""

from __future__ import annotations

from babel import Locale, UnknownLocaleError
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
