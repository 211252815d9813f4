from __future__ import annotations


class StartError(Exception):
    """The product cannot start here; the message is one sentence that says why and what to do."""


class StoppedError(Exception):
    """Somebody stopped the product while it started."""
