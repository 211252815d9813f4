"""How who pays must be seen: plain rules on plain data. See `rules`."""

from __future__ import annotations

from content.visibility.rules import EMBLEM, Funding, Logo, Notice, Statement, fitted, notice_for

__all__ = ["EMBLEM", "Funding", "Logo", "Notice", "Statement", "fitted", "notice_for"]
