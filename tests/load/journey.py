"""Visitors on a mixed journey against a server of its own, from a second process; only ever on this machine.

``python -m tests.load.journey``            200 visitors a minute for 5 minutes: no error, p99 below a second
``python -m tests.load.journey --memory``   50,000 requests one after the other: memory stays flat
"""

import argparse
import asyncio
import os
import random
import socket
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import httpx

from tests.conftest import ROOT
from tests.load.visit import Material, Visit, load_material

VISITORS_A_MINUTE = 200
MINUTES = 5.0
REQUESTS = 50_000
P99 = 1.0
GROWTH = 0.10
"""Largest growth of a worker's memory between the first fifth and the end."""


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(workers: int) -> tuple[subprocess.Popen[bytes], str]:
    """A server of this tree on a free port, once it answers."""
    port = free_port()
    environment = {**os.environ, "GCO_PORT": str(port), "GCO_WORKERS": str(workers), "GCO_LOG_LEVEL": "error"}
    process = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environment)
    address = f"http://127.0.0.1:{port}"
    for _ in range(600):
        try:
            httpx.get(f"{address}/healthz", timeout=2)
        except httpx.HTTPError:
            if process.poll() is not None:
                sys.exit("the server did not start")
            time.sleep(0.2)
        else:
            return process, address
    process.kill()
    sys.exit("the server does not answer")


def memory(process: int) -> dict[int, float]:
    """Resident megabytes of a process and its children, by process id."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":", 1) for line in path.read_text().splitlines() if ":" in line)
        except OSError:
            continue
        pid = int(path.parent.name)
        if (pid == process or int(lines["PPid"]) == process) and "VmRSS" in lines:
            found[pid] = int(lines["VmRSS"].split()[0]) / 1024
    return found


def open_client(address: str) -> httpx.AsyncClient:
    """One client for all visitors, with as many connections as they need."""
    return httpx.AsyncClient(base_url=address, timeout=30, limits=httpx.Limits(max_connections=None))


def processor_seconds(process: int) -> float:
    """Processor time that a process and its children have used."""
    ticks = 0
    for pid in memory(process):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


async def crowd(address: str, minutes: float, rate: float) -> list[Visit]:
    """Visitors come at random moments, ``rate`` a minute on average, and each goes its own way."""
    chance, visits, tasks = random.Random(1), [], []
    async with open_client(address) as client:
        material = await load_material(client)
        began = time.monotonic()
        due = 0.0
        while due < minutes * 60:
            await asyncio.sleep(max(0.0, began + due - time.monotonic()))
            visit = Visit(client, material, random.Random(chance.random()))
            visits.append(visit)
            tasks.append(asyncio.create_task(visit.go()))
            due += chance.expovariate(rate / 60)
        await asyncio.gather(*tasks)
    return visits


async def many(address: str, requests: int, server: int) -> tuple[list[Visit], list[float]]:
    """Eight visitors without a pause until so many requests are answered; total memory along the way."""
    visits: list[Visit] = []
    sizes: list[float] = []
    done = 0

    async def keep_going(client: httpx.AsyncClient, material: Material, seed: int) -> None:
        nonlocal done
        while done < requests:
            visit = Visit(client, material, random.Random(f"{seed} {done}"), pause=0)
            visits.append(visit)
            await visit.go()
            done += len(visit.seconds)
            if done * 20 // requests > len(sizes):
                sizes.append(sum(memory(server).values()))

    async with open_client(address) as client:
        material = await load_material(client)
        await asyncio.gather(*(keep_going(client, material, seed) for seed in range(8)))
    return visits, sizes


def report(visits: list[Visit], seconds: float) -> tuple[float, int]:
    """Print figures by kind of request; the 99th percentile and the number of errors."""
    taken = sorted(time for visit in visits for _, time in visit.seconds)
    errors = Counter(error for visit in visits for error in visit.errors)
    kinds: dict[str, list[float]] = {}
    for visit in visits:
        for kind, time_taken in visit.seconds:
            kinds.setdefault(kind, []).append(time_taken)
    print(f"{len(visits):,} visits, {len(taken):,} requests in {seconds:.0f} s")
    for kind, times in sorted(kinds.items()):
        times.sort()
        print(
            f"  {kind:<10}{len(times):>8,}   p50 {_at(times, 0.5):5.0f} ms   p99 {_at(times, 0.99):6.0f} ms"
        )
    print(f"  {'all':<10}{len(taken):>8,}   p50 {_at(taken, 0.5):5.0f} ms   p99 {_at(taken, 0.99):6.0f} ms")
    for error, number in errors.most_common(10):
        print(f"  ERROR {number:>5}  {error}")
    return _at(taken, 0.99) / 1000, sum(errors.values())


def _at(times: list[float], share: float) -> float:
    return times[min(len(times) - 1, int(len(times) * share))] * 1000


def main() -> None:
    """Run one of the two, print figures, end with 1 where a target is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--visitors", type=float, default=VISITORS_A_MINUTE, help="a minute")
    parser.add_argument("--requests", type=int, default=REQUESTS)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    process, address = start(options.workers)
    began = time.monotonic()
    try:
        if options.memory:
            visits, sizes = asyncio.run(many(address, options.requests, process.pid))
        else:
            visits, sizes = asyncio.run(crowd(address, options.minutes, options.visitors)), []
        p99, errors = report(visits, time.monotonic() - began)
        spent, answered = processor_seconds(process.pid), sum(len(visit.seconds) for visit in visits)
        print(f"processor: {spent:.0f} s with the start, {spent / answered * 1000:.0f} ms a request")
        print("memory by process: " + ", ".join(f"{size:.0f} MB" for size in memory(process.pid).values()))
    finally:
        process.terminate()
        process.wait(30)
    sys.exit(_judge(sizes, p99, errors))


def _judge(sizes: list[float], p99: float, errors: int) -> int:
    """The exit code, with each missed target in a line."""
    missed = [f"{errors} errors"] if errors else []
    if sizes:
        early = max(sizes[: max(1, len(sizes) // 5)])
        growth = sizes[-1] / early - 1
        print("memory along the way: " + " ".join(f"{size:.0f}" for size in sizes) + " MB")
        missed += [f"memory grew by {growth:.0%}"] if growth > GROWTH else []
    elif p99 > P99:
        missed.append(f"p99 {p99:.2f} s, target {P99:.0f} s")
    print("missed: " + "; ".join(missed) if missed else "all targets hold")
    return 1 if missed else 0


if __name__ == "__main__":
    main()
