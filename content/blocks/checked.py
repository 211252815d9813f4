from __future__ import annotations

from typing import Any

from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from content.quality import Finding, refuse

Findings = dict[str, list[Finding]]


class CheckedBlock(blocks.StructBlock):
    """A block that says what would shut a reader out of it. It asks when it is to be published, not in a draft."""

    def findings(self, value: Any) -> Findings:
        """Return what is wrong, by field. Subclasses say what."""
        return {}

    def clean(self, value: Any) -> Any:
        """Refuse what the findings name, each at its field."""
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        errors = {name: error for name, found in self.findings(cleaned).items() if (error := refuse(found))}
        if errors:
            raise StructBlockValidationError(errors)
        return cleaned
