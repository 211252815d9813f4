from __future__ import annotations

from dataclasses import dataclass
from datetime import date

# The words of a reference are those of its style, in every language.
KINDS = {
    "report": "Report",
    "study": "Research report",
    "guidelines": "Guidelines",
    "training": "Training material",
    "leaflet": "Leaflet",
    "presentation": "Presentation slides",
    "other": "",
}


@dataclass(frozen=True, slots=True)
class Reference:
    """What a citation is made of. A person among the creators is "Family, Given"; an organisation has no comma."""

    key: str
    title: str
    url: str
    kind: str = "other"
    creators: tuple[str, ...] = ()
    published_on: date | None = None
    publisher: str = ""
    version: str = ""
    language: str = ""
    series: str = ""
    number: int | None = None
    doi: str = ""
    isbn: str = ""
    pages: int | None = None

    @property
    def address(self) -> str:
        """The lasting address: the DOI's if there is one."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url


@dataclass(frozen=True, slots=True)
class Line:
    """A citation in the manner of APA, whose title stands in italics between the two other parts."""

    before: str
    title: str
    after: str

    def __str__(self) -> str:
        return f"{self.before} {self.title}{self.after}"


def cite(reference: Reference) -> Line:
    """Return the line to copy. A work without a date says so, one without creators is its publisher's."""
    creators = [_initials(name) for name in reference.creators] or [reference.publisher or reference.title]
    year = reference.published_on.year if reference.published_on else "n.d."
    notes = [f"Version {reference.version}"] if reference.version else []
    if reference.series and reference.number:
        notes.append(f"{reference.series} No. {reference.number}")
    after = f" ({'; '.join(notes)})" if notes else ""
    if kind := KINDS.get(reference.kind, ""):
        after += f" [{kind}]"
    after += "."
    if reference.publisher and [reference.publisher] != creators:
        after += f" {reference.publisher}."
    return Line(f"{_joined(creators)} ({year}).", reference.title, f"{after} {reference.address}")


def _initials(name: str) -> str:
    """Ion, Ana Maria becomes Ion, A. M."""
    family, comma, given = (part.strip() for part in name.partition(","))
    if not comma or not given:
        return family
    return f"{family}, {' '.join(f'{word[0]}.' for word in given.split())}"


def _joined(names: list[str]) -> str:
    named = ", & ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
    return named if named.endswith(".") else f"{named}."
