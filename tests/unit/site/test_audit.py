"""What the site is made of, and what is said of its weaknesses."""

from __future__ import annotations

import re
import sys
from typing import Any

import pytest

from tests import audit

WEAK = {"name": "django", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}]}
SOUND = {"name": "wagtail", "version": "1.0", "vulns": []}
UNKNOWN = {"name": "wagtail", "skip_reason": "Dependency not found"}


def test_the_list_names_every_pinned_package_with_its_hashes() -> None:
    listed = {one["name"]: one for one in audit.sbom()["components"]}
    text = (audit.ROOT / "requirements.txt").read_text()
    pinned = dict(re.findall(r"^([A-Za-z0-9_.-]+)==([^ \\;]+)", text, re.MULTILINE))
    assert {name: one["version"] for name, one in listed.items()} == pinned
    assert all(one["purl"].startswith("pkg:pypi/") for one in listed.values())
    kept = [one for one in listed.values() if any(way.get("hashes") for way in one.get("externalReferences", []))]
    assert len(kept) == len(listed)


@pytest.mark.parametrize(
    ("told", "arguments", "ends", "says"),
    [
        ([WEAK, SOUND], [], 1, "django 1.0: PYSEC-1, mended in 1.1"),
        ([SOUND], [], 0, "0 weaknesses are known"),
        ([UNKNOWN], [], 2, "nothing was looked at"),
        ([], ["--where-possible"], 0, "nothing was looked at"),
        ([WEAK, UNKNOWN], ["--where-possible"], 1, "1 of 2 packages"),
    ],
)
def test_what_is_known_is_said_and_what_cannot_be_looked_up_too(
    told: list[dict[str, Any]],
    arguments: list[str],
    ends: int,
    says: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(audit, "PINNED", ("requirements.txt",))
    monkeypatch.setattr(audit, "weaknesses", lambda _name: told)
    monkeypatch.setattr(sys, "argv", ["audit", *arguments])
    assert audit.main() == ends
    assert says in capsys.readouterr().out
