"""The languages of the site: those of SELEC's member states, English first."""

from __future__ import annotations

from typing import Any

from django.conf import locale
from django.utils.translation import gettext_lazy

# Django and Babel know no Montenegrin (cnr, ISO 639-2); every other language is in Django's own table.
CNR: dict[str, Any] = {
    "bidi": False,
    "code": "cnr",
    "name": "Montenegrin",
    "name_local": "crnogorski",
    "fallback": ["sr-latn"],
}
locale.LANG_INFO.setdefault("cnr", CNR)

CODES = ("en", "sq", "bs", "hr", "sr", "cnr", "bg", "el", "hu", "ro", "mk", "tr")

LANGUAGES: list[tuple[str, Any]] = [(code, gettext_lazy(str(locale.LANG_INFO[code]["name"]))) for code in CODES]
