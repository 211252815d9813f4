"""What all calls of the Graph API have in common: errors, forms, fields, usage headers."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from PIL import Image

from tests.fakes.http import Answer, Call, Part

FIELD = re.compile(r"(\w+)((?:\.\w+\(\w*\))*)(?:\{[\w,]*\})?(?:,|$)")
PIECE = 50_000


def error(code: int, message: str, subcode: int = 0, status: int = 400) -> Answer:
    about = {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "AbCdEfGhIjK"}
    return Answer(status, {"error": {**about, "error_subcode": subcode} if subcode else about})


def gone(node: str) -> Answer:
    words = "does not exist, cannot be loaded due to missing permissions, or does not support this operation."
    return error(100, f"Unsupported request. Object with ID '{node}' {words}", 33)


def usage(minutes: float) -> dict[str, str]:
    """The header that tells a page's use. Minutes may be parts of one, so that tests need not wait."""
    full = 100 if minutes else 12
    use = {"type": "pages", "call_count": full, "total_cputime": 3, "total_time": 4}
    return {"x-business-use-case-usage": json.dumps({"42": [{**use, "estimated_time_to_regain_access": minutes}]})}


def known(values: Any, names: set[str]) -> Any:
    """The values, if Facebook has a use for each: it would drop the others in silence, and nothing is sent in vain."""
    if unknown := set(values) - names:
        raise error(100, f"(#100) Unknown parameters {sorted(unknown)}")
    return values


def form(call: Call, names: set[str]) -> dict[str, str]:
    """The fields of the form, and nothing in the address."""
    if call.query or call.content_type not in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        raise error(100, "(#100) A form is wanted.")
    values: dict[str, str] = known({name: values[0] for name, values in call.form().items() if values}, names)
    return values


def fields_of(wanted: str, names: set[str]) -> dict[str, str]:
    """The fields that are asked for, with what is said of each."""
    found = list(FIELD.finditer(wanted))
    if "".join(field[0] for field in found) != wanted or not wanted:
        raise error(2500, "Syntax error in fields")
    if unknown := {field[1] for field in found} - names:
        raise error(100, f"(#100) Tried accessing nonexisting field ({sorted(unknown)[0]})")
    return {field[1]: field[2] for field in found}


def asked_fields(call: Call, names: set[str]) -> dict[str, str]:
    return fields_of(call.asked("fields"), names)


def chosen(told: Mapping[str, Any], fields: Mapping[str, str]) -> dict[str, Any]:
    return {name: told[name] for name in ("id", *fields) if name in told}


def checked_text(text: str) -> str:
    if not text.strip():
        raise error(100, "(#100) Missing message or attachment", 1349125)
    if len(text) > 63_206:
        raise error(100, "(#100) The message is too long.")
    return text


def offsets(start: int, size: int) -> dict[str, str]:
    return {"start_offset": str(start), "end_offset": str(min(start + PIECE, size))}


def check_picture(parts: Sequence[Part]) -> None:
    """One picture of at most 4 MB."""
    if len(parts) != 1 or len(parts[0].content) > 4_000_000:
        raise error(324, "(#324) Requires upload file")
    try:
        with Image.open(io.BytesIO(parts[0].content)) as image:
            image.verify()
    except OSError:
        raise error(324, "(#324) Missing or invalid image file") from None
