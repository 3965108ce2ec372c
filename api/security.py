"""What every answer must carry and what no request may bring: headers, limits, and one door for failures.

Two small ASGI middlewares. :class:`Guard` stands outermost and sees every request first; :class:`Failures`
stands innermost, so that a failure is answered once and in our own words.
"""

import logging
import secrets
from collections.abc import Callable, Iterable
from typing import Any

import orjson
from dash.exceptions import InvalidCallbackReturnValue, PreventUpdate
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOG = logging.getLogger("gco.server")

MAX_BODY = 256 * 1024
"""Most bytes of a request's body."""
MAX_ADDRESS = 16 * 1024
"""Most bytes of path and query; a query beyond what pages read is told kindly by the page itself."""
MAX_DEPTH, MAX_ITEMS, MAX_NODES = 16, 2_000, 20_000
"""Of a callback's JSON: deepest nesting, longest list or object, most values altogether."""
METHODS = {"GET", "HEAD", "POST", "OPTIONS"}
CALLBACK = "/_dash-update-component"
CLOSED = {"/_reload-hash", "/_dash-ws-callback"}
"""Parts of Dash that only development needs."""

_SHUT = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"
_FEATURES = (
    "accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope", "hid",
    "magnetometer", "microphone", "midi", "payment", "serial", "usb",
)  # fmt: skip
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _FEATURES),
    "Cross-Origin-Opener-Policy": "same-origin",
}


def content_policy(script_hashes: Iterable[str]) -> str:
    """The Content-Security-Policy of a page: own files, and the inline scripts with these hashes."""
    scripts = " ".join(["'self'", *script_hashes])
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self' blob:; "
        "manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
    )


def problem(status: int, title: str, **more: str) -> Response:
    """A refusal for machines, after RFC 9457."""
    content = orjson.dumps({"title": title, "status": status, **more})
    return Response(
        content, status, media_type="application/problem+json", headers={"Cache-Control": "no-store"}
    )


class RefusedError(Exception):
    """A request that goes no further, with the answer to give."""

    def __init__(self, status: int, title: str) -> None:
        super().__init__(title)
        self.response = problem(status, title)


def check_size(value: object) -> None:
    """Refuse JSON that is too deep, too long or too much; walks it without recursion."""
    layer, nodes = [value], 0
    for _ in range(MAX_DEPTH):
        nodes += len(layer)
        inner: list[Any] = []
        for item in layer:
            if isinstance(item, dict | list):
                if len(item) > MAX_ITEMS:
                    raise RefusedError(400, "A list in the request is too long")
                inner.extend(item.values() if isinstance(item, dict) else item)
        if nodes + len(inner) > MAX_NODES:
            raise RefusedError(400, "The request holds too many values")
        if not inner:
            return
        layer = inner
    raise RefusedError(400, "The request is nested too deeply")


class Guard:
    """Checks a request before anything of the application sees it, and dresses every answer."""

    def __init__(self, app: ASGIApp, policy: str, known_callback: Callable[[object], bool]) -> None:
        self.app = app
        self.policy = policy
        self.known_callback = known_callback

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection; there are no web sockets here."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})
        else:
            await self._serve(scope, receive, self._dressed(scope, send))

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self.app
        try:
            self._check_address(scope)
            if scope["method"] in {"POST", "OPTIONS"}:
                receive = await self._checked_body(scope, receive)
            elif scope["method"] == "HEAD":
                scope = {**scope, "method": "GET"}
        except RefusedError as refusal:
            app = refusal.response
        await app(scope, receive, send)

    def _check_address(self, scope: Scope) -> None:
        if scope["method"] not in METHODS:
            raise RefusedError(405, "Method not allowed")
        if len(scope.get("raw_path") or scope["path"]) + len(scope["query_string"]) > MAX_ADDRESS:
            raise RefusedError(414, "The address is too long")
        if scope["path"] in CLOSED or not scope["path"].isprintable():
            raise RefusedError(404, "Not found")

    async def _checked_body(self, scope: Scope, receive: Receive) -> Receive:
        """The whole body, read within the limit and handed on as one piece."""
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdecimal() or int(announced[:12]) > MAX_BODY:
            raise RefusedError(413, "The request is too large")
        body = bytearray()
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                break
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > MAX_BODY:
                raise RefusedError(413, "The request is too large")
        whole = self._checked_callback(scope, bytes(body)) if scope["path"] == CALLBACK else bytes(body)
        sent = False

        async def replay() -> Message:
            nonlocal sent
            if sent:
                return await receive()
            sent = True
            return {"type": "http.request", "body": whole, "more_body": False}

        return replay

    def _checked_callback(self, scope: Scope, body: bytes) -> bytes:
        """A callback's body as strict JSON again, so that what comes after reads exactly what was checked."""
        if scope["method"] != "POST":
            raise RefusedError(405, "Method not allowed")
        if not Headers(scope=scope).get("content-type", "").startswith("application/json"):
            raise RefusedError(415, "A callback takes JSON")
        try:
            content = orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise RefusedError(400, "The request is not valid JSON") from error
        check_size(content)
        if not self.known_callback(content):
            raise RefusedError(400, "There is no such callback")
        return orjson.dumps(content)

    def _dressed(self, scope: Scope, send: Send) -> Send:
        async def dress(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                page = headers.get("content-type", "").startswith("text/html")
                headers.setdefault("Content-Security-Policy", self.policy if page else _SHUT)
            elif scope["method"] == "HEAD" and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        return dress


class Failures:
    """Answers what went wrong unforeseen: kindly to the visitor, in full to the log, under one reference."""

    def __init__(self, app: ASGIApp, page: Callable[[str, str], Response]) -> None:
        self.app = app
        self.page = page
        """From path and reference to the page for a visitor."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; a failure after the answer has begun can only end the connection."""
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watch)
        except PreventUpdate:
            raise
        except InvalidCallbackReturnValue as error:
            # A request that names other parts than the page has: Dash takes their number from the request.
            LOG.warning("%s: %s", scope["path"], str(error).partition("\n")[0][:200])
            await problem(400, "The request does not fit the page")(scope, receive, send)
        except Exception as error:
            reference = secrets.token_hex(4)
            LOG.error("%s failed, reference %s", scope.get("path"), reference, exc_info=error)
            if started or scope["type"] != "http":
                raise
            await self._answer(scope, reference)(scope, receive, send)

    def _answer(self, scope: Scope, reference: str) -> Response:
        request = Request(scope)
        if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
            return self.page(request.url.path, reference)
        return problem(500, "Something went wrong on our side", reference=reference)
