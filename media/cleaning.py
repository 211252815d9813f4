"""Takes position, camera and editing data out of pictures before they are stored."""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePath
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from media.refused import noting_refusals

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
ENDINGS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "avif": "AVIF", "gif": "GIF"}
MAX_PIXELS = 60_000_000
SAVE_OPTIONS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 92, "subsampling": "4:4:4", "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 92, "method": 4},
    "AVIF": {"quality": 85},
}


class CleanFile(ContentFile):
    """A picture that has been cleaned already, so that nobody does it twice."""


@noting_refusals
def clean_image(source: IO[bytes], name: str | None = None) -> CleanFile:
    """Return the picture alone: upright, with its colour profile, without EXIF, GPS, XMP, comments or thumbnails.

    Animated pictures are re-encoded frame by frame. Raises ValidationError for anything that is not one of FORMATS,
    is broken, has another format than `name` says, or has more than MAX_PIXELS pixels, all frames counted.
    """
    for known in (source, getattr(source, "file", None)):
        if isinstance(known, CleanFile):
            return known
    source.seek(0)
    try:
        with Image.open(source, formats=FORMATS) as opened:
            if opened.width * opened.height * getattr(opened, "n_frames", 1) > MAX_PIXELS:
                raise ValidationError(_("This picture is too large. Make it smaller than 60 megapixels and try again."))
            format_name = opened.format or "PNG"
            _require_own_name(name, format_name)
            data = _animation(opened) if getattr(opened, "is_animated", False) else _still(opened, format_name)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(
            _("This file is not a readable picture. Save it again as JPEG, PNG, WebP, AVIF or GIF and upload that.")
        ) from error
    return CleanFile(data, name=name or getattr(source, "name", None))


def _require_own_name(name: str | None, format_name: str) -> None:
    """A picture that calls itself something else is disguised, or was renamed by mistake."""
    ending = PurePath(name).suffix.lower().lstrip(".") if name else ""
    if name and ENDINGS.get(ending) != format_name:
        raise ValidationError(
            _("This picture is %(format)s, but its name ends in “%(ending)s”. Give it the right ending and try again.")
            % {"format": format_name, "ending": ending}
        )


def _still(opened: Image.Image, format_name: str) -> bytes:
    target = BytesIO()
    upright = ImageOps.exif_transpose(opened)
    profile = opened.info.get("icc_profile")
    bare = Image.new(upright.mode, upright.size)
    if upright.mode == "P" and (palette := upright.getpalette()) is not None:
        bare.putpalette(palette)
    bare.paste(upright)
    options = dict(SAVE_OPTIONS.get(format_name, {}))
    if profile and _is_profile(profile):
        options["icc_profile"] = profile
    if upright.mode == "P" and "transparency" in opened.info:
        options["transparency"] = opened.info["transparency"]
    bare.save(target, format=format_name, **options)
    return target.getvalue()


def _is_profile(data: bytes) -> bool:
    """Whether colours can be read by it: anything could call itself one."""
    try:
        ImageCms.ImageCmsProfile(BytesIO(data))
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return False
    return True


def _animation(opened: Image.Image) -> bytes:
    target = BytesIO()
    opened.info.pop("comment", None)
    opened.save(target, format=opened.format, save_all=True, exif=b"", xmp=b"")
    return target.getvalue()
