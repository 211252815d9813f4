"""Public pages on a telephone: Chromium held back to a slow line and a slow CPU, with an empty cache."""

from __future__ import annotations

import json
import statistics
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

from tests.bench import site
from tests.bench.addresses import public_pages
from tests.bench.delivery import say
from tests.bench.figures import figure
from tests.bench.floor import floor_pages
from tests.browser import chromium

ROUNDS = 5
DOWN = 1_600_000 / 8
LATENCY = 150
SLOWER = 4
PHONE: dict[str, Any] = {
    "viewport": {"width": 412, "height": 823},
    "device_scale_factor": 1.75,
    "is_mobile": True,
    "has_touch": True,
}
WATCH = """
window.seen = {lcp: 0, element: '', cls: 0};
new PerformanceObserver((list) => { for (const entry of list.getEntries()) {
  seen.lcp = entry.startTime; seen.element = entry.element ? entry.element.tagName : ''; } })
  .observe({type: 'largest-contentful-paint', buffered: true});
new PerformanceObserver((list) => { for (const entry of list.getEntries())
  if (!entry.hadRecentInput) seen.cls += entry.value; })
  .observe({type: 'layout-shift', buffered: true});
"""
HEAD = f"{'page':<28} {'LCP':>8} {'of':>5} {'CLS':>6} {'before':>7} {'requests':>9} {'bytes':>8} {'pictures':>9}"
FINISHED = "() => performance.getEntriesByType('resource').map((entry) => [entry.name, entry.responseEnd])"


def measure_telephone() -> list[str]:
    """Print each kind of page as a telephone sees it and return what is above its bounds."""
    over: list[str] = []
    worst: dict[bool, tuple[str, float]] = {}
    # Before Playwright runs: looking for its own browser starts another.
    found = chromium.ensure()
    with public_pages() as addresses, floor_pages() as floors, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=chromium.ARGUMENTS)
        say(HEAD)
        # What this machine needs for next to nothing: a slow one is not the pages' fault.
        for kind, address in floors.items():
            judge(kind, [visit(browser, address) for _round in range(ROUNDS)])
        for kind, address in addresses.items():
            seen = [visit(browser, address) for _round in range(ROUNDS)]
            over += [f"{kind}: {what}" for what in judge(kind, seen)]
            shown = statistics.median(one["lcp"] for one in seen)
            worst[seen[0]["hero"]] = max(worst.get(seen[0]["hero"], ("", 0.0)), (kind, shown), key=lambda one: one[1])
        browser.close()
    for has_picture, (kind, shown) in worst.items():
        what = "with a picture" if has_picture else "without a picture"
        figure(f"LCP of the slowest page {what} ({kind})", shown, "ms", most=site.MOST_LCP_MS[has_picture], digits=0)
    figure("bounds of bytes, requests, shifts and hosts that were missed", len(over), most=0, digits=0)
    return over


def visit(browser: Browser, address: str) -> dict[str, Any]:
    """One first visit. Bytes are those on the line, headers included."""
    context = browser.new_context(**PHONE)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": LATENCY, "downloadThroughput": DOWN, "uploadThroughput": DOWN},
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    kinds: dict[str, str] = {}
    sizes = {"page": 0.0, "picture": 0.0}
    hosts: set[str] = set()

    def came(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = "picture" if event["type"] == "Image" else "page"
        hosts.add(urlsplit(event["response"]["url"]).netloc)

    def ended(event: dict[str, Any]) -> None:
        sizes[kinds.get(event["requestId"], "page")] += event["encodedDataLength"]

    session.on("Network.responseReceived", came)
    session.on("Network.loadingFinished", ended)
    page.add_init_script(WATCH)
    page.goto(address, wait_until="networkidle")
    seen: dict[str, Any] = page.evaluate("seen")
    seen["hero"] = page.locator("img[fetchpriority=high]").count() > 0
    finished = page.evaluate(FINISHED)
    context.close()
    return {
        **seen,
        "before": 1 + sum(end <= seen["lcp"] for _name, end in finished),
        "requests": len(kinds),
        "bytes": sizes["page"],
        "pictures": sizes["picture"],
        "foreign": sorted(hosts - {urlsplit(address).netloc}),
    }


def judge(kind: str, seen: list[dict[str, Any]]) -> list[str]:
    """Print the medians of a page's visits and return what is above its bounds."""
    middle = {
        name: statistics.median(one[name] for one in seen)
        for name in ("lcp", "cls", "before", "requests", "bytes", "pictures")
    }
    element = seen[0]["element"]
    say(
        f"{kind:<28} {middle['lcp']:5.0f} ms {element:>5} {middle['cls']:6.3f} {middle['before']:7.0f} "
        f"{middle['requests']:9.0f} {middle['bytes']:8.0f} {middle['pictures']:9.0f}"
    )
    bounds = {
        f"LCP {middle['lcp']:.0f} ms": middle["lcp"] > site.MOST_LCP_MS[seen[0]["hero"]],
        f"CLS {middle['cls']:.3f}": middle["cls"] >= site.MOST_CLS,
        f"{middle['before']:.0f} requests before LCP": middle["before"] > site.MOST_REQUESTS_BEFORE_LCP,
        f"{middle['bytes']:.0f} bytes": middle["bytes"] > site.MOST_HOME_BYTES,
        f"{middle['requests']:.0f} requests": middle["requests"] > site.MOST_HOME_REQUESTS,
        f"asks {json.dumps(seen[0]['foreign'])}": bool(seen[0]["foreign"]),
    }
    return [what for what, is_over in bounds.items() if is_over]
