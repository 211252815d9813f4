"""Stand-ins for pictures, documents and pages in the chooser's previews, so that none is broken or invented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.templatetags.static import static


@dataclass(frozen=True, slots=True)
class SampleImage:
    """A picture that is drawn for the preview."""

    name: str = "landscape"
    credit: str = ""
    is_sample: bool = True

    @property
    def url(self) -> str:
        """Where the drawing is."""
        return static(f"content/samples/{self.name}.svg")


@dataclass(frozen=True, slots=True)
class SampleVideo:
    """A video that is only a drawing of one."""

    width: int = 1280
    height: int = 720
    is_sample: bool = True


@dataclass(frozen=True, slots=True)
class SampleDocument:
    """A document that leads nowhere."""

    title: str = "Title of the document"
    url: str = "#"
    file_extension: str = "pdf"
    file_size: int = 1_250_000


@dataclass(frozen=True, slots=True)
class SamplePage:
    """A page that leads nowhere."""

    title: str = "Title of a page"
    url: str = "#"
    is_sample: bool = True


@dataclass(frozen=True, slots=True)
class SamplePartner:
    """An organisation without a name."""

    name: str = "Name of an organisation"
    short_name: str = ""
    country: Any = None
    website: str = ""


LANDSCAPE, ROUTE, PERSON = SampleImage("landscape"), SampleImage("route"), SampleImage("person")
