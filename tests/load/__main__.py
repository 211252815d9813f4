"""`make load`: five minutes of readers, clicks and editors, and a launch of 200 posts due at once, on loopback.

Prints what people met, and ends with 1 on any error, any post more than a second late or not out, or memory that grows.
"""

from __future__ import annotations

import argparse
import sys

from tests.bench.delivery import say
from tests.bench.figures import figure
from tests.load.rush import Found, Mix, rush
from tests.support.product import running_product

LATEST = 1.0
# What a process may have more at the end: a tenth, and what a report or a picture leaves behind.
GROWTH, GROWTH_MB = 0.1, 16.0


def parse() -> Mix:
    parser = argparse.ArgumentParser(
        prog="python -m tests.load",
        description=__doc__,
        epilog="Example: python -m tests.load --seconds 60 --posts 100",
    )
    usual = Mix()
    parser.add_argument("--seconds", type=float, default=usual.seconds, help="how long everybody comes (5 minutes)")
    parser.add_argument("--reads", type=float, default=usual.reads, help="pages a second")
    parser.add_argument("--clicks", type=int, default=usual.clicks, help="clicks a second")
    parser.add_argument("--editors", type=int, default=usual.editors)
    parser.add_argument("--posts", type=int, default=usual.posts, help="due at one moment")
    given = parser.parse_args()
    return Mix(given.seconds, usual.readers, given.reads, given.clicks, given.editors, usual.editing, given.posts)


def main() -> int:
    """Run, print, judge."""
    mix = parse()
    with running_product() as product:
        found = rush(product, mix, say)
    tell(found)
    gathered(found)
    wrong = judge(found, mix)
    for line in wrong:
        say(f"WRONG: {line}")
    return 1 if wrong else 0


def tell(found: Found) -> None:
    """What people met, by kind."""
    for kind, count in sorted(found.seen.answers.items()):
        times = sorted(found.seen.times[kind])
        middle, slow = times[len(times) // 2], times[int(len(times) * 0.99)]
        say(f"{kind:<14} {count:>6} answers, p50 {1000 * middle:6.1f} ms, p99 {1000 * slow:6.1f} ms")
    clicks = found.clicks
    say(f"{'click':<14} {len(clicks.clicks):>6} answers, p50 {clicks.latency(0.5):6.1f} ms, "
        f"p99 {clicks.latency(0.99):6.1f} ms")  # fmt: skip
    if found.lateness:
        late = sorted(found.lateness)
        say(f"posts          {len(late):>6} out, half within {late[len(late) // 2]:.3f} s of their time, "
            f"the last {late[-1]:.3f} s after it")  # fmt: skip
    for name, looks in found.memory.items():
        say(f"memory {name:<7} {looks[0]:6.0f} MB at first, {looks[-1]:.0f} MB at last, {found.growth(name):+.1f} MB")


def gathered(found: Found) -> None:
    """The numbers that have bounds."""
    figure("answers that were errors", len(found.seen.wrong) + found.clicks.refused, most=0, digits=0)
    figure("posts of the launch that are not out", len(found.not_out), most=0, digits=0)
    figure("the last of the launch, after its time", max(found.lateness, default=0.0), "s", most=LATEST, digits=2)
    for name, looks in found.memory.items():
        most = GROWTH * looks[0] + GROWTH_MB
        figure(f"memory that the {name} gained", found.growth(name), "MB", most=round(most))


def judge(found: Found, mix: Mix) -> list[str]:
    """What is not as it must be."""
    wrong = list(found.seen.wrong[:20])
    wrong += [f"{found.clicks.refused} clicks were not answered"] if found.clicks.refused else []
    wrong += [f"{len(found.not_out)} posts are not out: {found.not_out[:5]}"] if found.not_out else []
    late = [seconds for seconds in found.lateness if seconds > LATEST]
    wrong += [f"{len(late)} posts left more than {LATEST:.0f} s late, the last {max(late):.2f} s"] if late else []
    for name, looks in found.memory.items():
        if found.growth(name) > GROWTH * looks[0] + GROWTH_MB:
            wrong.append(f"{name} holds {found.growth(name):.0f} MB more at the end")
    return wrong + [f"in the log: {line}" for line in found.complaints]


if __name__ == "__main__":
    sys.exit(main())
