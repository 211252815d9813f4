"""Atom and JSON feeds: per section and campaign, in every language."""
