"""A password is judged by how many guesses it takes, not by the kinds of its characters."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn import zxcvbn

from content.records import Campaign, Project

# What anybody would try first here. Names of projects and campaigns are added.
OWN_WORDS = ("selec", "campaign", "campaigns", "smuggling", "police", "wagtail", "bucharest")
# Guesses that it takes, at the least: as it was typed, and without what stands between its words.
LEAST, LEAST_JOINED = 10**10, 10**9
# It reads so many characters and no more.
LONGEST = 72
BETWEEN = re.compile(r"[\W_]+")


class GuessesValidator:
    """Refuses what is in lists of leaked passwords, common words, names and patterns, or is put together from them."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError."""
        words, joined = _close_to(user), BETWEEN.sub("", password)
        # Dashes and dots between words that anybody would try make them hardly harder to guess.
        if _guesses(password, words) < LEAST or _guesses(joined, words) < LEAST_JOINED:
            raise ValidationError(
                _("This password is too easy to guess. Put several words together that do not belong together."),
                code="password_too_guessable",
            )

    def get_help_text(self) -> str:
        """What to do."""
        return _("Several words that do not belong together are easy to keep and hard to guess.")


def _guesses(text: str, words: list[str]) -> int:
    return int(zxcvbn(text[:LONGEST], user_inputs=words)["guesses"]) if text else 0


def _close_to(user: Any) -> list[str]:
    """Words that belong to this installation or this person."""
    projects = [text for row in Project.objects.values_list("acronym", "name") for text in row]
    campaigns = [text for row in Campaign.objects.values_list("code", "name") for text in row]
    own = [getattr(user, name, "") for name in ("username", "first_name", "last_name", "email")]
    words = {word for text in (*projects, *campaigns, *own) for word in str(text or "").lower().split()}
    return [*OWN_WORDS, *sorted(words)]
