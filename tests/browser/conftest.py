"""A served application and a browser that cannot reach anything else."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.conftest import ROOT

CLOSED = [
    "--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic",
]  # fmt: skip


# A busy machine is slow, not wrong: what is awaited may take its time.
expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def base_url() -> Iterator[str]:
    """The address of the application, served by its own process as a visitor meets it."""
    port = _free_port()
    command = [sys.executable, "-m", "uvicorn", "app:server", "--port", str(port), "--log-level", "warning"]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"{address}/healthz", timeout=2):
                    break
            except OSError:
                if process.poll() is not None:
                    raise RuntimeError("the application did not start") from None
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium: an installed one, else Playwright's own."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = next((path for name in names if (path := shutil.which(name))), None)
    with sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=found, args=CLOSED)
        yield launched
        launched.close()


class Watch:
    """What a page asked for and complained about."""

    def __init__(self, page: Page, base_url: str) -> None:
        self.foreign: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda r: self._ask(r.url, base_url))
        page.on("pageerror", lambda e: self.errors.append(str(e)))
        page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)

    def _ask(self, url: str, base_url: str) -> None:
        if not url.startswith((base_url, "data:", "blob:")):
            self.foreign.append(url)


@pytest.fixture
def context(browser: Browser, base_url: str) -> Iterator[BrowserContext]:
    """A visitor of their own: no cookies, no storage, English, a desktop window."""
    fresh = browser.new_context(base_url=base_url, locale="en-GB", viewport={"width": 1360, "height": 900})
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext, base_url: str) -> Iterator[Page]:
    """A page that must not ask another machine for anything nor throw an error."""
    opened = context.new_page()
    watch = Watch(opened, base_url)
    yield opened
    assert watch.foreign == []
    assert watch.errors == []


def wait_ready(page: Page) -> None:
    """Wait until the interactive page has taken the place of the server's first view."""
    page.wait_for_selector("html[data-ready]", timeout=30_000)
