"""What the tools must know of each language: its plural forms, its script, and the CLDR's name for it."""

from __future__ import annotations

from dataclasses import dataclass

_TWO = "(n != 1)"
_SLAVIC = "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2)"
_ROMANIAN = "(n==1 ? 0 : (n==0 || (n%100>0 && n%100<20)) ? 1 : 2)"
_MACEDONIAN = "(n%10==1 && n%100!=11 ? 0 : 1)"


@dataclass(frozen=True)
class Tongue:
    """One language. `examples` name the numbers that each plural form is for, in the order of the .po file."""

    code: str
    cldr: str
    script: str
    plural: str
    examples: tuple[str, ...]

    @property
    def forms(self) -> int:
        """How many plural forms a counted text has."""
        return len(self.examples)


_SLAVIC_EXAMPLES = ("1, 21, 31", "2, 3, 4, 22", "0, 5, 11, 25")

# Serbian is written in Cyrillic here, Bosnian and Montenegrin in Latin script. The check holds each text to it.
TONGUES = {
    tongue.code: tongue
    for tongue in (
        Tongue("sq", "sq", "Latin", _TWO, ("1", "0, 2, 3")),
        Tongue("bs", "bs_Latn", "Latin", _SLAVIC, _SLAVIC_EXAMPLES),
        Tongue("hr", "hr", "Latin", _SLAVIC, _SLAVIC_EXAMPLES),
        Tongue("sr", "sr_Cyrl", "Cyrillic", _SLAVIC, _SLAVIC_EXAMPLES),
        Tongue("cnr", "sr_Latn_ME", "Latin", _SLAVIC, _SLAVIC_EXAMPLES),
        Tongue("bg", "bg", "Cyrillic", _TWO, ("1", "0, 2, 3")),
        Tongue("el", "el", "Greek", _TWO, ("1", "0, 2, 3")),
        Tongue("hu", "hu", "Latin", _TWO, ("1", "0, 2, 3")),
        Tongue("ro", "ro", "Latin", _ROMANIAN, ("1", "0, 2, 19, 101", "20, 21, 100")),
        Tongue("mk", "mk", "Cyrillic", _MACEDONIAN, ("1, 21, 31", "0, 2, 11")),
        Tongue("tr", "tr", "Latin", "(n > 1)", ("0, 1", "2, 3")),
    )
}
