"""Connecting accounts, keeping their permissions fresh, and telling staff when one is gone."""
