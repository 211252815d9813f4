"""Brings the old site's addresses along: a table of old and new ones, checked whole before anything is stored."""
