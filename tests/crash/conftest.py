from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.product import Product, running_product


@pytest.fixture(autouse=True)
def own_media_folder() -> None:
    """The product under test has its own folder."""


@pytest.fixture(scope="session")
def product() -> Iterator[Product]:
    """One for all crash tests: each leaves it running. A silent process is believed for three seconds."""
    with running_product(DELIVERY_LEASE="3") as running:
        yield running
