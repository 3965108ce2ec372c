"""Answers made per request, compressed on the way out; files have better copies of their own (``packed``)."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette_compress import CompressMiddleware

CALLBACK = "/_dash-update-component"
SMALLEST = 600


class _TypedCallbacks:
    """Names the media type of callback answers, which Dash leaves out: nothing is compressed without it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def typed(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).setdefault("content-type", "application/json")
            await send(message)

        callback = scope["type"] == "http" and scope["path"] == CALLBACK
        await self.app(scope, receive, typed if callback else send)


class Compression(CompressMiddleware):
    """Zstandard, Brotli or gzip, whichever the browser takes."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(_TypedCallbacks(app), minimum_size=SMALLEST)
