from __future__ import annotations


class PlanningError(Exception):
    """What was planned cannot be done now. The message is for staff: why, and what to do."""
