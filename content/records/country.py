from __future__ import annotations

from babel import Locale, UnknownLocaleError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

# Babel has no Montenegrin; its country names are those of Serbian in Latin script.
BABEL_LOCALES = {"cnr": "sr_Latn_ME"}

# Where the CLDR's everyday name is not the one an international organisation uses.
OFFICIAL = {("en", "BA"): "Bosnia and Herzegovina"}


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
        language = get_language() or "en"
        if official := OFFICIAL.get((language, self.code)):
            return official
        for candidate in (BABEL_LOCALES.get(language, language.replace("-", "_")), "en"):
            try:
                name = Locale.parse(candidate).territories.get(self.code)
            except (UnknownLocaleError, ValueError):
                continue
            if name:
                return str(name)
        return self.code
