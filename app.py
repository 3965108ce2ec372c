"""Composition root: settings → observatory → one ASGI application.

``server`` is what uvicorn runs; nothing imports this module.
"""

import contextvars
import hashlib
import sys
from collections.abc import Callable
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, NamedTuple, cast

import uvicorn
from dash import Dash, html
from dash.backends._fastapi import reset_current_request, set_current_request
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

import api
import callbacks
from api import compression, packed, page_scripts, security
from callbacks import wire
from callbacks.errors import failure_view, on_error
from callbacks.request_bodies import KnownCallbacks
from callbacks.routes import FirstView, first_layout, first_view, skeleton
from components import shell
from data.errors import ObservatoryError
from data.fit import check_fit
from data.memory import settle
from data.observatory import Observatory, load_observatory
from data.portraits import lower_address
from data.settings import ROOT, Settings, SettingsError, load_settings

ASSETS = ROOT / "assets"
FOREVER = "public, max-age=31536000, immutable"
_view: contextvars.ContextVar[FirstView] = contextvars.ContextVar("first_view")

TEMPLATE = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<meta name="description" content="{description}">
{head}
<link rel="icon" href="{icon}" type="image/svg+xml">
<link rel="stylesheet" href="{bootstrap}">
<link rel="stylesheet" href="{style}">
<script src="{script}" data-documents="{documents}"{plotly}></script>
{css}
</head>
<body>
{body}
{rest}
</body>
</html>"""


@cache
def fingerprint(path: Path, url: str) -> str:
    """The address of a file with a fingerprint of its content, cacheable for ever."""
    return f"{url}?v={hashlib.sha256(path.read_bytes()).hexdigest()[:12]}"


class Bundle(NamedTuple):
    """Our own style sheets or scripts as one file."""

    content: bytes
    address: str


@cache
def bundle(kind: str) -> Bundle:
    """The files of ``assets/<kind>`` in the order of their names, in one request instead of many."""
    content = b"\n".join(path.read_bytes() for path in sorted((ASSETS / kind).glob(f"*.{kind}")))
    return Bundle(content, f"/bundle.{kind}?v={hashlib.sha256(content).hexdigest()[:12]}")


UNSAID = {
    "websocket", "python_version", "dash_version", "dash_version_url", "ddk_version", "plotly_version",
    "validation_layout",
}  # fmt: skip


def _document(view: FirstView, body: str, css: str = "", rest: str = "") -> str:
    parts = page_scripts.plotly_parts() if rest else None
    return TEMPLATE.format(
        lang=view.lang,
        title=escape(view.title),
        description=escape(view.description),
        head=view.head,
        body=body,
        icon=fingerprint(ASSETS / "icon.svg", "/assets/icon.svg"),
        bootstrap=fingerprint(packed.BOOTSTRAP / "bootstrap.min.css", "/vendor/bootstrap/bootstrap.min.css"),
        style=bundle("css").address,
        script=bundle("js").address,
        documents=" ".join(page_scripts.GRID_PAGES),
        plotly=f' data-plotly="{escape(parts.described)}"' if parts else "",
        css=css,
        rest=rest,
    )


class ObservatoryDash(Dash):
    """Dash whose entry document carries the server's first view of the requested address."""

    def _config(self) -> dict[str, Any]:
        """Dash's own configuration without versions, and without the web socket it would open for nothing."""
        kept = {name: value for name, value in super()._config().items() if name not in UNSAID}  # type: ignore[no-untyped-call]
        # The pages come one at a time, so the browser could not check the ids; tests/callbacks/test_ids.py does.
        return {**kept, "suppress_callback_exceptions": True}

    def interpolate_index(self, **parts: Any) -> str:  # type: ignore[override]
        """Fill the entry document; ``parts`` come from Dash."""
        view = _view.get()
        scripts = page_scripts.trim(parts["scripts"], page_scripts.plotly_parts(), view.page)
        late = parts["config"] + scripts + parts["renderer"]
        rest = f"{parts['app_entry']}<footer>{late}</footer>"
        head = parts["css"] + page_scripts.preloads(view.page)
        return _document(view, f'<div id="first-view">{view.body}</div>', head, rest)


def _preferred_language(header: str) -> str:
    """German where the browser prefers it to English, else English."""
    for item in header.lower().split(","):
        tag = item.split(";")[0].strip()[:2]
        if tag in {"de", "en"}:
            return tag
    return "en"


