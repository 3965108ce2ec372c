"""Exports as links that can be copied: the query of a page, as a file."""

import datetime
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from data import export as exports
from data.export_provenance import Request as ExportRequest
from data.observatory import Observatory
from data.ranking_words import word
from data.selection import parse
from data.settings import Settings

LANGUAGES = ("en", "de")


def problem(status: int, detail: str) -> JSONResponse:
    """An error as RFC 9457 describes it."""
    content = {"type": "about:blank", "title": detail.split(". ")[0], "status": status, "detail": detail}
    return JSONResponse(content, status, media_type="application/problem+json")


def _language(query: str) -> str:
    try:
        asked = parse_qs(query[:8_000], max_num_fields=200).get("lang", [""])[-1]
    except ValueError:
        return "en"
    return asked if asked in LANGUAGES else "en"


def _request(obs: Observatory, settings: Settings, unit: str, request: Request) -> ExportRequest:
    query = request.url.query
    parsed = parse(query, obs.vocabulary)
    selection = parsed.selection.but(unit=unit)
    base = (settings.base_url or str(request.base_url)).rstrip("/")
    lang = _language(query)
    return ExportRequest(
        selection=selection,
        lang=lang,
        address=f"{base}{request.url.path}?lang={lang}&{selection.to_query()}".rstrip("&"),
        page=f"{base}/{lang}/rank{selection.to_search()}",
        date=datetime.datetime.now(datetime.UTC).date(),
        ignored=tuple(name for name in parsed.ignored if name != "lang"),
    )


def router(obs: Observatory, settings: Settings) -> APIRouter:
    """The route ``/api/v1/exports/{unit}.{kind}``."""
    routes = APIRouter(prefix="/api/v1", tags=["exports"])

    @routes.get("/exports/{unit}.{kind}", response_class=Response, responses={404: {}, 413: {}})
    def export(unit: str, kind: str, request: Request) -> Response:
        """Clusters, regions or industries as csv, xlsx, parquet, geojson or json: the rows, order and columns
        that the ranking shows for the same query, with sources and licences. ``lang`` is en or de.
        """
        if not exports.exists(unit, kind):
            return problem(404, word(_language(request.url.query), "errors", "unknown"))
        try:
            file = exports.export(obs, _request(obs, settings, unit, request), kind, settings.export_rows)
        except exports.TooManyRowsError as error:
            return problem(413, str(error))
        headers = {
            "Content-Disposition": f'attachment; filename="{file.name}"',
            "Cache-Control": "no-cache",
            "X-Content-Type-Options": "nosniff",
        }
        return Response(file.content, media_type=file.media_type, headers=headers)

    return routes
