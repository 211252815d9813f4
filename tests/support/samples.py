"""Small real files for tests."""

from __future__ import annotations

import hashlib
import random
from fractions import Fraction
from functools import cache
from io import BytesIO

import av
import pikepdf
from PIL import Image

from social_publisher.messages.render import Attachment


@cache
def jpeg(color: str = "navy", size: tuple[int, int] = (64, 48)) -> bytes:
    """A picture."""
    target = BytesIO()
    Image.new("RGB", size, color).save(target, format="JPEG")
    return target.getvalue()


@cache
def pdf(size: int = 0) -> bytes:
    """A document of one empty page; with a size, of exactly so many bytes."""

    def written(filling: int) -> bytes:
        target = BytesIO()
        with pikepdf.new() as file:
            file.add_blank_page()
            if filling:
                file.pages[0].Contents = file.make_stream(b" " * filling)
            file.save(target, static_id=True, compress_streams=False)
        return target.getvalue()

    found, filling = written(0), 1
    while size and len(found) != size:
        found = written(filling)
        filling += size - len(found)
    return found


@cache
def mp4(seconds: int = 4, size: tuple[int, int] = (320, 240), least_bytes: int = 80_000) -> bytes:
    """A video that really plays: H.264 noise, so that it has some weight."""
    noise = random.Random(1)
    target = BytesIO()
    with av.open(target, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=10, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        stream.time_base = Fraction(1, 10)
        for _frame in range(seconds * 10):
            frame = av.VideoFrame(*size, "yuv420p")
            for plane in frame.planes:
                plane.update(noise.randbytes(plane.buffer_size))
            for packet in stream.encode(frame):
                container.mux(packet)
        for packet in stream.encode():
            container.mux(packet)
    assert len(target.getvalue()) >= least_bytes
    return target.getvalue()


def picture(alt_text: str = "A dark field", color: str = "navy") -> tuple[Attachment, bytes]:
    """A picture as it leaves, and its bytes."""
    content = jpeg(color)
    digest = hashlib.sha256(content).hexdigest()
    return Attachment(f"images/{color}.jpg", "image/jpeg", alt_text, digest, 64, 48, len(content)), content


def video(alt_text: str = "Noise") -> tuple[Attachment, bytes]:
    """A video as it leaves, and its bytes."""
    content = mp4()
    digest = hashlib.sha256(content).hexdigest()
    return Attachment("videos/noise.mp4", "video/mp4", alt_text, digest, 320, 240, len(content), 4.0), content
