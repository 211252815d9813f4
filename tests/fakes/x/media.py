"""Uploads: pictures in one piece, videos in several, and the time X takes for them."""

from __future__ import annotations

import io
import time
from typing import Any

from PIL import Image

from tests.fakes.http import Answer, Call, route
from tests.fakes.x.common import DAY, Common, body_of, invalid, only, query_of

PICTURE_BYTES, PIECE_BYTES, VIDEO_BYTES = 5_000_000, 5_000_000, 512_000_000
# How often one has to look until a video is ready.
LOOKS = 2


class Media(Common):
    def reset(self) -> None:
        super().reset()
        self.pieces: dict[str, dict[int, bytes]] = {}

    @route("POST", r"/2/media/upload", acts="upload")
    def upload(self, call: Call) -> Answer:
        handle = self.signed_in(call, "media.write")
        form, content = _parts(call, {"media_category"})
        if form.get("media_category") != "tweet_image":
            return invalid("media_category is not tweet_image")
        if len(content) > PICTURE_BYTES:
            return invalid(f"File size exceeds {PICTURE_BYTES} bytes.")
        try:
            with Image.open(io.BytesIO(content)) as image:
                size = {"w": image.width, "h": image.height, "image_type": str(Image.MIME.get(image.format or ""))}
        except OSError:
            return invalid("Could not determine the image type.")
        media = self._new(handle, "picture", len(content))
        return Answer(200, {"data": {**_told(media), "size": len(content), "image": size}})

    @route("POST", r"/2/media/upload/initialize")
    def initialize(self, call: Call) -> Answer:
        handle = self.signed_in(call, "media.write")
        body = body_of(call, {"media_category", "media_type", "total_bytes"})
        if (body.get("media_category"), body.get("media_type")) != ("tweet_video", "video/mp4"):
            return invalid("media_category or media_type is invalid.")
        if not isinstance(body.get("total_bytes"), int) or not 0 < body["total_bytes"] <= VIDEO_BYTES:
            return invalid(f"total_bytes is not between 1 and {VIDEO_BYTES}.")
        media = self._new(handle, "video", body["total_bytes"])
        media["state"] = "begun"
        self.pieces[media["id"]] = {}
        return Answer(200, {"data": _told(media)})

    @route("POST", r"/2/media/upload/(?P<id>[0-9]{1,19})/append", acts="upload")
    def append(self, call: Call) -> Answer:
        media = self.media(self.signed_in(call, "media.write"), call["id"])
        form, content = _parts(call, {"segment_index"})
        index = form.get("segment_index", "")
        if media["state"] != "begun" or not index.isdecimal() or int(index) > 999:
            return invalid("segment_index is not between 0 and 999.")
        if not 0 < len(content) <= PIECE_BYTES:
            return invalid(f"A segment has at most {PIECE_BYTES} bytes.")
        self.pieces[media["id"]][int(index)] = content
        return Answer(200, {"data": {"expires_at": int(media["ends_at"])}})

    @route("POST", r"/2/media/upload/(?P<id>[0-9]{1,19})/finalize")
    def finalize(self, call: Call) -> Answer:
        media = self.media(self.signed_in(call, "media.write"), call["id"])
        pieces = self.pieces.pop(media["id"], {})
        content = b"".join(pieces[index] for index in sorted(pieces))
        if sorted(pieces) != list(range(len(pieces))) or len(content) != media["size"]:
            return invalid("Segments do not add up to provided total file size.")
        if content[4:8] != b"ftyp":
            return invalid("Unsupported media type.")
        media["state"] = "pending"
        return Answer(200, {"data": {**_told(media), "size": media["size"]}})

    @route("GET", r"/2/media/upload")
    def status(self, call: Call) -> Answer:
        handle = self.signed_in(call, "media.write")
        query = query_of(call, {"command", "media_id"})
        if query.get("command", "STATUS") != "STATUS" or "media_id" not in query:
            return invalid("media_id is missing.")
        media = self.media(handle, query["media_id"])
        if media["state"] in {"pending", "in_progress"}:
            media["looks"] += 1
            end = "failed" if self.broken_videos else "succeeded"
            media["state"] = end if media["looks"] >= LOOKS else "in_progress"
        return Answer(200, {"data": _told(media)})

    @route("POST", r"/2/media/metadata")
    def metadata(self, call: Call) -> Answer:
        handle = self.signed_in(call, "media.write")
        body = body_of(call, {"id", "metadata"})
        only(body.get("metadata"), {"alt_text"})
        only(body["metadata"].get("alt_text"), {"text"})
        text = body["metadata"]["alt_text"].get("text")
        media = self.media(handle, str(body.get("id", "")))
        if media["kind"] != "picture":
            return invalid("Metadata is supported for images and GIFs.")
        if not isinstance(text, str) or len(text) > 1000:
            return invalid("alt_text.text has at most 1000 characters.")
        media["alt"] = text
        return Answer(200, {"data": {"id": media["id"], "associated_metadata": body["metadata"]}})

    def media(self, handle: str, media_id: str) -> dict[str, Any]:
        """An upload of this account that X still keeps."""
        for media in self.uploads:
            if (media["id"], media["handle"]) == (media_id, handle) and media["ends_at"] > time.time():
                return media
        raise invalid("Your media IDs are invalid.")

    def _new(self, handle: str, kind: str, size: int) -> dict[str, Any]:
        media = {"id": self.new_id(), "handle": handle, "kind": kind, "size": size, "alt": "", "looks": 0}
        media |= {"state": "", "ends_at": time.time() + DAY}
        self.uploads.append(media)
        return media


def media_key(media: dict[str, Any]) -> str:
    return f"{'3' if media['kind'] == 'picture' else '7'}_{media['id']}"


def _told(media: dict[str, Any]) -> dict[str, Any]:
    told = {"id": media["id"], "media_key": media_key(media), "expires_after_secs": DAY}
    if media["state"] in {"pending", "in_progress"}:
        told["processing_info"] = {
            "state": media["state"],
            "check_after_secs": 3,
            "progress_percent": 50 * media["looks"],
        }
    elif media["state"] == "failed":
        error = {"code": 1, "name": "InvalidMedia", "message": "file is currently unsupported"}
        told["processing_info"] = {"state": "failed", "error": error}
    elif media["state"]:
        told["processing_info"] = {"state": media["state"], "progress_percent": 100}
    return told


def _parts(call: Call, fields: set[str]) -> tuple[dict[str, str], bytes]:
    """The fields of a form and its one file, `media`."""
    if call.content_type != "multipart/form-data":
        raise invalid("The body is no multipart form.")
    files, form = call.files(), {name: values[0] for name, values in call.form().items() if values}
    only(form, fields)
    only(files, {"media"})
    if len(files.get("media", [])) != 1:
        raise invalid("media is missing.")
    return form, files["media"][0].content
