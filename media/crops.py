"""How a picture will be cut, for the screen on which its focal point is set. Every cut is one that exists already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from media.renditions import KIT, SHAPES

if TYPE_CHECKING:
    from media.models.image import CampaignImage, Size

_KIT = {size.code: size for size in KIT}


@dataclass(frozen=True, slots=True)
class Cut:
    """One way in which a picture is cut: where it is used, how large it is at most, and the spec that makes it."""

    label: Any
    used: Any
    size: str
    spec: str


CUTS = (
    Cut(
        _("Wide"),
        _("Shared links, on every network"),
        "1200 × 630",
        _KIT["wide"].spec,
    ),
    Cut(_("Square"), _("Posts on Facebook and LinkedIn, albums on Telegram"), "1080 × 1080", _KIT["square"].spec),
    Cut(_("Upright"), _("Posts on Facebook and LinkedIn, read on telephones"), "1080 × 1350", _KIT["portrait"].spec),
    Cut(_("Full height"), _("Stories"), "1080 × 1920", _KIT["story"].spec),
    Cut(_("Top of a page"), _("This site"), "1280 × 720", SHAPES["hero"].webp[-1]),
    Cut(_("Portrait of a person"), _("This site"), "320 × 320", SHAPES["portrait"].webp[-1]),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A cut of one picture; `made` is None until it has been made."""

    cut: Cut
    made: Size | None
    is_small: bool


def crops(image: CampaignImage) -> list[Shown]:
    """Return every cut of a picture. No query, and nothing is made here."""
    return [_shown(image, cut) for cut in CUTS]


def _shown(image: CampaignImage, cut: Cut) -> Shown:
    made = image.size(cut.spec)
    width, height = (int(number) for number in cut.size.split(" × "))
    return Shown(cut, made, made is not None and (made.width < width or made.height < height))
