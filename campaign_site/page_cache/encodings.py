"""Which compression a reader's program takes, and the compressing. A page is compressed once and given many times."""

from __future__ import annotations

import gzip
from functools import lru_cache

import brotli
import zstandard

# Smallest first. A page is compressed once an encoding, so the levels are high.
ORDER = ("br", "zstd", "gzip")
BROTLI_QUALITY = 9
ZSTD_LEVEL = 15
GZIP_LEVEL = 9
LONGEST = 500
# Below this compressing saves nothing.
WORTH_IT = 200
TEXTS = (
    "text/",
    "application/json",
    "application/ld+json",
    "application/feed+json",
    "application/xml",
    "application/atom+xml",
    "image/svg+xml",
)


@lru_cache(maxsize=512)
def choose(accepted: str) -> str:
    """The best of ours that `Accept-Encoding` allows (RFC 9110, 12.5.3); empty for none."""
    weights: dict[str, float] = {}
    for part in accepted[:LONGEST].lower().split(","):
        name, _semicolon, rest = part.partition(";")
        weights[name.strip()] = _weight(rest)
    best = max(ORDER, key=lambda name: weights.get(name, weights.get("*", 0.0)))
    return best if weights.get(best, weights.get("*", 0.0)) > 0 else ""


def _weight(parameters: str) -> float:
    name, _equals, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


def compress(body: bytes, encoding: str) -> bytes:
    """Compress; `encoding` is one of ours, or empty."""
    if encoding == "br":
        return bytes(brotli.compress(body, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY))
    if encoding == "zstd":
        return bytes(zstandard.ZstdCompressor(level=ZSTD_LEVEL).compress(body))
    if encoding == "gzip":
        return gzip.compress(body, GZIP_LEVEL, mtime=0)
    return body
