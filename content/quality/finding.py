from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that shuts somebody out: what it is, and what to do about it. Both are whole sentences."""

    code: str
    reason: Any
    fix: Any

    @property
    def message(self) -> str:
        """Reason and fix, as an editor reads them."""
        return f"{self.reason} {self.fix}"


def refuse(findings: Iterable[Finding]) -> ValidationError | None:
    """Return the findings as one error for a form; nothing where there are none."""
    errors = [ValidationError(finding.message, code=finding.code) for finding in findings]
    return ValidationError(errors) if errors else None
