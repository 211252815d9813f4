"""Captions of videos: WebVTT in, the same cues out and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from media.refused import noting_refusals

MAX_BYTES = 2_000_000

_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMING = re.compile(rf"^{_TIME}[ \t]+-->[ \t]+{_TIME}(?P<settings>(?:[ \t]+[a-z]+:[\w%.,-]+)*)[ \t]*$")
# Who speaks, stress, and the language of a passage; classes and timestamps inside a cue are left out.
_TAG = re.compile(r"<(?!/?(?:v|b|i|u|lang)(?:[ \t.>]|$))[^>]*>")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words on the screen, from one moment to another, in milliseconds."""

    start: int
    end: int
    timing: str
    text: str


def read_captions(content: bytes) -> list[Cue]:
    """Return the cues of a WebVTT file. Raises ValidationError with what to do."""
    if len(content) > MAX_BYTES:
        raise ValidationError(_("This file is heavier than 2 MB. Captions are text: upload only the WebVTT file."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(_("This file is not written in UTF-8. Save it as UTF-8 and upload it again.")) from error
    first, *blocks = re.split(r"\n{2,}", text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip("\n"))
    if not re.match(r"WEBVTT(?:[ \t\n]|$)", first):
        raise ValidationError(
            _("This is no WebVTT file: its first line must be WEBVTT. Export the captions as WebVTT.")
        )
    cues = [cue for block in blocks if (cue := _cue(block))]
    if not cues:
        raise ValidationError(_("There are no captions in this file. Export them again as WebVTT."))
    for cue in cues:
        if cue.end <= cue.start:
            raise ValidationError(
                _("The caption at %(timing)s ends before it starts. Correct its times."), params={"timing": cue.timing}
            )
    return cues


@noting_refusals
def clean_captions(content: bytes) -> bytes:
    """Return the file with its cues alone: comments, styles and unknown tags are left out."""
    cues = read_captions(content)
    return ("WEBVTT\n\n" + "\n\n".join(f"{cue.timing}\n{cue.text}" for cue in cues) + "\n").encode()


def _cue(block: str) -> Cue | None:
    lines = block.split("\n")
    if lines[0].startswith(("NOTE", "STYLE", "REGION")):
        return None
    if "-->" not in lines[0]:
        lines = lines[1:]
    if not lines or "-->" not in lines[0]:
        return None
    if (found := _TIMING.match(lines[0])) is None:
        raise ValidationError(_("The times “%(timing)s” cannot be read. Correct them."), params={"timing": lines[0]})
    words = _TAG.sub("", "\n".join(lines[1:])).strip()
    if not words:
        return None
    return Cue(_moment(found.groups()[:4]), _moment(found.groups()[4:8]), lines[0].strip(), words)


def _moment(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths
