"""What a visitor sees and waits for, in headless Chromium."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

CLOSED = [
    "--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic",
]  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
CPU_SLOWDOWN = 4
PATIENCE = 120.0

WATCH = """
window.bench = {painted: null, map: null};
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.bench.painted = entry.startTime;
}).observe({type: "largest-contentful-paint", buffered: true});
(function look() {
  const now = performance.now();
  if (document.querySelector("MAP")) window.bench.map = now;
  else setTimeout(look, 25);
})();
"""
OUR_MAP = "#react-entry-point .map-box.drawn"
BARE_MAP = ".dash-graph:not(.dash-graph--pending) .maplibregl-canvas"


@dataclass(frozen=True)
class Visit:
    """One first visit: seconds to the largest paint and to the drawn map; kB over the wire, of them HTML."""

    painted: float
    map_drawn: float
    kilobytes: float
    html_kilobytes: float


@contextmanager
def chromium() -> Iterator[Browser]:
    """An installed Chromium, which can reach nothing but this machine."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=CLOSED)
        yield browser
        browser.close()


def wait(page: Page, expression: str, seconds: float = PATIENCE) -> None:
    """Wait for something to hold in the page; unlike Playwright's own way it does so under a strict policy."""
    end = time.perf_counter() + seconds
    while not page.evaluate(expression):
        if time.perf_counter() > end:
            raise TimeoutError(expression)
        page.wait_for_timeout(25)


def _slow(context: BrowserContext, page: Page) -> None:
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWDOWN})


def first_visit(browser: Browser, address: str, map_selector: str = OUR_MAP, slow: bool = True) -> Visit:
    """A visitor without anything cached, on slow 4G with a slow processor if ``slow``."""
    context = browser.new_context(viewport={"width": 1360, "height": 900}, locale="en-GB")
    page = context.new_page()
    if slow:
        _slow(context, page)
    arrived: list[Request] = []
    context.on("requestfinished", lambda request: arrived.append(request))
    page.add_init_script(WATCH.replace("MAP", map_selector))
    page.goto(address, wait_until="commit", timeout=PATIENCE * 1000)
    wait(page, "window.bench.map")
    marks: dict[str, Any] = page.evaluate("window.bench")
    html = page.evaluate("performance.getEntriesByType('navigation')[0].transferSize")
    total = sum(_bytes(request) for request in arrived)
    context.close()
    return Visit(marks["painted"] / 1000, marks["map"] / 1000, total / 1000, html / 1000)


def _bytes(request: Request) -> int:
    """What an answer weighed on the wire, also one that a worker of the page asked for."""
    if request.url.startswith(("data:", "blob:")):
        return 0
    sizes = request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]


def spread(times: list[float]) -> tuple[float, float]:
    """(median, 95th percentile) in milliseconds."""
    return float(np.percentile(times, 50)), float(np.percentile(times, 95))


def open_ready(context: BrowserContext, address: str) -> Page:
    """A page after the first view has given way to the interactive one."""
    page = context.new_page()
    page.goto(address)
    wait(page, "document.documentElement.dataset.ready")
    return page
