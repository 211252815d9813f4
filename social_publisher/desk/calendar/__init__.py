"""The calendar: what is planned by month, week and day, moving it, and the same as a feed."""
