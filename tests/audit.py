"""`make audit`: known weaknesses of the pinned requirements, and `make sbom`: what they are, as a CycloneDX document.

Weaknesses are looked up by pip-audit at the package index; where that does not tell them, it is said and nothing fails.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PINNED = ("requirements.txt", "requirements-telemetry.txt")
SBOM = ROOT / "var" / "sbom.cdx.json"
SECONDS = 300


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.audit",
        description=__doc__,
        epilog="Example: python -m tests.audit --where-possible",
    )
    parser.add_argument("--where-possible", action="store_true", help="end well where nothing can be looked up")
    parser.add_argument("--sbom", action="store_true", help=f"write {SBOM.relative_to(ROOT)} instead")
    return parser.parse_args()


def main() -> int:
    """Look and say; 1 where something is known to be weak, 2 where nothing could be looked up."""
    options = parse()
    if options.sbom:
        SBOM.parent.mkdir(parents=True, exist_ok=True)
        SBOM.write_text(json.dumps(sbom(), indent=1), encoding="utf-8")
        print(f"What the site is made of is in {SBOM.relative_to(ROOT)}.")
        return 0
    found: list[dict[str, Any]] = []
    for name in PINNED:
        found += weaknesses(name)
    looked_at = [one for one in found if "skip_reason" not in one]
    if not looked_at:
        print("The package index tells no known weaknesses here: nothing was looked at.")
        return 0 if options.where_possible else 2
    weak = [(one["name"], one["version"], what) for one in looked_at for what in one["vulns"]]
    for name, pinned, what in weak:
        fixed = ", ".join(what["fix_versions"]) or "nothing yet"
        print(f"{name} {pinned}: {what['id']}, mended in {fixed}")
    print(f"{len(looked_at)} of {len(found)} packages were looked up, {len(weak)} weaknesses are known.")
    return 1 if weak else 0


def weaknesses(name: str) -> list[dict[str, Any]]:
    """What pip-audit says of each pinned package; nothing where it cannot ask."""
    command = [sys.executable, "-m", "pip_audit", "-r", str(ROOT / name), "--require-hashes", "--disable-pip"]
    done = subprocess.run(
        [*command, "--progress-spinner", "off", "--format", "json"],
        capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    try:
        told: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        return []
    return told


def sbom() -> dict[str, Any]:
    """The pinned requirements as CycloneDX 1.6, with their hashes."""
    command = [sys.executable, "-m", "cyclonedx_py", "requirements", str(ROOT / "requirements.txt")]
    done = subprocess.run(
        [*command, "--spec-version", "1.6", "--output-reproducible", "--output-format", "JSON"],
        capture_output=True, text=True, timeout=SECONDS, check=True,
    )  # fmt: skip
    document: dict[str, Any] = json.loads(done.stdout)
    return document


if __name__ == "__main__":
    sys.exit(main())
