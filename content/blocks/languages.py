from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language_info


def language_choices() -> list[tuple[str, str]]:
    """The site's languages, each by its own name."""
    return [(code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES]


def endonym(code: str) -> str:
    """A language by its own name; nothing for none."""
    return dict(language_choices()).get(code, "")
