"""What an import would do, row by row. It holds the rules; nothing is stored here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from campaign_site.machine.redirects.table import LONGEST, Row, is_outside, old_path


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Target:
    """Where an address leads: a page of ours by its number, or an outside address."""

    page_id: int | None = None
    link: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """A row with its outcome; a refused one says why and what to do."""

    row: Row
    outcome: Outcome
    old: str = ""
    target: Target = Target()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """All rows in the file's order."""

    rows: list[Planned]

    @property
    def can_be_stored(self) -> bool:
        """All or nothing: one refused row refuses the file."""
        return bool(self.rows) and not self.count(Outcome.REFUSED)

    def count(self, outcome: Outcome) -> int:
        """How many rows have this outcome."""
        return sum(row.outcome is outcome for row in self.rows)

    @property
    def stored(self) -> list[Planned]:
        """The rows that change something."""
        return [row for row in self.rows if row.outcome in (Outcome.NEW, Outcome.CHANGED)]


@dataclass(frozen=True, slots=True)
class Site:
    """What the site has already: pages by the path they are at, redirects by theirs, and its own host names."""

    pages: Mapping[str, int]
    redirects: Mapping[str, Target]
    hosts: frozenset[str] = frozenset()


class _RefusedError(ValueError):
    pass


def plan(rows: Sequence[Row], site: Site) -> Plan:
    """Check every row against the file and the site."""
    olds = _olds(rows)
    first: dict[str, int] = {}
    planned = []
    for row in rows:
        try:
            planned.append(_planned(row, olds, first, site))
        except _RefusedError as error:
            planned.append(Planned(row, Outcome.REFUSED, reason=str(error)))
    return Plan(planned)


def _olds(rows: Sequence[Row]) -> frozenset[str]:
    found = set()
    for row in rows:
        try:
            found.add(old_path(row.old))
        except ValueError:
            continue
    return frozenset(found)


def _planned(row: Row, olds: frozenset[str], first: dict[str, int], site: Site) -> Planned:
    old = _old(row, site)
    if old in first:
        raise _RefusedError(
            _("The same old address stands in line %(line)s. Keep one of the two.") % {"line": first[old]}
        )
    first[old] = row.line
    target = _target(row, old, olds, site)
    there = site.redirects.get(old)
    if there is None:
        return Planned(row, Outcome.NEW, old, target)
    return Planned(row, Outcome.SAME if there == target else Outcome.CHANGED, old, target)


def _old(row: Row, site: Site) -> str:
    if not row.old:
        raise _RefusedError(_("The old address is missing."))
    try:
        old = old_path(row.old)
    except ValueError as error:
        raise _RefusedError(_("The old address cannot be read. Write its path, such as /project-fait.")) from error
    if old == "/":
        raise _RefusedError(_("The home page cannot lead elsewhere. Remove this row."))
    if len(old) > LONGEST:
        raise _RefusedError(_("The old address is longer than 255 characters. Remove this row."))
    if old in site.pages:
        raise _RefusedError(_("A page of this site is at the old address, so nobody would be led on. Remove this row."))
    return old


def _target(row: Row, old: str, olds: frozenset[str], site: Site) -> Target:
    if not row.new:
        raise _RefusedError(_("The new address is missing."))
    try:
        return _outside(row, site) or _inside(row, old, olds, site)
    except _RefusedError:
        raise
    except ValueError as error:
        raise _RefusedError(_("The new address cannot be read. Write its path, such as /projects/fait/.")) from error


def _outside(row: Row, site: Site) -> Target | None:
    if not is_outside(row.new):
        return None
    parts = urlsplit(row.new)
    if parts.hostname in site.hosts:
        return None
    if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc:
        raise _RefusedError(_("An outside address must begin with https://."))
    if len(row.new) > LONGEST:
        raise _RefusedError(_("The new address is longer than 255 characters. Choose another page."))
    return Target(link=row.new)


def _inside(row: Row, old: str, olds: frozenset[str], site: Site) -> Target:
    new = old_path(row.new)
    if new == old:
        raise _RefusedError(_("The old and the new address are the same: readers would go in a circle."))
    if new in olds or new in site.redirects:
        raise _RefusedError(_("The new address leads on to another one itself. Write the last address of the chain."))
    page_id = site.pages.get(new.split("?", 1)[0])
    if page_id is None:
        raise _RefusedError(_("There is no public page at the new address. Publish it first, or choose another."))
    return Target(page_id=page_id)
