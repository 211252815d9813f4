"""How a publication is cited: as a line to copy, and as files for reference managers. Plain functions on plain data."""
