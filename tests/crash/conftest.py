from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def own_media_folder() -> None:
    """The product under test has its own folder."""
