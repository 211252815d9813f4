"""What the lexicons app.bsky.feed.post, app.bsky.richtext.facet and app.bsky.embed.* allow in a post, and no more."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import regex

POSTS = "app.bsky.feed.post"
FACET = "app.bsky.richtext.facet"
TID = re.compile(r"[234567a-j][234567a-z]{12}")
DID = re.compile(r"did:[a-z]+:[a-zA-Z0-9._:%-]*[a-zA-Z0-9._-]")
AT_URI = re.compile(r"at://(?P<repo>[^/]+)/(?P<collection>[^/]+)/(?P<rkey>[^/]+)")
URI = re.compile(r"\w+:(?://)?[^\s/]\S*")
DATETIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,20})?(Z|[+-]\d\d:\d\d)")
LANGUAGE = re.compile(r"(i|[a-z]{2,3})(-[A-Za-z0-9-]{1,})?")
CID = re.compile(r"b[a-z2-7]{58}")

# Fields of each object, and those that must be there.
POST = ({"$type", "text", "createdAt", "langs", "facets", "reply", "embed"}, {"$type", "text", "createdAt"})
IMAGE = ({"image", "alt", "aspectRatio"}, {"image", "alt"})
VIDEO = ({"$type", "video", "alt", "aspectRatio"}, {"$type", "video"})
EXTERNAL = ({"uri", "title", "description", "thumb"}, {"uri", "title", "description"})
BLOB = ({"$type", "ref", "mimeType", "size"}, {"$type", "ref", "mimeType", "size"})
REFERENCE = ({"uri", "cid"}, {"uri", "cid"})
FEATURES = {f"{FACET}#link": "uri", f"{FACET}#tag": "tag", f"{FACET}#mention": "did"}

Blobs = Callable[[str], Mapping[str, Any] | None]
Records = Callable[[str], str | None]


class InvalidError(Exception):
    """Why the record is refused, as a path and a reason."""


def graphemes(text: str) -> int:
    """How many characters a reader sees (Unicode Standard Annex 29)."""
    return len(regex.findall(r"\X", text))


def cid_of(content: bytes, *, raw: bool = False) -> str:
    """A fingerprint in the form of version 1: SHA-256, base32."""
    head = bytes([1, 0x55 if raw else 0x71, 0x12, 0x20])
    return "b" + base64.b32encode(head + hashlib.sha256(content).digest()).decode().lower().rstrip("=")


def cid_of_record(record: Mapping[str, Any]) -> str:
    """The same fields give the same fingerprint, in whatever order they came."""
    return cid_of(json.dumps(record, sort_keys=True).encode())


def check(record: Any, blobs: Blobs, records: Records) -> None:
    """Raises InvalidError. `blobs` knows what was uploaded, `records` the fingerprint of a record that is there."""
    _fields("Record", record, POST)
    _require(record["$type"] == POSTS, "Record/$type", f"must be {POSTS}")
    text = record["text"]
    _string("Record/text", text, 3000, 300)
    at = record["createdAt"]
    _require(
        isinstance(at, str) and bool(DATETIME.fullmatch(at)), "Record/createdAt", "must be a valid atproto datetime"
    )
    datetime.fromisoformat(at)
    langs = record.get("langs", [])
    _require(isinstance(langs, list) and len(langs) <= 3, "Record/langs", "must not have more than 3 elements")
    for lang in langs:
        _require(bool(LANGUAGE.fullmatch(lang)), "Record/langs/0", "must be a well-formed BCP 47 language tag")
    _facets(text.encode(), record.get("facets", []))
    if "reply" in record:
        _fields("Record/reply", record["reply"], ({"root", "parent"}, {"root", "parent"}))
        for name in ("root", "parent"):
            reference = record["reply"][name]
            _fields(f"Record/reply/{name}", reference, REFERENCE)
            _require(bool(CID.fullmatch(reference["cid"])), f"Record/reply/{name}/cid", "must be a cid string")
            _require(
                records(reference["uri"]) == reference["cid"], f"Record/reply/{name}", "must be a record that exists"
            )
    if "embed" in record:
        _embed(record["embed"], blobs)


def media_of(record: Mapping[str, Any]) -> list[dict[str, str]]:
    """What a reader sees beside the text."""
    embed = record.get("embed", {})
    if "video" in embed:
        return [{"kind": "video", "alt": embed.get("alt", "")}]
    return [{"kind": "picture", "alt": image["alt"]} for image in embed.get("images", [])]


def card_of(record: Mapping[str, Any]) -> dict[str, str] | None:
    """The link's card that a reader sees."""
    external = record.get("embed", {}).get("external")
    return {"title": external["title"], "url": external["uri"]} if external else None


def _require(holds: bool, path: str, reason: str) -> None:
    if not holds:
        raise InvalidError(f"{path} {reason}")


