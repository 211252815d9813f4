"""A faster AVIF: the encoder's own default takes ten times as long for a fifth less bytes."""

from __future__ import annotations

from typing import IO, Any

from wagtail.images.image_operations import FilterOperation
from willow.image import AvifImageFile
from willow.plugins.pillow import PillowImage


class SwiftImage(PillowImage):
    """A picture that is written as AVIF at a given speed, 0 (slow) to 10."""

    speed = 6

    def save_as_avif(self, f: IO[bytes], quality: int = 80, lossless: bool = False, **options: Any) -> AvifImageFile:
        """Write the picture with its colour profile."""
        if self.image.mode == "CMYK":
            return super().save_as_avif(f, quality=quality, lossless=lossless, **options)
        profile = self.get_icc_profile()
        extra = {"icc_profile": profile} if profile is not None else {}
        self.image.save(f, "AVIF", quality=100 if lossless else quality, speed=self.speed, **extra)
        return AvifImageFile(f)


class AvifSpeedOperation(FilterOperation):
    """The spec `avifspeed-8`: how much the encoder hurries."""

    def construct(self, speed: str) -> None:
        """Keep the speed. Raises ValueError where it is none."""
        self.speed = int(speed)
        if not 0 <= self.speed <= 10:
            raise ValueError(f"avifspeed goes from 0 to 10, not {speed}")

    def run(self, willow: Any, image: Any, env: dict[str, Any]) -> SwiftImage | None:
        """Hand on the same picture, with the speed."""
        if not isinstance(willow, PillowImage):
            return None
        swift = SwiftImage(willow.image)
        swift.speed = self.speed
        return swift
