"""How long what people write may be, in characters. Networks and checks say what is too long for readers."""

from __future__ import annotations

# Above what any network takes: Facebook's 63,206 are the most.
LONGEST_TEXT = 70_000
# What somebody says of a decision.
LONGEST_COMMENT = 2_000
# A list of a line each.
LONGEST_LIST = 10_000
