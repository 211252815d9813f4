"""The least that a page can cost a telephone: words without a stylesheet, and words with one picture of 82 kB."""

from __future__ import annotations

import io
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from PIL import Image

PICTURE_BYTES = 82_000
PAGE = '<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Floor</title><p>{}</p>'
WORDS = PAGE.format("Words alone, as little as a page can be.")
PICTURED = PAGE.format("Words and") + '<img src="/picture.jpg" width="400" height="300" alt="Noise">'


def picture() -> bytes:
    """A JPEG of about 82 kB; noise does not compress, so its quality sets its size."""
    noise = random.Random(1)
    image = Image.frombytes("RGB", (400, 300), noise.randbytes(400 * 300 * 3))
    for quality in range(95, 5, -1):
        written = io.BytesIO()
        image.save(written, "JPEG", quality=quality)
        if written.tell() <= PICTURE_BYTES:
            break
    return written.getvalue()


@contextmanager
def floor_pages() -> Iterator[dict[str, str]]:
    """Serve both on loopback; addresses by name."""
    kept = {
        "/words/": ("text/html; charset=utf-8", WORDS.encode()),
        "/pictured/": ("text/html; charset=utf-8", PICTURED.encode()),
        "/picture.jpg": ("image/jpeg", picture()),
    }

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, body = kept.get(self.path, ("text/plain", b""))
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_what: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    try:
        yield {"floor, words": f"{base}/words/", "floor, a picture": f"{base}/pictured/"}
    finally:
        server.shutdown()
