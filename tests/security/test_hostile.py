"""Generated hostile requests over the wire: a few hundred in every run, ten thousand with ``make fuzz``."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from data.observatory import Observatory
from tests.security.hostile import Request, addresses, bodies
from tests.security.inspection import Probe

FULL = "GCO_FUZZ" in os.environ
REQUESTS = int(os.environ.get("GCO_FUZZ", "400"))
"""Half of them addresses, half of them callbacks."""
ROUND = 500
LONGEST = 3.0
"""Seconds of processor time one answer may take."""
MOST_GROWTH = 150
"""Megabytes the process may grow after its first tenth of a run."""


@pytest.fixture
def probe(client: TestClient) -> Iterator[Probe]:
    found = Probe(client)
    yield found
    found.close()


def _megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _storm(requests: st.SearchStrategy[Request], probe: Probe, capsys: pytest.CaptureFixture[str]) -> None:
    sizes = [_send_round(requests, probe, number) for number in range(max(1, REQUESTS // 2 // ROUND))]
    sent, growth = sum(probe.statuses.values()), sizes[-1] - sizes[len(sizes) // 10]
    if FULL:
        with capsys.disabled():
            figures = f"{sent:,} requests, memory {sizes[-1]:.0f} MB, grown by {growth:.0f} MB"
            print(f"\n{probe.report()}\n{figures}")
    assert not probe.faults, "\n" + probe.report()
    assert probe.slowest[0][0] < LONGEST, "\n" + probe.report()
    assert growth < MOST_GROWTH


def _send_round(requests: st.SearchStrategy[Request], probe: Probe, number: int) -> float:
    """One round; memory afterwards. In rounds, since the generator remembers all it made in one run."""

    @seed(number)
    @settings(
        max_examples=min(ROUND, REQUESTS // 2), deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(requests)
    def run(request: Request) -> None:
        probe.send(request)

    run()
    gc.collect()
    return _megabytes()


def test_no_hostile_address_breaks_anything(
    application: FastAPI, obs: Observatory, probe: Probe, capsys: pytest.CaptureFixture[str]
) -> None:
    _storm(addresses(obs, application), probe, capsys)


def test_no_hostile_callback_breaks_anything(
    client: TestClient, obs: Observatory, probe: Probe, capsys: pytest.CaptureFixture[str]
) -> None:
    _storm(bodies(client.get("/_dash-dependencies").json(), obs), probe, capsys)
