from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

FOLDERS = {"browser": "browser", "crash": "crash"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by folder; tests of one running product stay on one worker."""
    for item in items:
        for folder, mark in FOLDERS.items():
            if folder in item.path.parts:
                item.add_marker(getattr(pytest.mark, mark))
                item.add_marker(pytest.mark.xdist_group(mark))


@pytest.fixture(autouse=True)
def own_media_folder(settings: Any, tmp_path: Path) -> None:
    """Uploads of a test stay with the test."""
    settings.MEDIA_ROOT = tmp_path / "media"