def _add_pages(server: FastAPI, obs: Observatory) -> None:
    def page(request: Request) -> Response:
        small = lower_address(request.url.path)
        if small:
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(f"{small}{query}", 308)
        view = first_view(obs, request.url.path, request.url.query)
        if view.static:
            return HTMLResponse(
                _document(view, view.body), view.status, headers={"Cache-Control": "no-cache"}
            )
        token, request_token = _view.set(view), set_current_request(request)
        try:
            document = server.state.dash.index()
        finally:
            reset_current_request(request_token)
            _view.reset(token)
        return HTMLResponse(document, status_code=view.status, headers={"Cache-Control": "no-cache"})

    def layout(request: Request) -> Response:
        found = first_layout(obs, request.headers.get("referer", ""))
        return Response(found, media_type="application/json", headers={"Cache-Control": "no-store"})

    def start(request: Request) -> Response:
        lang = _preferred_language(request.headers.get("accept-language", ""))
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/{lang}/explore{query}", 307, headers={"Vary": "Accept-Language"})

    server.add_api_route("/", start, include_in_schema=False)
    server.add_api_route("/_dash-layout", layout, include_in_schema=False)
    for lang in ("de", "en"):
        server.add_api_route(f"/{lang}", page, include_in_schema=False)
        server.add_api_route(f"/{lang}/{{rest:path}}", page, include_in_schema=False)
    server.state.missing = page


def _failure_page(path: str, reference: str) -> Response:
    view = failure_view(path, reference)
    return HTMLResponse(_document(view, view.body), view.status, headers={"Cache-Control": "no-store"})


def _bundle_route(kind: str, media_type: str) -> Callable[[], Response]:
    def serve() -> Response:
        return Response(bundle(kind).content, media_type=media_type, headers={"Cache-Control": FOREVER})

    return serve


def create_app(obs: Observatory, settings: Settings) -> FastAPI:
    """The whole application on one observatory: pages, open data, assets."""
    server = FastAPI(
        title="Global Cluster Observatory",
        version=obs.version,
        docs_url=None,  # FastAPI's page would load its scripts from another host.
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
    )
    api.register(server, obs, settings)
    _add_pages(server, obs)
    for kind, media_type in (("css", "text/css"), ("js", "text/javascript")):
        server.add_api_route(f"/bundle.{kind}", _bundle_route(kind, media_type), include_in_schema=False)
    folders = {"/assets": ASSETS, "/geo": obs.folder / "geometry", "/vendor/bootstrap": packed.BOOTSTRAP}
    server.include_router(packed.router(folders, {page_scripts.PREFIX: page_scripts.PLOTLY_PARTS}))
    server.add_middleware(security.Failures, page=_failure_page)
    server.add_middleware(compression.Compression)
    dash = ObservatoryDash(
        __name__,
        backend="fastapi",
        server=cast(Any, server),
        enable_mcp=False,
        include_assets_files=False,
        assets_folder=str(ASSETS),
        update_title="",
        on_error=on_error,
    )
    server.state.dash = dash
    dash.layout = shell.layout()
    dash.validation_layout = cast(Any, html.Div)([shell.layout(), skeleton(obs)])
    wire.install()
    callbacks.register(dash, obs)
    dash._setup_server()  # type: ignore[no-untyped-call]
    server.add_api_route("/{rest:path}", server.state.missing, include_in_schema=False)
    # Only now is every inline script known, and every callback.
    policy = security.content_policy(dash.csp_hashes())
    server.add_middleware(security.Guard, policy=policy, known_callback=KnownCallbacks(dash))
    return server


@cache
def build() -> FastAPI:
    """The application for the present environment."""
    settings = load_settings()
    check_fit(settings.curated)
    application = create_app(load_observatory(settings.curated), settings)
    settle()
    return application


def build_or_exit() -> FastAPI:
    """The application, or the end of the process with one line that says what is wrong."""
    try:
        return build()
    except (SettingsError, ObservatoryError) as error:
        sys.exit(f"error: {error}")


def __getattr__(name: str) -> FastAPI:
    """``app:server`` is built when a server asks for it, so that importing has no side effect."""
    if name == "server":
        return build_or_exit()
    raise AttributeError(name)


def main() -> None:
    """Serve at the address of the settings; say in one line what is wrong where that cannot be."""
    try:
        settings = load_settings()
        check_fit(settings.curated)
    except (SettingsError, ObservatoryError) as error:
        sys.exit(f"error: {error}")
    uvicorn.run(
        build_or_exit() if settings.workers == 1 else "app:server",
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        log_level=settings.log_level,
        server_header=False,
        timeout_keep_alive=75,  # Longer than a proxy keeps its end, which else asks on a closed connection.
        timeout_worker_healthcheck=30,  # A busy machine is no reason to kill a worker.
        access_log=settings.log_level == "debug",  # A visitor's address is nobody's business.
    )


if __name__ == "__main__":
    main()
