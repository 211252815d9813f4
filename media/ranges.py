"""Files in pieces, as video players ask for them (RFC 9110, 14.1.2): one range of bytes, or the whole."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse

_RANGE = re.compile(r"bytes=(?P<first>\d{1,15})-(?P<last>\d{0,15})")
_PIECE = 256 * 1024


def ranged(request: HttpRequest, stream: Any, size: int, content_type: str) -> FileResponse | HttpResponse:
    """Send an open file, or the range of it that is asked for. The file is closed when it is sent."""
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None:
        response = FileResponse(stream, content_type=content_type)
    else:
        first = int(asked["first"])
        last = min(int(asked["last"] or size), size - 1)
        if first > last:
            stream.close()
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
        stream.seek(first)
        response = FileResponse(iter(partial(_piece, stream, last), b""), status=206, content_type=content_type)
        response["Content-Range"], response["Content-Length"] = f"bytes {first}-{last}/{size}", str(last - first + 1)
    response["Accept-Ranges"] = "bytes"
    return response


def _piece(stream: Any, last: int) -> bytes:
    """The next bytes, up to the last one asked for; none at the end, when the file is closed."""
    piece: bytes = stream.read(max(min(_PIECE, last + 1 - stream.tell()), 0))
    if not piece:
        stream.close()
    return piece
