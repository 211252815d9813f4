"""Publishing at a set time, so that what goes wrong with one page stops no other."""

from __future__ import annotations
