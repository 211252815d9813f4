"""The site's search: its own index, filled after publishing, and the page that reads it."""

from __future__ import annotations


def prepare_search() -> None:
    """Fill what is missing of the index before the site opens; with many pages the clock does the rest."""
    from content.search.index import index_waiting, reconcile
    from content.search.words import count_words

    index_waiting()
    reconcile()
    count_words()
