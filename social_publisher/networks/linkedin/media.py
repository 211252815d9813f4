"""Giving LinkedIn pictures and videos. Sources: learn.microsoft.com, Images API and Videos API."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from social_publisher.networks.errors import RefusedError, UnknownOutcomeError, UploadGoneError
from social_publisher.networks.linkedin.api import UNREADABLE, LinkedInApi, urn

# Between two looks at what is being processed. No page names a time.
PICTURE_WAIT = timedelta(seconds=3)
VIDEO_WAIT = timedelta(seconds=15)


def upload_picture(api: LinkedInApi, token: str, owner: str, content: bytes) -> str:
    """Return the picture's URN. Its place takes the token beside the bytes."""
    place = api.act(token, "/rest/images?action=initializeUpload", {"initializeUploadRequest": {"owner": owner}})
    image, address = _fields(place, "image", "uploadUrl")
    api.put(address, content, token)
    return str(image)


def upload_video(api: LinkedInApi, token: str, owner: str, content: bytes) -> str:
    """Return the video's URN. It goes in the parts LinkedIn names; their addresses are signed and want no token."""
    wish = {"owner": owner, "fileSizeBytes": len(content), "uploadCaptions": False, "uploadThumbnail": False}
    place = api.act(token, "/rest/videos?action=initializeUpload", {"initializeUploadRequest": wish})
    video, parts, upload_token = _fields(place, "video", "uploadInstructions", "uploadToken")
    taken = []
    for part in parts:
        address, first, last = _fields(part, "uploadUrl", "firstByte", "lastByte")
        (etag,) = _fields(api.put(address, content[first : last + 1]).headers, "etag")
        taken.append(etag.strip('"'))
    done = {"video": video, "uploadToken": upload_token, "uploadedPartIds": taken}
    api.act(token, "/rest/videos?action=finalizeUpload", {"finalizeUploadRequest": done})
    return str(video)


def wait_for(api: LinkedInApi, token: str, media: str) -> timedelta | None:
    """How long until it is worth looking again; None when it can be used. Raises RefusedError when it never can."""
    kind, again = ("videos", VIDEO_WAIT) if ":video:" in media else ("images", PICTURE_WAIT)
    try:
        found = api.ask(token, f"/rest/{kind}/{urn(media)}")
    except RefusedError as error:
        raise UploadGoneError(error.words) from None
    if found.get("status") == "AVAILABLE":
        return None
    if found.get("status") == "PROCESSING_FAILED":
        why = found.get("processingFailureReason", "")
        raise RefusedError(_("LinkedIn could not process the picture or video. Choose another. %(why)s") % {"why": why})
    return again


def _fields(answer: Any, *names: str) -> list[Any]:
    """These fields of an answer. Raises UnknownOutcomeError where one is missing."""
    try:
        return [answer[name] for name in names]
    except (KeyError, TypeError):
        raise UnknownOutcomeError(UNREADABLE) from None
