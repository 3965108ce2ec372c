"""What an answer must never show, whatever was asked."""

import base64
import hashlib
import json
import logging
import time
from collections import Counter
from html.parser import HTMLParser
from typing import Any

from starlette.testclient import TestClient

from tests.security.hostile import Request

LEAKS = ("Traceback (most recent", 'File "/', "site-packages", "<gcoprobe", "<svg/onload=gcoprobe")
HOST = "http://testserver"
LINKS = {"href", "src", "action", "formaction"}
SCHEMES = ("javascript:", "vbscript:", "data:text")


class Document(HTMLParser):
    """Collects what could run in a page: handlers, foreign elements, odd links, unknown scripts."""

    def __init__(self, policy: str) -> None:
        super().__init__()
        self.policy = policy
        self.faults: list[str] = []
        self._inline: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if "gcoprobe" in tag:
            self.faults.append(f"element <{tag}>")
        for name, value in attrs:
            if name.startswith("on"):
                self.faults.append(f"handler {name} in <{tag}>")
            if name in LINKS and (value or "").strip().lower().startswith(SCHEMES):
                self.faults.append(f"link {value} in <{tag}>")
        data = (given.get("type") or "").endswith("json")
        self._inline = "" if tag == "script" and "src" not in given and not data else None

    def handle_data(self, data: str) -> None:
        if self._inline is not None:
            self._inline += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._inline is not None:
            digest = base64.b64encode(hashlib.sha256(self._inline.encode()).digest()).decode()
            if f"'sha256-{digest}'" not in self.policy:
                self.faults.append(f"inline script without a hash: {self._inline[:60]}")
        self._inline = None


def find_active_links(value: Any) -> list[str]:
    """Addresses in a tree of components that would run a script."""
    found, todo = [], [value]
    while todo:
        item = todo.pop()
        if isinstance(item, dict):
            found += [
                str(text) for name, text in item.items()
                if name in LINKS and str(text).strip().lower().startswith(SCHEMES)
            ]  # fmt: skip
            if item.get("dangerously_allow_html") or item.get("dangerously_allow_code"):
                found.append("dangerously_allow")
            todo += item.values()
        elif isinstance(item, list):
            todo += item
    return found


class Probe(logging.Handler):
    """Sends requests, times them, and notes every fault under a short name with its smallest request."""

    def __init__(self, client: TestClient) -> None:
        super().__init__(logging.ERROR)
        self.client = client
        self.statuses: Counter[str] = Counter()
        self.slowest: list[tuple[float, Request]] = []
        self.faults: dict[str, Request] = {}
        self.traces: dict[str, str] = {}
        self._logged: list[logging.LogRecord] = []
        for name in ("gco.callbacks", "gco.server"):
            logging.getLogger(name).addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what the application reports as failed."""
        self._logged.append(record)

    def send(self, request: Request) -> None:
        """Send one request and inspect the answer."""
        self._logged.clear()
        began = time.process_time()
        if request.body is None:
            headers = {"accept": "text/html", "referer": request.referer}
            answer = self.client.get(HOST + request.address, headers=headers, follow_redirects=False)
        else:
            headers = {"content-type": "application/json"}
            answer = self.client.post(request.address, content=request.body, headers=headers)
        self.slowest = sorted([*self.slowest, (time.process_time() - began, request)], key=lambda x: -x[0])[
            :5
        ]
        self.statuses[f"{'callback' if request.body is not None else 'address'} {answer.status_code}"] += 1
        for fault in self._inspect(answer):
            before = self.faults.get(fault)
            if before is None or len(str(request)) < len(str(before)):
                self.faults[fault] = request

    def _inspect(self, answer: Any) -> list[str]:
        faults = [self._name(record) for record in self._logged]
        if answer.status_code >= 500:
            faults.append(f"status {answer.status_code}")
        target = answer.headers.get("location", "/").removeprefix(HOST)
        if not target.startswith("/") or target.startswith(("//", "/\\")):
            faults.append(f"leads to {target[:60]}")
        kind = answer.headers.get("content-type", "")
        if (
            answer.headers.get("x-content-type-options") != "nosniff"
            or "content-security-policy" not in answer.headers
        ):
            faults.append("headers are missing")
        if kind.startswith("text/html"):
            document = Document(answer.headers.get("content-security-policy", ""))
            document.feed(answer.text)
            faults += document.faults + [f"shows {leak}" for leak in LEAKS if leak in answer.text]
        elif kind.startswith("application/json") and answer.content:
            faults += [f"link {link[:40]}" for link in find_active_links(json.loads(answer.content))]
            faults += [f"shows {leak}" for leak in LEAKS[:3] if leak in answer.text]
        return faults

    def _name(self, record: logging.LogRecord) -> str:
        error = record.exc_info[1] if record.exc_info else None
        trace = error.__traceback__ if error else None
        last = ""
        while trace is not None:
            code = trace.tb_frame.f_code
            if "site-packages" not in code.co_filename and "/lib/python" not in code.co_filename:
                last = f"{'/'.join(code.co_filename.split('/')[-3:])}:{trace.tb_lineno}"
            trace = trace.tb_next
        return (
            f"{record.name}: {type(error).__name__} at {last}: {str(error)[:80]}"
            if error
            else record.getMessage()
        )

    def report(self) -> str:
        """Figures and faults as text."""
        lines = [f"{name:<14}{count:>8,}" for name, count in sorted(self.statuses.items())]
        lines += [
            f"slowest {seconds * 1000:7.0f} ms  {str(request)[:110]}" for seconds, request in self.slowest
        ]
        lines += [f"FAULT {fault}\n      {str(request)[:400]}" for fault, request in self.faults.items()]
        return "\n".join(lines)
