"""Time as events know it: zones, moments on a clock at a place, and calendar files. Plain functions on plain data."""
