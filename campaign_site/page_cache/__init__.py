"""Whole pages for anonymous readers, answered before Django: decision 57."""
