"""A server whose worker dies or whose tables are exchanged goes on answering, whole answers only."""

import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from tests.conftest import ROOT
from tests.faults.rewriting import rewrite

CURATED = ROOT / "data" / "curated"
VISITORS = 3
ADDRESSES = ("/healthz", "/en/explore?country=DEU", "/de/sources", "/geo/countries.geojson", "/en/compare")


class Served(NamedTuple):
    """A running server with two workers, and its tables."""

    address: str
    process: subprocess.Popen[bytes]
    tables: Path

    def workers(self) -> list[int]:
        """Process ids of the workers that have started an interpreter of their own."""
        found = []
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = path.read_text().rpartition(")")[2].split()
                command = (path.parent / "cmdline").read_bytes()
            except OSError:
                continue
            if int(fields[1]) == self.process.pid and fields[0] != "Z" and b"resource_tracker" not in command:
                found.append(int(path.parent.name))
        return found


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    tables = tmp_path / "curated"
    shutil.copytree(CURATED, tables)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "GCO_CURATED": str(tables), "GCO_PORT": str(port), "GCO_WORKERS": "2"}
    environment["GCO_LOG_LEVEL"] = "error"
    process = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environment)
    found = Served(f"http://127.0.0.1:{port}", process, tables)
    try:
        _wait(found, 90)
        yield found
    finally:
        process.terminate()
        process.wait(30)


def _wait(served: Served, seconds: float) -> None:
    for _ in range(int(seconds * 5)):
        try:
            httpx.get(f"{served.address}/healthz", timeout=5)
        except httpx.HTTPError:
            assert served.process.poll() is None, "the server has ended"
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the server does not answer")


class Visitors:
    """A few visitors in threads, each asking one address after the other."""

    def __init__(self, served: Served) -> None:
        self.answered = 0
        self.lost: list[str] = []
        self.wrong: list[str] = []
        self._served, self._stop = served, threading.Event()
        self._threads = [threading.Thread(target=self._visit) for _ in range(VISITORS)]

    def __enter__(self) -> "Visitors":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _visit(self) -> None:
        while not self._stop.is_set():
            with httpx.Client(base_url=self._served.address, timeout=30) as client:
                for path in ADDRESSES:
                    self._ask(client, path)

    def _ask(self, client: httpx.Client, path: str) -> None:
        try:
            answer = client.get(path)
        except httpx.HTTPError as error:
            self.lost.append(f"{path} {type(error).__name__}")
            return
        self.answered += 1
        whole = answer.text.rstrip().endswith(("</html>", "}"))
        if answer.status_code != 200 or not whole:
            self.wrong.append(f"{path} {answer.status_code}")
        tag = answer.headers.get("etag", "").strip('"')
        if tag and not hashlib.sha256(answer.content).hexdigest().startswith(tag):
            self.wrong.append(f"{path} is not what its tag says")

    def wait_for(self, more: int) -> None:
        """Until so many more answers have come."""
        goal, deadline = self.answered + more, time.monotonic() + 120
        while self.answered < goal:
            assert time.monotonic() < deadline, "the server no longer answers"
            time.sleep(0.05)


def test_a_killed_worker_is_replaced_and_little_is_lost(served: Served) -> None:
    with Visitors(served) as visitors:
        visitors.wait_for(20)
        before = served.workers()
        assert len(before) == 2
        os.kill(before[0], signal.SIGKILL)
        visitors.wait_for(40)
        for _ in range(300):
            after = served.workers()
            if len(after) == 2 and before[0] not in after:
                break
            time.sleep(0.1)
        visitors.wait_for(20)
    assert len(after) == 2
    assert before[0] not in after
    assert before[1] in after, "the other worker goes on"
    assert visitors.wrong == []
    assert len(visitors.lost) <= VISITORS, "at most what was under way at that moment"


def test_tables_exchanged_under_load_do_not_mix(served: Served) -> None:
    old = httpx.get(f"{served.address}/healthz").json()["version"]
    with Visitors(served) as visitors:
        visitors.wait_for(10)
        for number in range(3):
            rewrite(CURATED, served.tables, f"round-{number}")
            outline = served.tables / "geometry" / "countries.geojson"
            outline.write_bytes(outline.read_bytes() + b" ")
            visitors.wait_for(10)
    assert visitors.lost == []
    assert visitors.wrong == []
    versions = {httpx.get(f"{served.address}/healthz").json()["version"] for _ in range(10)}
    assert versions == {old}, "a running server keeps the tables it started with"
