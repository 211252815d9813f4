"""Pictures and videos at X. Sources: docs.x.com, Media upload, Chunked media upload, Media metadata."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from social_publisher.messages.render import Attachment
from social_publisher.networks.base import Uploaded
from social_publisher.networks.errors import RefusedError, TemporaryError, UnknownOutcomeError, UploadGoneError
from social_publisher.networks.http import clean
from social_publisher.networks.x.api import Client
from social_publisher.networks.x.errors import UNREADABLE, GoneError, words_in

# One piece of a video, in bytes.
CHUNK = 4_000_000
# How long an upload is kept, and after how many seconds it is looked at again, where X does not say.
KEPT = timedelta(hours=24)
LOOK_AGAIN = 5
# So much of its time is left for the post itself.
SPARE = timedelta(minutes=10)


def upload_picture(client: Client, picture: Attachment, content: bytes) -> Uploaded:
    """Upload, and describe. Raises a NetworkError."""
    asked_at = datetime.now(UTC)
    data = _data(client.upload_media_simple_v2(content, media_category="tweet_image", return_json=True))
    if picture.alt_text:
        described = {"id": data["id"], "metadata": {"alt_text": {"text": picture.alt_text}}}
        client._request(f"{client.BASE_URL_V2}/media/metadata", "POST", json=described)
    return _uploaded(data, asked_at)


def upload_video(client: Client, video: Attachment, content: bytes) -> Uploaded:
    """Upload in pieces. X takes descriptions of pictures and GIFs alone. Raises a NetworkError."""
    begun = client.upload_media_chunked_init_v2(
        len(content), video.content_type, media_category="tweet_video", return_json=True
    )
    media_id = _data(begun)["id"]
    address = f"{client.BASE_URL_V2}/media/upload/{media_id}/append"
    for number, first in enumerate(range(0, len(content), CHUNK)):
        piece = {"media": ("piece", content[first : first + CHUNK])}
        client._request(address, "POST", data={"segment_index": number}, files=piece)
    asked_at = datetime.now(UTC)
    return _uploaded(_data(client.upload_media_chunked_finalize_v2(media_id, return_json=True)), asked_at)


def video_wait(client: Client, media_id: str) -> timedelta | None:
    """How long until the video can be used; None when it can. Raises RefusedError when X could not process it."""
    try:
        told = client.ask("/media/upload", {"command": "STATUS", "media_id": media_id})
    except GoneError as error:
        raise UploadGoneError(error.words) from None
    return _wait(_data(told, TemporaryError))


def _uploaded(data: Mapping[str, Any], asked_at: datetime) -> Uploaded:
    told = data.get("expires_after_secs")
    kept = timedelta(seconds=told) if isinstance(told, int) else KEPT
    return Uploaded(data["id"], asked_at + kept - SPARE, processing=_wait(data) is not None)


def _wait(data: Mapping[str, Any]) -> timedelta | None:
    info = data.get("processing_info") or {}
    state = info.get("state", "succeeded")
    if state == "failed":
        problem = info.get("error") or {}
        words = clean(str(problem.get("message") or problem.get("name") or ""), ())
        raise RefusedError(words or _("X could not process the video."))
    return None if state == "succeeded" else timedelta(seconds=info.get("check_after_secs") or LOOK_AGAIN)


def _data(
    answer: Mapping[str, Any], error: type[TemporaryError | UnknownOutcomeError] = UnknownOutcomeError
) -> Mapping[str, Any]:
    """What X says about an upload. Raises `error` for an answer without it."""
    data = answer.get("data")
    if not isinstance(data, Mapping) or not str(data.get("id", "")).isdecimal():
        raise error(clean(words_in(answer), ()) or UNREADABLE)
    return data
