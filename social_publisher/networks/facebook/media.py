"""Pictures and videos, which wait unpublished until the post. Sources: "Page Photos", "Page Videos", "Video"."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from social_publisher.messages.render import Attachment
from social_publisher.networks.base import Uploaded
from social_publisher.networks.errors import RefusedError, TemporaryError, UploadGoneError
from social_publisher.networks.facebook.graph import GoneError, Graph

# An unpublished picture is kept for about a day; an hour of it is left for the post itself.
PICTURE_KEPT = timedelta(hours=23)
# How long until a video that is being processed is looked at again; Facebook names no time.
LOOK_AGAIN = timedelta(seconds=10)
FAILED = frozenset({"error", "upload_failed"})


def upload_picture(graph: Graph, token: str, page: str, attachment: Attachment, content: bytes) -> Uploaded:
    """Give a picture with its description."""
    values = {"published": "false", "alt_text_custom": attachment.alt_text}
    files = {"source": ("picture.jpg", content, attachment.content_type)}
    told = graph.post(token, f"/{page}/photos", values, files).json()
    return Uploaded(told["id"], datetime.now(UTC) + PICTURE_KEPT)


def upload_video(graph: Graph, token: str, page: str, attachment: Attachment, content: bytes) -> Uploaded:
    """Give a video in the pieces Facebook asks for, and leave it unpublished.

    No source names a time after which an unpublished video is deleted.
    """
    path = f"/{page}/videos"
    begun = told = graph.post(token, path, {"upload_phase": "start", "file_size": str(len(content))}).json()
    session = {"upload_session_id": begun["upload_session_id"]}
    while (start := int(told["start_offset"])) < (end := int(told["end_offset"])):
        values = {"upload_phase": "transfer", "start_offset": str(start), **session}
        files = {"video_file_chunk": ("video.mp4", content[start:end], attachment.content_type)}
        told = graph.post(token, path, values, files).json()
        if int(told["start_offset"]) <= start:
            raise TemporaryError(_("Facebook did not take a piece of the video."))
    graph.post(token, path, {"upload_phase": "finish", "published": "false", **session})
    return Uploaded(begun["video_id"], processing=True)


def video_wait(graph: Graph, token: str, video: str) -> timedelta | None:
    """How long until the video can be published; None when it can. Raises RefusedError when processing failed."""
    try:
        status = graph.ask(token, f"/{video}", fields="status").get("status", {})
    except GoneError as error:
        raise UploadGoneError(error.words) from None
    if status.get("video_status") == "expired":
        raise UploadGoneError(_("Facebook kept the video no longer."))
    if status.get("video_status") in FAILED:
        raise RefusedError(_reason(status) or _("Facebook could not process the video. Choose another."))
    return None if status.get("video_status") == "ready" else LOOK_AGAIN


def _reason(status: dict[str, Any]) -> str:
    """Facebook's own words, of whichever phase failed."""
    phases = [phase for phase in status.values() if isinstance(phase, dict)]
    errors = [error for phase in phases for error in (phase.get("error"), *phase.get("errors", ())) if error]
    return " ".join(str(error.get("message", "")) for error in errors).strip()
