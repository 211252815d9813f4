"""The tests mirror the tree: unit (no database), integration (real PostgreSQL), contract, browser, crash."""
