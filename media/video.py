"""What is in a video file, and the same video without anything else that was in the file."""

from __future__ import annotations

from dataclasses import dataclass
from tempfile import NamedTemporaryFile
from typing import IO, Any

import av
from av.error import FFmpegError
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _

from media.refused import noting_refusals

MAX_BYTES = 512_000_000
VIDEO_CODEC = "h264"
AUDIO_CODEC = "aac"


@dataclass(frozen=True, slots=True)
class CleanVideo:
    """A video that every network takes: its bytes, its size in pixels, its length in seconds."""

    content: File[bytes]
    width: int
    height: int
    seconds: float


@noting_refusals
def clean_video(source: IO[bytes]) -> CleanVideo:
    """Copy picture and sound into a new MP4 that begins with its index: place, device and editing data stay behind.

    Nothing is encoded anew; what a camera wrote into the picture's own stream stays. Raises ValidationError, with
    what to do, for anything but H.264 with AAC or no sound.
    """
    source.seek(0)
    # On disk: a video is large, and its index is moved to the front in a second pass over the file.
    target = NamedTemporaryFile(suffix=".mp4")  # noqa: SIM115 - it is handed on, and gone when nobody holds it
    try:
        # The format is ours to say: left to guess, a file could name other files and addresses to be read.
        with av.open(source, "r", format="mov") as read:
            if not read.streams.video:
                raise ValidationError(_("This file holds no moving picture. Choose a video."))
            picture = read.streams.video[0]
            sound = read.streams.audio[0] if read.streams.audio else None
            _require(_codec(picture), _codec(sound) if sound else AUDIO_CODEC)
            seconds = _length(read, picture)
            with av.open(target.name, "w", format="mp4", options={"movflags": "+faststart"}) as written:
                _copy(read, written, [stream for stream in (picture, sound) if stream is not None])
            width, height = _shown_size(read, picture)
    except (FFmpegError, ValueError, OSError, StopIteration) as error:
        raise ValidationError(_("This file is not a readable video. Export it as MP4 and upload that.")) from error
    return CleanVideo(File(target), width, height, seconds)


def _require(video: str, audio: str) -> None:
    if video != VIDEO_CODEC or audio != AUDIO_CODEC:
        raise ValidationError(
            _("Networks take MP4 with H.264 and AAC; this video has %(video)s and %(audio)s. Export it again as that.")
            % {"video": video, "audio": audio}
        )


def _codec(stream: Any) -> str:
    return stream.codec_context.name if stream.codec_context is not None else "?"


def _shown_size(read: Any, picture: Any) -> tuple[int, int]:
    """Width and height as a viewer sees them: telephones write upright pictures lying down."""
    read.seek(0)
    frame = next(read.decode(picture))
    upright = frame.rotation % 180 == 0
    return (frame.width, frame.height) if upright else (frame.height, frame.width)


def _length(read: Any, picture: Any) -> float:
    if picture.duration is not None and picture.time_base is not None:
        return float(picture.duration * picture.time_base)
    return float(read.duration or 0) / av.time_base


def _copy(read: Any, written: Any, streams: list[Any]) -> None:
    copies = {stream.index: written.add_stream_from_template(stream) for stream in streams}
    for copy in copies.values():
        copy.metadata.clear()
    for packet in read.demux(streams):
        if packet.dts is not None:
            packet.stream = copies[packet.stream.index]
            written.mux(packet)
