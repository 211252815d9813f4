"""When: one precise timer for deliveries, and interval jobs on the one clock that leads."""
