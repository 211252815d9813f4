"""How far an indicator is. Nothing reported is nothing drawn: unknown is not zero."""

from __future__ import annotations


def share_reached(baseline: int | None, target: int | None, actual: int | None) -> int | None:
    """Return the whole percents of the way from the baseline to the target, or None where that cannot be said.

    It may be above 100. A value below the baseline counts as none of the way.
    """
    if target is None or actual is None:
        return None
    start = baseline or 0
    if target == start:
        return 100 if actual >= target else 0
    return max(0, (actual - start) * 100 // (target - start))
