"""What came back, as staff see it: a campaign at a glance, its last hours as they happen, and campaigns compared."""
