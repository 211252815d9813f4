"""JSON-LD with the words of schema.org: what search engines and assistants read on a page."""