def _fields(path: str, value: Any, known: tuple[set[str], set[str]]) -> None:
    """Real servers let unknown fields pass; here none is sent in vain."""
    _require(isinstance(value, dict), path, "must be an object")
    for name in known[1] - set(value):
        _require(False, path, f'must have the property "{name}"')
    _require(not set(value) - known[0], path, f"has unknown properties {sorted(set(value) - known[0])}")


def _string(path: str, value: Any, longest: int, most_graphemes: int) -> None:
    _require(isinstance(value, str), path, "must be a string")
    _require(len(value.encode()) <= longest, path, f"must not be longer than {longest} characters")
    _require(graphemes(value) <= most_graphemes, path, f"must not be longer than {most_graphemes} graphemes")


def _facets(text: bytes, facets: Sequence[Any]) -> None:
    """Facets lie inside the text, begin and end between characters, and do not overlap."""
    end = 0
    for place, facet in enumerate(facets):
        path = f"Record/facets/{place}"
        _fields(path, facet, ({"index", "features"}, {"index", "features"}))
        _fields(f"{path}/index", facet["index"], ({"byteStart", "byteEnd"}, {"byteStart", "byteEnd"}))
        first, last = facet["index"]["byteStart"], facet["index"]["byteEnd"]
        _require(end <= first < last <= len(text), f"{path}/index", "must be an ordered range inside the text")
        end = last
        try:
            marked = text[first:last].decode()
        except UnicodeDecodeError:
            raise InvalidError(f"{path}/index must lie between characters") from None
        _require(len(facet["features"]) == 1, f"{path}/features", "must have one element")
        _feature(f"{path}/features/0", facet["features"][0], marked)


def _feature(path: str, feature: Mapping[str, Any], marked: str) -> None:
    kind = feature.get("$type", "")
    name = FEATURES.get(kind)
    _require(name is not None, path, "must be a known feature")
    assert name is not None
    _fields(path, feature, ({"$type", name}, {"$type", name}))
    value = feature[name]
    if name == "uri":
        _require(bool(URI.fullmatch(value)) and len(value) <= 8192, f"{path}/uri", "must be a uri")
        _require(value == marked, f"{path}/uri", "must be what the text says")
    elif name == "tag":
        _string(f"{path}/tag", value, 640, 64)
        _require(marked[0] in "#＃" and marked[1:] == value, f"{path}/tag", "must be what the text says")
    else:
        _require(bool(DID.fullmatch(value)), f"{path}/did", "must be a valid did")
        _require(marked[0] == "@", f"{path}/did", "must mark a mention")


def _embed(embed: Any, blobs: Blobs) -> None:
    kind = embed.get("$type", "")
    path = "Record/embed"
    if kind == "app.bsky.embed.images":
        _fields(path, embed, ({"$type", "images"}, {"$type", "images"}))
        _require(len(embed["images"]) <= 4, f"{path}/images", "must not have more than 4 elements")
        for place, image in enumerate(embed["images"]):
            _fields(f"{path}/images/{place}", image, IMAGE)
            _described(f"{path}/images/{place}", image)
            _blob(f"{path}/images/{place}/image", image["image"], blobs, "image/", 2_000_000)
    elif kind == "app.bsky.embed.video":
        _fields(path, embed, VIDEO)
        _described(path, embed)
        _blob(f"{path}/video", embed["video"], blobs, "video/mp4", 300_000_000)
    elif kind == "app.bsky.embed.external":
        _fields(path, embed, ({"$type", "external"}, {"$type", "external"}))
        external = embed["external"]
        _fields(f"{path}/external", external, EXTERNAL)
        _require(bool(URI.fullmatch(external["uri"])), f"{path}/external/uri", "must be a uri")
        if "thumb" in external:
            _blob(f"{path}/external/thumb", external["thumb"], blobs, "image/", 1_000_000)
    else:
        raise InvalidError(f"{path} must be a known embed")


def _described(path: str, thing: Mapping[str, Any]) -> None:
    _require(isinstance(thing.get("alt", ""), str), f"{path}/alt", "must be a string")
    if "aspectRatio" in thing:
        _fields(f"{path}/aspectRatio", thing["aspectRatio"], ({"width", "height"}, {"width", "height"}))
        for name, value in thing["aspectRatio"].items():
            _require(isinstance(value, int) and value >= 1, f"{path}/aspectRatio/{name}", "must not be less than 1")


def _blob(path: str, blob: Any, blobs: Blobs, kind: str, most: int) -> None:
    _fields(path, blob, BLOB)
    _require(blob["$type"] == "blob", path, "must be a blob reference")
    known = blobs(blob["ref"]["$link"])
    if known is None:
        raise LookupError(blob["ref"]["$link"])
    same = (known["mimeType"], known["size"]) == (blob["mimeType"], blob["size"])
    _require(same, path, "must say what the blob is")
    _require(blob["mimeType"].startswith(kind), path, f"must be of type {kind}")
    _require(blob["size"] <= most, path, f"must be at most {most} bytes")
