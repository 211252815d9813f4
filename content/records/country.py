from __future__ import annotations

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

# Babel has no Montenegrin; its country names are those of Serbian in Latin script.
BABEL_LOCALES = {"cnr": "sr_Latn_ME"}

# Where the CLDR's everyday name is not the one an international organisation uses.
OFFICIAL = {("en", "BA"): "Bosnia and Herzegovina"}


def babel_locale(language: str) -> Locale:
    """Return the CLDR's rules for a language of the site, else those of English."""
    try:
        return Locale.parse(BABEL_LOCALES.get(language, language.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


@lru_cache(maxsize=4096)
def country_name(code: str, language: str) -> str:
    """Return a country's name in a language, else in English, else its code."""
    if official := OFFICIAL.get((language, code)):
        return official
    for locale in (babel_locale(language), Locale.parse("en")):
        if name := locale.territories.get(code):
            return str(name)
    return code


class Country(models.Model):
    """A country by its ISO 3166-1 code; memberships are data, names come from the Unicode CLDR in any language."""

    code = models.CharField(_("ISO code"), max_length=2, unique=True, help_text=_("Two letters, ISO 3166-1."))
    selec_member = models.BooleanField(_("SELEC member state"), default=False)
    eu_member = models.BooleanField(_("EU member state"), default=False)

    class Meta:
        ordering = ["code"]
        verbose_name = _("country")
        verbose_name_plural = _("countries")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The country's name in the active language, else in English, else its code."""
        return country_name(self.code, get_language() or "en")
