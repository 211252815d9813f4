"""`python -m tests.bench.outside lighthouse` and `... validate`: what Lighthouse and the Nu HTML checker say.

Both come from npm into var/, Lighthouse needs Node 18 or later, the checker needs Java. Where they cannot be had, that
is said and nothing fails. SITE=https://… looks at a site that runs already.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.bench.addresses import public_pages
from tests.bench.delivery import say
from tests.browser import chromium

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "var" / "npm"
LIGHTHOUSE, CHECKER = ("lighthouse", "12.2.3"), ("vnu-jar", "26.9.27")
LEAST = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
INSTALL_SECONDS, RUN_SECONDS = 900, 180


def install(package: str, version: str) -> Path | None:
    """Return the package's folder, getting it once; None, with the reason said, where it cannot be had."""
    folder = FOLDER / "node_modules" / package
    manifest = folder / "package.json"
    if manifest.exists() and json.loads(manifest.read_text())["version"] == version:
        return folder
    if shutil.which("npm") is None:
        say(f"{package} needs Node.js and npm, which are not installed here: nothing was looked at.")
        return None
    say(f"Installing {package} {version} into var/npm ...")
    FOLDER.mkdir(parents=True, exist_ok=True)
    command = ["npm", "install", "--no-audit", "--no-fund", "--save-exact", "--ignore-scripts", "--prefix", str(FOLDER)]
    done = subprocess.run(
        [*command, f"{package}@{version}"], capture_output=True, text=True, timeout=INSTALL_SECONDS, check=False
    )
    if done.returncode:
        say(f"{package} could not be installed; check the connection to npm's registry.\n{done.stderr[-1000:]}")
        return None
    return folder


def lighthouse() -> list[str]:
    """Print Lighthouse's four scores of each kind of page, as a telephone, and return what is too low."""
    folder = install(*LIGHTHOUSE)
    if folder is None:
        return []
    over = []
    with public_pages() as addresses:
        say(f"{'page':<28} " + " ".join(f"{name:>15}" for name in LEAST))
        for kind, address in addresses.items():
            report = _report(folder, address)
            scores = {name: round(100 * report["categories"][name]["score"]) for name in LEAST}
            say(f"{kind:<28} " + " ".join(f"{score:>15}" for score in scores.values()))
            over += [f"{kind}: {name} {score}" for name, score in scores.items() if score < LEAST[name]]
            if any(scores[name] < least for name, least in LEAST.items()):
                say("    " + "; ".join(_failed(report)))
    return over


def _report(folder: Path, address: str) -> dict[str, Any]:
    command = ["node", str(folder / "cli" / "index.js"), address, "--quiet", "--output=json", "--output-path=stdout"]
    flags = " ".join(["--headless=new", *chromium.ARGUMENTS])
    environment = {**os.environ, "CHROME_PATH": chromium.ensure()}
    done = subprocess.run(
        [*command, f"--chrome-flags={flags}", f"--only-categories={','.join(LEAST)}"],
        capture_output=True,
        text=True,
        env=environment,
        timeout=RUN_SECONDS,
        check=False,
    )
    if done.returncode:
        sys.exit(f"Lighthouse could not look at {address}.\n{done.stderr[-2000:]}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _failed(report: dict[str, Any]) -> list[str]:
    """The audits that cost points."""
    wanted = {ref["id"] for category in report["categories"].values() for ref in category["auditRefs"] if ref["weight"]}
    audits = report["audits"]
    low = [name for name in sorted(wanted) if (audits[name]["score"] if audits[name]["score"] is not None else 1) < 0.9]
    return [f"{name} {audits[name].get('displayValue', '')}".strip() for name in low]


def validate() -> list[str]:
    """Print what the Nu checker finds in each kind of page."""
    folder = install(*CHECKER)
    if folder is None:
        return []
    if shutil.which("java") is None:
        say("The Nu HTML checker needs Java, which is not installed here: nothing was looked at.")
        return []
    import urllib.request

    with public_pages(specimen=True) as addresses, tempfile.TemporaryDirectory() as name:
        for kind, address in addresses.items():
            with urllib.request.urlopen(address, timeout=30) as answer:
                (Path(name) / f"{kind.replace(' ', '-')}.html").write_bytes(answer.read())
        jar = next(folder.rglob("vnu.jar"))
        command = ["java", "-jar", str(jar), "--format", "gnu", "--skip-non-html", name]
        done = subprocess.run(command, capture_output=True, text=True, timeout=RUN_SECONDS, check=False)
    found = [line.rpartition("/")[2] for line in done.stderr.splitlines()]
    say("\n".join(found) or f"The Nu checker finds nothing on {len(addresses)} kinds of pages.")
    return [line for line in found if ": error" in line]


def main() -> None:
    """Run what was asked for. Raises SystemExit where something is too low or invalid."""
    tools = {"lighthouse": lighthouse, "validate": validate}
    if len(sys.argv) != 2 or sys.argv[1] not in tools:
        sys.exit("Say what to run: python -m tests.bench.outside lighthouse, or validate.")
    if over := tools[sys.argv[1]]():
        sys.exit("not as it should be: " + "; ".join(over))


if __name__ == "__main__":
    main()
