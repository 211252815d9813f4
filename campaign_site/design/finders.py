"""Joins the component stylesheets into one file, so that a page asks for one; no build step, no Node."""

from __future__ import annotations

import gzip
import re
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

SOURCES = Path(__file__).resolve().parent
NAME = "campaign_site/site.css"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def sources() -> list[Path]:
    """Return the stylesheets in order: tokens, base and layout, the components, then print."""
    numbered = sorted(SOURCES.glob("*.css"))
    components = sorted((SOURCES / "components").glob("*.css"))
    return [
        *(path for path in numbered if path.name < "50"),
        *components,
        *(path for path in numbered if path.name >= "50"),
    ]


def stylesheet() -> str:
    """Return all stylesheets as one, without comments and indentation."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources())
    lines = (line.strip() for line in COMMENT.sub("", text).splitlines())
    return "\n".join(line for line in lines if line) + "\n"


class DesignFinder(BaseFinder):
    """Finds `campaign_site/site.css`, made from its parts whenever one is newer."""

    _lock = threading.Lock()

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.folder = Path(settings.VAR) / "build"
        self.storage = FileSystemStorage(self.folder)

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Return where the joined file is, for its own name; nothing for any other."""
        if path != NAME:
            return []
        location = str(self._build())
        return [location] if find_all else location

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, FileSystemStorage]]:
        """Yield the joined file for `collectstatic`."""
        self._build()
        yield NAME, self.storage

    def _build(self) -> Path:
        target = self.folder / NAME
        newest = max(path.stat().st_mtime for path in sources())
        with self._lock:
            if not target.exists() or target.stat().st_mtime < newest:
                target.parent.mkdir(parents=True, exist_ok=True)
                data = stylesheet().encode()
                _replace(target, data)
                # WhiteNoise hands it to browsers that take it.
                _replace(target.with_name(target.name + ".gz"), gzip.compress(data, mtime=0))
        return target


def _replace(target: Path, data: bytes) -> None:
    partial = target.with_name(target.name + ".partial")
    partial.write_bytes(data)
    partial.replace(target)
