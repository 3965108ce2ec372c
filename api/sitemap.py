"""What search engines ask for: every page and portrait in both languages, and where that list is."""

from collections.abc import Iterator
from html import escape

from fastapi import APIRouter, Request, Response

from data.catalogue_types import LANGUAGES
from data.observatory import Observatory
from data.portraits import KINDS, slugs

PAGES = ("explore", "compare", "rank", "sources")
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)


def paths(obs: Observatory) -> Iterator[str]:
    """Addresses without their language: pages first, then the portraits by kind."""
    yield from PAGES
    for kind in KINDS:
        yield from (f"{kind}/{slug}" for slug in slugs(obs, kind))


def _entry(base: str, path: str) -> str:
    alternates = "".join(
        f'<xhtml:link rel="alternate" hreflang="{lang}" href="{base}/{lang}/{path}"/>' for lang in LANGUAGES
    )
    return "".join(f"<url><loc>{base}/{lang}/{path}</loc>{alternates}</url>\n" for lang in LANGUAGES)


def write_sitemap(obs: Observatory, base: str) -> str:
    """The whole list as XML; ``base`` is scheme and host of the site."""
    root = escape(base.rstrip("/"))
    return f"{HEAD}{''.join(_entry(root, escape(path)) for path in paths(obs))}</urlset>\n"


def router(obs: Observatory) -> APIRouter:
    """The routes ``/sitemap.xml`` and ``/robots.txt``."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/sitemap.xml")
    def sitemap(request: Request) -> Response:
        return Response(write_sitemap(obs, str(request.base_url)), media_type="application/xml")

    @routes.get("/robots.txt")
    def robots(request: Request) -> Response:
        base = str(request.base_url).rstrip("/")
        text = f"User-agent: *\nDisallow: /_dash\nDisallow: /api/v1/exports\nSitemap: {base}/sitemap.xml\n"
        return Response(text, media_type="text/plain")

    return routes
