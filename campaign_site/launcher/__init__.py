"""Starts the whole product on one machine: the embedded database, the site and the clock, with one log."""
