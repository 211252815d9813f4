"""Measurements. Nothing here is asserted by the tests; each run measures its machine's floor too."""
