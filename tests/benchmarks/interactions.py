"""From a visitor's input to the redrawn page, timed inside the page."""

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.benchmarks.browser import open_ready, wait

SETTLED = 400
"""Milliseconds between two inputs."""

FILTER = """(selector) => new Promise((resolve) => {
  const plot = document.querySelector("#explore-map .js-plotly-plot");
  const map = plot._fullLayout.map && plot._fullLayout.map._subplot.map;
  const count = document.getElementById("explore-count"), list = document.getElementById("explore-list");
  const shown = [count.textContent, list.innerHTML];
  let plotted = false;
  const begin = performance.now();
  setTimeout(() => resolve(null), 15000);
  const done = () => requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begin)));
  plot.once("plotly_afterplot", () => { plotted = true; });
  document.querySelector(selector).click();
  (function look() {
    if (plotted && count.textContent !== shown[0] && list.innerHTML !== shown[1]) {
      if (!map) return done();
      map.once("idle", done);
      return map.triggerRepaint();
    }
    return setTimeout(look, 5);
  })();
})"""

RANK = """(column) => new Promise((resolve) => {
  const row = () => {
    const cells = document.querySelectorAll("#rank-grid .ag-row[row-index='0'] .ag-cell");
    return [...cells].map((cell) => cell.textContent).join("|");
  };
  const shown = row(), begin = performance.now();
  setTimeout(() => resolve(null), 15000);
  document.querySelector("#rank-grid .ag-header-cell[col-id='" + column + "'] .ag-header-cell-label").click();
  (function look() {
    const now = row();
    if (now !== shown && now.replaceAll("|", "")) {
      return requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begin)));
    }
    return setTimeout(look, 5);
  })();
})"""

BOXES = '.rail input[type=checkbox][id*=\'"key":"KEY"\']'


def _context(browser: Browser) -> BrowserContext:
    return browser.new_context(bypass_csp=True, viewport={"width": 1360, "height": 900}, locale="en-GB")


def _timed(page: Page, script: str, argument: str) -> float:
    took: Any = page.evaluate(script, argument)
    page.wait_for_timeout(SETTLED)
    if took is None:
        raise TimeoutError(f"nothing was redrawn after {argument}")
    return float(took)


def _boxes(page: Page, key: str) -> Iterator[str]:
    ids = page.eval_on_selector_all(BOXES.replace("KEY", key), "boxes => boxes.map((box) => box.id)")
    for name in ids:
        quoted = name.replace('"', '\\"')
        yield f'[id="{quoted}"]'


def filter_times(browser: Browser, address: str, rounds: int) -> tuple[list[float], list[float]]:
    """Milliseconds to map, list and count redrawn: (a country chosen, all clusters again), ``rounds`` countries."""
    context = _context(browser)
    page = open_ready(context, f"{address}/en/explore")
    wait(page, "document.querySelector('#react-entry-point .map-box.drawn')")
    page.wait_for_timeout(1500)
    narrow, widen = [], []
    for box in list(_boxes(page, "country"))[:rounds]:
        narrow.append(_timed(page, FILTER, box))
        widen.append(_timed(page, FILTER, box))
    context.close()
    return narrow, widen


def rank_times(browser: Browser, address: str, rounds: int) -> list[float]:
    """Milliseconds from a click on a column's head to the first row of the new order."""
    context = _context(browser)
    page = open_ready(context, f"{address}/en/rank")
    wait(page, "document.querySelector(\"#rank-grid .ag-row[row-index='0']\")")
    page.wait_for_timeout(1500)
    heads = page.eval_on_selector_all(
        "#rank-grid .ag-header-cell-sortable.ag-right-aligned-header",
        "heads => heads.map((h) => h.getAttribute('col-id'))",
    )
    if not heads:
        heads = page.eval_on_selector_all(
            "#rank-grid .ag-header-cell-sortable",
            "heads => heads.map((h) => h.getAttribute('col-id')).slice(3, 7)",
        )
    found = [_timed(page, RANK, heads[i % len(heads)]) for i in range(rounds)]
    context.close()
    return found
