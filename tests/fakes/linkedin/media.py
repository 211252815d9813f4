"""Pictures and videos, as Images API and Videos API describe them."""

from __future__ import annotations

import io
import secrets
from typing import Any
from urllib.parse import unquote

from PIL import Image

from tests.fakes.http import Answer, Call, route
from tests.fakes.linkedin.common import POSTING, LinkedInBase, error, now, only, page_of

# How often one has to look until it is ready.
LOOKS = {"image": 1, "video": 3}


class LinkedInMedia(LinkedInBase):
    """Uploads: a place is asked for, bytes are put there, and after some looks they can be used."""

    @route("POST", "/rest/(?P<kind>image|video)s", acts="upload")
    def begin_upload(self, call: Call) -> Answer:
        roles = self._check(call, {"action"})
        if call.asked("action") == "finalizeUpload" and call["kind"] == "video":
            return self._finish_video(call)
        wish = only(call.json(), {"initializeUploadRequest"})["initializeUploadRequest"]
        extra = {"fileSizeBytes", "uploadCaptions", "uploadThumbnail"} if call["kind"] == "video" else set()
        assert call.asked("action") == "initializeUpload"
        if set(wish) != {"owner", *extra}:
            raise error(400, "ILLEGAL_ARGUMENT", f"unknown or missing fields {sorted(wish)}")
        if roles.get(page_of(wish["owner"])) not in POSTING:
            raise error(403, "ACCESS_DENIED", "Viewer is not authorized to upload for the owner", 100)
        name = f"D4D10AQ{secrets.token_hex(6)}"
        size = wish.get("fileSizeBytes", 0)
        if call["kind"] == "video" and not 75_000 <= size <= 500_000_000:
            raise error(400, "ILLEGAL_ARGUMENT", "fileSizeBytes is out of bounds")
        about = {"id": f"urn:li:{call['kind']}:{name}", "owner": wish["owner"], "status": "WAITING_UPLOAD"}
        self.uploads.append({**about, "size": size, "looks": LOOKS[call["kind"]], "parts": []})
        place = f"{'https://uploads.example' if self.wishes.get('elsewhere') else self.base}/dms-uploads/{name}"
        if call["kind"] == "image":
            ends = {"uploadUrlExpiresAt": now() + 3_600_000}
            return Answer(200, {"value": {**ends, "uploadUrl": f"{place}/0", "image": about["id"]}})
        step = self.wishes["part"]
        parts = [
            {"uploadUrl": f"{place}/{first}", "firstByte": first, "lastByte": min(first + step, size) - 1}
            for first in range(0, size, step)
        ]
        self.uploads[-1]["parts"] = [f"/ambry-video/{name}/{part['firstByte']}" for part in parts]
        told = {"video": about["id"], "uploadInstructions": parts, "uploadToken": ""}
        return Answer(200, {"value": {**told, "uploadUrlsExpireAt": now() + 3_600_000}})

    @route("PUT", r"/dms-uploads/(?P<name>\w+)/(?P<first>\d+)", acts="upload")
    def take_bytes(self, call: Call) -> Answer:
        upload = next(item for item in self.uploads if item["id"].endswith(f":{call['name']}"))
        video = ":video:" in upload["id"]
        if not video and page_of(upload["owner"]) not in self._roles(call):
            return Answer(401)
        if video and call.bearer:
            return Answer(400)
        etag = f"/ambry-video/{call['name']}/{call['first']}"
        self.taken[etag] = call.body
        if not video:
            upload["status"] = "PROCESSING" if _is_picture(call.body) else "PROCESSING_FAILED"
        return Answer(200 if video else 201, None, {"etag": f'"{etag}"'} if video else {})

    def _finish_video(self, call: Call) -> Answer:
        done = only(call.json(), {"finalizeUploadRequest"})["finalizeUploadRequest"]
        assert set(done) == {"video", "uploadToken", "uploadedPartIds"}
        upload = self.upload_of(call, done["video"])
        content = b"".join(self.taken.get(part, b"") for part in done["uploadedPartIds"])
        if done["uploadedPartIds"] != upload["parts"] or len(content) != upload["size"]:
            raise error(400, "ILLEGAL_ARGUMENT", "The parts do not make up the video")
        upload["status"] = "PROCESSING" if content[4:8] == b"ftyp" else "PROCESSING_FAILED"
        return Answer(200)

    @route("GET", r"/rest/(?P<kind>image|video)s/(?P<urn>urn%3Ali%3A(?:image|video)%3A\w+)")
    def media(self, call: Call) -> Answer:
        self._check(call, set())
        name = unquote(call["urn"])
        if ":image:LOGO" in name:
            return Answer(200, {"id": name, "status": "AVAILABLE", "downloadUrl": f"{self.base}/logo.png"})
        upload = self.upload_of(call, name)
        if upload["status"] == "PROCESSING":
            upload["looks"] -= 1
            upload["status"] = "AVAILABLE" if upload["looks"] < 0 else "PROCESSING"
        why = {"processingFailureReason": "UNSUPPORTED_FORMAT"} if upload["status"] == "PROCESSING_FAILED" else {}
        return Answer(200, {"id": name, "owner": upload["owner"], "status": upload["status"], **why})

    def upload_of(self, call: Call, name: str) -> dict[str, Any]:
        found = next((item for item in self.uploads if item["id"] == name), None)
        if found is None or page_of(found["owner"]) not in self._roles(call):
            raise error(404, "RESOURCE_NOT_FOUND", f"{name} does not exist")
        return found


def _is_picture(content: bytes) -> bool:
    try:
        with Image.open(io.BytesIO(content)) as image:
            return image.format in {"JPEG", "PNG", "GIF"}
    except OSError:
        return False
