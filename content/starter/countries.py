"""Countries by ISO 3166-1 code, with their memberships."""

from __future__ import annotations

SELEC = ("AL", "BA", "BG", "GR", "HU", "MD", "ME", "MK", "RO", "RS", "TR")
EU = (
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
    "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
)  # fmt: skip
SELEC_OUTSIDE_EU = tuple(code for code in SELEC if code not in EU)
