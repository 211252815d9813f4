from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from content.quality.finding import Finding
from content.quality.words import EMPTY_ALTS, plain

_FILE_NAME = re.compile(
    r"\.(?:avif|gif|jpe?g|png|svg|tiff?|webp|heic|bmp)\s*$"
    r"|^(?:img|dsc|dscn|dscf|pxl|image|photo|picture|screenshot|scan|mvimg|wa|p)?[-_ ]?\d[\d_ -]{2,}$"
    r"|^\w+(?:_\w+)+$|^(?=.*\d)[\w]+(?:-[\w]+){2,}$",
    re.IGNORECASE,
)


def alt_findings(text: str, *, decorative: bool = False, caption: str = "") -> list[Finding]:
    """Say what is wrong with a picture's description."""
    words = text.strip()
    if decorative:
        return []
    if not words:
        return [Finding("alt-missing", _("This picture has no description."), _FIX_MISSING)]
    if _FILE_NAME.search(words):
        return [
            Finding(
                "alt-file-name",
                _("The description “%(text)s” is a file name.") % {"text": words},
                _("Write what the picture shows, as you would tell somebody on the telephone."),
            )
        ]
    if plain(words) in EMPTY_ALTS:
        return [
            Finding(
                "alt-says-nothing",
                _("The description “%(text)s” does not say what is to be seen.") % {"text": words},
                _("Write what the picture shows."),
            )
        ]
    if caption and plain(words) == plain(caption):
        return [
            Finding(
                "alt-repeats-caption",
                _("The description repeats the caption, so it is heard twice."),
                _("Write what the picture shows and the caption does not say."),
            )
        ]
    return []


_FIX_MISSING = _("Describe the picture, or mark it as decoration.")
