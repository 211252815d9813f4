"""How many queries an address takes."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def queries(path: str, client: Client | None = None) -> int:
    """The queries of an address whose content has not changed since it was read last, as anybody or as a person."""
    client = client or Client()
    assert client.get(path).status_code == 200, path
    counts = []
    # Twice: what is remembered for a minute may have been forgotten between two requests.
    for _time in range(2):
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        counts.append(len(captured))
    return min(counts)
