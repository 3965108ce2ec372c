"""Servers under measurement: each its own process on 127.0.0.1, read through /proc."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TICK = os.sysconf("SC_CLK_TCK")
PATIENCE = 60.0


@dataclass(frozen=True)
class Server:
    """A running server: its address, process, and seconds from its start to its first answer."""

    address: str
    pid: int
    started_in: float
    first_cpu: float
    """CPU seconds used until the first answer."""

    @property
    def port(self) -> int:
        """Port on 127.0.0.1."""
        return int(self.address.rsplit(":", 1)[1])

    def cpu_seconds(self) -> float:
        """CPU time the process has used, all threads, user and system."""
        return _cpu_seconds(self.pid)

    def resident_mb(self) -> float:
        """Resident memory in MB (10⁶ bytes)."""
        return _kilobytes(Path(f"/proc/{self.pid}/smaps_rollup"), "Rss") * 1024 / 1e6


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def _kilobytes(path: Path, name: str) -> int:
    line = next(line for line in path.read_text("ascii").splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1])


def free_port() -> int:
    """A port nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            answer.read()
    except OSError:
        return False
    return True


@contextmanager
def serve(module: str, path: str, *more: str) -> Iterator[Server]:
    """Run ``python -m module PORT`` until ``path`` answers, and end it afterwards."""
    port = free_port()
    with run([sys.executable, "-m", module, str(port), *more], port, path) as server:
        yield server


@contextmanager
def run(command: Sequence[str], port: int, path: str) -> Iterator[Server]:
    """Run a server by its command; ``RuntimeError`` if it does not answer."""
    address = f"http://127.0.0.1:{port}"
    begin = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    try:
        while not _answers(address + path):
            if process.poll() is not None or time.perf_counter() - begin > PATIENCE:
                raise RuntimeError(f"no answer from {' '.join(command)}")
            time.sleep(0.02)
        yield Server(address, process.pid, time.perf_counter() - begin, _cpu_seconds(process.pid))
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
