"""``make bench``: starts its own servers on 127.0.0.1, measures, and prints one table.

Figures of the server are CPU time and ratios to an empty callback of the same server in the same run, which
hardly depend on what else the machine does. Figures of the browser are times on the clock and do.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser
from playwright.sync_api import Error as PlaywrightError

from tests.benchmarks import browser, interactions, load
from tests.benchmarks.bodies import PageRequests
from tests.benchmarks.peers.places import read_places
from tests.benchmarks.servers import ROOT, Server, free_port, run, serve
from tests.benchmarks.table import Table

OURS, BARE = "tests.benchmarks.served", "tests.benchmarks.peers.bare_dash"
STREAMLIT = ROOT / "build" / "bench-venv" / "bin" / "streamlit"
VISITORS = 16


def _start(table: Table, server: Server, began_with: float, name: str, goal: bool) -> None:
    table.add(
        f"{name}: start to first answer",
        server.started_in,
        "s",
        3 if goal else None,
        f"{began_with:.1f} s of CPU",
    )


def _explore(server: Server) -> tuple[Callable[[int], bytes], Callable[[int], bytes]]:
    """Requests for a filter change that shows all clusters: one seen before, and one never seen."""
    page = PageRequests(server.address, "/en/explore")
    names = [
        o["value"] for o in page.props['{"key":"colour","kind":"one","part":"","type":"control"}']["options"]
    ]
    names = [str(name) for name in names if name]

    def body(query: str) -> bytes:
        return load.post(page.body("explore-figure.data", query, explore_drawn__data="nothing"))

    def fresh(i: int) -> bytes:
        return body(f"?colour={names[i % len(names)]}&size={names[(i * 7 + i // len(names)) % len(names)]}")

    return (lambda i: body("?colour=" + names[i % 3])), fresh


def _compare(server: Server) -> Callable[[int], bytes]:
    """Requests that add one more cluster to three, another one each time."""
    page, places = PageRequests(server.address, "/en/compare"), read_places()["id"].tolist()
    first = "~".join(places[:3])
    return lambda i: load.post(
        page.body("compare-figure.data", f"?ids={first}~{places[(i * 13 + 5) % len(places)]}")
    )


def _rank(server: Server) -> Callable[[int], bytes]:
    """Requests for the first hundred rows in the order of another column."""
    page, columns = (
        PageRequests(server.address, "/en/rank"),
        ("employment", "lq_home", "national_share", "focus"),
    )

    def request(i: int) -> bytes:
        order = [{"colId": columns[i % 4], "sort": ("desc", "asc")[i // 4 % 2]}]
        asked = {"startRow": 0, "endRow": 100, "sortModel": order}
        return load.post(
            page.body(
                "rank-grid.getRowsResponse", "rank-grid.getRowsRequest", rank_grid__getRowsRequest=asked
            )
        )

    return request


def _floor(server: Server) -> Callable[[int], bytes]:
    page = PageRequests(server.address, "/en/explore")
    return lambda i: load.post(page.body("bench-answered.children", bench_asked__value=str(i)))


def _server(table: Table, server: Server, n: int) -> None:
    table.part("Server, CPU per request (ratio to the empty callback of this run)")
    floor, size = load.cpu_ms(server, _floor(server), n * 20)
    table.add("empty callback: the floor", floor, "ms", None, f"{size:.0f} bytes")
    seen, fresh = _explore(server)
    compare, rank = _compare(server), _rank(server)
    cases = (
        ("Explore: filter, all clusters, seen before", seen, 15.0),
        ("Explore: filter, all clusters, never seen", fresh, 15.0),
        ("Compare: one more cluster", compare, 30.0),
        ("Rank: the first rows of another order", rank, None),
        ("first view of /en/explore", lambda i: load.get("/en/explore"), None),
        ("first view of an address never seen", lambda i: load.get(f"/en/explore?q=x{i}"), None),
    )
    for name, request, most in cases:
        cost, size = load.cpu_ms(server, request, n)
        table.add(name, cost / floor, "×", most, f"{cost:.2f} ms, {size / 1000:.0f} kB")
    table.part(f"Server under {VISITORS} visitors at once, one worker")
    journey = [load.get("/en/explore"), seen(0), fresh(900), compare(1), rank(0), load.get("/en/compare")]
    found = load.visitors(server, journey, VISITORS, max(1, n // 20))
    table.add("requests a second", found.per_second, "")
    table.add("half are answered within", found.p50, "ms")
    table.add("99 of 100 are answered within", found.p99, "ms", None, f"{found.failures} failures")
    table.add("resident memory of the worker", server.resident_mb(), "MB", 300)


def _changes(table: Table, chromium: Browser, server: Server, n: int) -> None:
    table.part(f"Browser, from input to redrawn page, n = {n}")
    narrow, widen = interactions.filter_times(chromium, server.address, n)
    ranked = interactions.rank_times(chromium, server.address, n)
    rows = (
        ("filter that narrows", narrow, 250),
        ("filter that widens to all", widen, 400),
        ("re-rank", ranked, 200),
    )
    for name, times, most in rows:
        median, late = browser.spread(times)
        table.add(
            f"{name}, 95th percentile", late, "ms", most, f"median {median:.0f}, least {min(times):.0f} ms"
        )


def _visits(table: Table, chromium: Browser, server: Server, bare: Server) -> None:
    table.part("First visit on slow 4G (1.6 Mbit/s, 150 ms) with a 4 times slower processor")
    ours = [browser.first_visit(chromium, f"{server.address}/en/explore") for _ in range(3)]
    best = sorted(ours, key=lambda visit: visit.map_drawn)[1]
    other = browser.first_visit(chromium, bare.address, browser.BARE_MAP)
    table.add("useful content painted", best.painted, "s", 2.5)
    table.add(
        "map can be used", best.map_drawn, "s", 11, f"{best.map_drawn / other.map_drawn:.2f} of bare Dash"
    )
    table.add("document", best.html_kilobytes, "kB", 80)
    table.add("everything until the map can be used", best.kilobytes, "kB", 1300)
    table.add("bare Dash: first paint", other.painted, "s")
    table.add("bare Dash: map can be used", other.map_drawn, "s")
    table.add("bare Dash: everything", other.kilobytes, "kB")


def _bare(table: Table, bare: Server, n: int) -> None:
    table.part("Bare Dash page of the same places")
    page = PageRequests(bare.address, "/")
    request = load.post(page.body("map.figure"))
    cost, size = load.cpu_ms(bare, lambda i: request, n)
    table.add("filter, all clusters", cost, "ms", None, f"{size / 1000:.0f} kB")
    table.add("resident memory", bare.resident_mb(), "MB")


def _streamlit(table: Table) -> None:
    table.part("Streamlit with the same table")
    if not STREAMLIT.is_file():
        table.note(
            "not measured", "not installed: pip install -r requirements-bench.txt into build/bench-venv"
        )
        return
    with tempfile.TemporaryDirectory() as folder:
        places, port = Path(folder) / "places.parquet", free_port()
        read_places().to_parquet(places)
        script = ROOT / "tests" / "benchmarks" / "peers" / "streamlit_page.py"
        options = [f"--server.port={port}", "--server.headless=true", "--browser.gatherUsageStats=false",
                   "--server.address=127.0.0.1", "--server.fileWatcherType=none"]  # fmt: skip
        with run([str(STREAMLIT), "run", str(script), *options, "--", str(places)], port, "/") as server:
            table.add("start to first answer", server.started_in, "s")
            with browser.chromium() as chromium:
                visit = browser.first_visit(chromium, server.address, "[data-testid=stDataFrame] canvas")
            table.add("slow 4G: the table can be used", visit.map_drawn, "s")
            table.add("slow 4G: everything", visit.kilobytes, "kB")
            table.add("resident memory with one visitor", server.resident_mb(), "MB")


def _part(table: Table, measure: Callable[[], None]) -> bool:
    """Measure one part; a failure is a line of the table and does not end the others."""
    try:
        measure()
    except (RuntimeError, OSError, LookupError, EOFError, PlaywrightError) as error:
        table.note("not measured", " ".join(str(error).split())[:100])
        return False
    return True


def main() -> None:
    """Measure and print. ``--quick`` takes fewer samples: enough to see that the bench runs."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    samples, rounds = (20, 4) if quick else (100, 20)
    table = Table()
    with serve(OURS, "/en/explore") as server, serve(BARE, "/") as bare:
        table.part("Start")
        _start(table, server, server.first_cpu, "ours", goal=True)
        _start(table, bare, bare.first_cpu, "bare Dash", goal=False)
        whole = _part(table, lambda: _server(table, server, samples))
        whole &= _part(table, lambda: _bare(table, bare, min(samples, 30)))
        with browser.chromium() as chromium:
            whole &= _part(table, lambda: _changes(table, chromium, server, rounds))
            whole &= _part(table, lambda: _visits(table, chromium, server, bare))
    whole &= _part(table, lambda: _streamlit(table))
    print(table.text())
    if not whole:
        sys.exit("a part could not be measured; see the table")


if __name__ == "__main__":
    main()
