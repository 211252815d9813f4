"""A read-only JSON API of campaigns, projects, news and events, on Wagtail's API v2."""
