"""The sitemap lists every page and portrait once a language, each with its other language."""

import xml.etree.ElementTree as ET

from api.sitemap import PAGES, router, write_sitemap
from components import view
from data.observatory import Observatory
from data.portraits import KINDS, slugs

SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def test_every_page_and_portrait_is_listed_once(obs: Observatory) -> None:
    root = ET.fromstring(write_sitemap(obs, "https://gco.example/"))
    listed = [url.findtext("s:loc", namespaces=SPACE) for url in root.findall("s:url", SPACE)]
    expected = 2 * (len(PAGES) + sum(len(slugs(obs, kind)) for kind in KINDS))
    assert len(listed) == len(set(listed)) == expected < 50_000
    assert "https://gco.example/de/region/eu-nuts2-de11" in listed
    assert set(PAGES) == set(view.PAGES)


def test_both_languages_are_named_at_every_entry(obs: Observatory) -> None:
    root = ET.fromstring(write_sitemap(obs, "https://gco.example"))
    for url in root.findall("s:url", SPACE)[:50]:
        assert [link.get("hreflang") for link in url.findall("x:link", SPACE)] == ["en", "de"]


def test_a_host_cannot_put_markup_into_the_list(obs: Observatory) -> None:
    assert "<script>" not in write_sitemap(obs, "https://a<script>")


def test_the_routes_are_there(obs: Observatory) -> None:
    assert {route.path for route in router(obs).routes} == {"/sitemap.xml", "/robots.txt"}  # type: ignore[attr-defined]
