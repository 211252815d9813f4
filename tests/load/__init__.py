"""A rush on this machine alone: readers, clicks, editors, and a launch whose posts are all due at one moment."""
