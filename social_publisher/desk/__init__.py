"""The editors' screens inside the Wagtail admin."""
