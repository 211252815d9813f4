"""The map of Europe and its neighbours, as outlines by country."""
