"""Requests in a row and at once: CPU of the server per request, and how long visitors wait."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from tests.benchmarks.bodies import CALLBACK
from tests.benchmarks.servers import Server

PATIENCE = 60.0
HEAD = "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip, br, zstd\r\n{more}\r\n"


@dataclass(frozen=True)
class Waits:
    """What visitors at once met: requests a second, and milliseconds to the answer."""

    per_second: float
    p50: float
    p99: float
    failures: int


def get(path: str) -> bytes:
    """A GET request as it goes over the wire."""
    return HEAD.format(method="GET", path=path, more="").encode()


def post(body: bytes) -> bytes:
    """A callback request as it goes over the wire."""
    more = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return HEAD.format(method="POST", path=CALLBACK, more=more).encode() + body


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> tuple[int, int]:
    """(status, bytes of the body) of one request on an open connection."""
    writer.write(request)
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    status = int(head.split(" ", 2)[1])
    length = next(
        (line for line in head.split("\r\n") if line.startswith("content-length:")), "content-length:0"
    )
    size = int(length.split(":")[1])
    await reader.readexactly(size)
    if "connection: close" in head:
        writer.close()
        await reader.read()
    return status, size


async def _row(port: int, requests: Sequence[bytes]) -> list[tuple[int, int, float]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    found = []
    for request in requests:
        begin = time.perf_counter()
        if reader.at_eof():
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        status, size = await asyncio.wait_for(_ask(reader, writer, request), PATIENCE)
        found.append((status, size, (time.perf_counter() - begin) * 1000))
    writer.close()
    return found


def cpu_ms(server: Server, request: Callable[[int], bytes], n: int) -> tuple[float, float]:
    """(CPU ms of the server per request, mean bytes of an answer) over ``n`` requests in a row.

    ``RuntimeError`` if any is not answered with 200. The first is not counted.
    """
    asyncio.run(_row(server.port, [request(0)]))
    before = server.cpu_seconds()
    found = asyncio.run(_row(server.port, [request(i) for i in range(1, n + 1)]))
    spent = server.cpu_seconds() - before
    if any(status != 200 for status, _, _ in found):
        raise RuntimeError(f"answered with {sorted({status for status, _, _ in found})}")
    return spent * 1000 / n, float(np.mean([size for _, size, _ in found]))


def visitors(server: Server, requests: Sequence[bytes], at_once: int, rounds: int) -> Waits:
    """``at_once`` visitors go ``rounds`` times through ``requests``, each beginning at another one."""

    async def all_of_them() -> list[list[tuple[int, int, float]]]:
        own = [
            [*requests[i % len(requests) :], *requests[: i % len(requests)]] * rounds for i in range(at_once)
        ]
        return await asyncio.gather(*(_row(server.port, row) for row in own))

    begin = time.perf_counter()
    found = [answer for row in asyncio.run(all_of_them()) for answer in row]
    took = time.perf_counter() - begin
    waits = [wait for _, _, wait in found]
    failures = sum(status != 200 for status, _, _ in found)
    return Waits(
        len(found) / took, float(np.percentile(waits, 50)), float(np.percentile(waits, 99)), failures
    )
