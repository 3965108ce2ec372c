"""A crawler walks the portraits over the wire: no error, no broken link, no empty part, no bare value.

By default a sample of every kind in both languages; with ``GCO_FULL=1`` every portrait in English and a tenth
in German.
"""

import gzip
import os
import random
import re
import time
from collections.abc import Iterator
from html import unescape

import pytest
from starlette.testclient import TestClient

from components.view import PORTRAITS, make_view
from data.observatory import Observatory
from data.portraits import KINDS, slugs, unit_of

FULL = os.environ.get("GCO_FULL") == "1"
SAMPLE = {"cluster": 60, "region": 50, "industry": 40, "field": 14, "country": 40}
ALWAYS = {
    "cluster": ["eu-nuts2-de11-isic-29", "st-tokyo-yokohama", "in-state-ka-isic-j", "jp-muni-23211-isic-c"],
    "region": [
        "eu-nuts2-no01",
        "ch-canton-aargau",
        "us-state-ca",
        "in-state-ka",
        "au-lga-adelaide",
        "eu-nuts2-cy00",
    ],
    "industry": ["isic-u", "isic-97", "usc-4", "isic-b-e", "isic-29-30"],
    "field": [],
    "country": ["usa", "bra", "lie", "cyp", "zmb", "alb"],
}
BARE = re.compile(
    r"(?<![\w’'-])(nan|NaN|None|NaT|inf|undefined)(?![\w-])|<NA>|portrait\.[a-z]+[.a-z]*|\{[a-z_]+\}|−0[.,]0+(?!\d)"
)
LARGEST = 80_000


def _chosen(obs: Observatory, kind: str, lang: str) -> list[str]:
    every = list(slugs(obs, kind))
    if FULL and lang == "en":
        return every
    size = max(len(every) // 10, 14) if FULL else SAMPLE[kind]
    drawn = random.Random(f"{kind}{lang}").sample(every, min(size, len(every)))
    return list(dict.fromkeys([*(s for s in ALWAYS[kind] if s in slugs(obs, kind)), *drawn]))


def _parts(body: str) -> Iterator[tuple[str, str]]:
    """(heading, content) of every part of a portrait, markup as it is."""
    for found in re.finditer(r'<section class="part"><h2[^>]*>(.*?)</h2>(.*?)</section>', body, re.S):
        yield found[1], found[2]


def _check_text(body: str, address: str) -> None:
    main = body[body.index("<main") : body.index("</main>")]
    text = unescape(re.sub(r"<[^>]+>", " ", main))
    bare = BARE.search(text)
    assert bare is None, f"{address}: {text[max(bare.start() - 60, 0) : bare.end() + 40]!r}"
    assert len(re.findall(r"<h1", main)) == 1, address
    parts = list(_parts(main))
    assert len(parts) >= 6, f"{address}: only {len(parts)} parts"
    for heading, content in parts:
        words = re.sub(r"<[^>]+>", " ", content).split()
        assert "<svg" in content or len(words) >= 3 or "<a " in content, f"{address}: nothing under {heading}"


def _check_link(obs: Observatory, anchors: set[str], href: str) -> str:
    """What is wrong with an inner link, empty if nothing is."""
    path, _, anchor = href.partition("#")
    path, _, query = path.partition("?")
    parts = path.strip("/").split("/")
    if len(parts) == 3 and parts[1] in PORTRAITS:
        return "" if unit_of(obs, parts[1], parts[2]) else "no such unit"
    view = make_view(obs, path, query)
    if view is None:
        return "no such page"
    if view.ignored:
        return f"not understood: {view.ignored}"
    return f"no such anchor: {anchor}" if view.page == "sources" and anchor and anchor not in anchors else ""


@pytest.mark.parametrize("lang", ["en", "de"])
@pytest.mark.parametrize("kind", KINDS)
def test_portraits_are_whole(client: TestClient, obs: Observatory, kind: str, lang: str) -> None:
    anchors = set(re.findall(r'id="([^"]+)"', client.get(f"/{lang}/sources").text))
    links: dict[str, str] = {}
    times, sizes = [], []
    for slug in _chosen(obs, kind, lang):
        address = f"/{lang}/{kind}/{slug}"
        start = time.perf_counter()
        answer = client.get(address)
        times.append(time.perf_counter() - start)
        assert answer.status_code == 200, address
        body = answer.text
        sizes.append(len(gzip.compress(body.encode(), 5)))
        _check_text(body, address)
        for href in re.findall(r'href="(/(?:de|en)/[^"]*)"', body):
            links.setdefault(unescape(href), address)
    broken = {href: (why, at) for href, at in links.items() if (why := _check_link(obs, anchors, href))}
    assert broken == {}, list(broken.items())[:5]
    assert max(sizes) <= LARGEST
    times.sort()
    p95 = times[min(int(len(times) * 0.95), len(times) - 1)] * 1000
    print(
        f"{lang} {kind}: {len(times)} portraits, {len(links)} links, p95 {p95:.0f} ms, up to {max(sizes) / 1000:.0f} kB"
    )


def test_what_is_linked_is_served(client: TestClient) -> None:
    """Links that are no portraits are followed over the wire, one of each sort."""
    body = client.get("/en/region/eu-nuts2-de11").text
    for page in ("explore", "compare", "rank", "sources"):
        href = next(
            unescape(h)
            for h in re.findall(r'href="([^"]*)"', body)
            if h.startswith(f"/en/{page}?") or h.startswith(f"/en/{page}#")
        )
        assert client.get(href.split("#")[0]).status_code == 200, href


def test_unknown_portraits_are_not_found(client: TestClient) -> None:
    for path in (
        "/en/region/nowhere",
        "/de/cluster/",
        "/en/country/xxx",
        "/en/field/%3Cscript%3E",
        "/en/industry/isic-999",
    ):
        answer = client.get(path)
        assert answer.status_code == 404, path
        assert "<script>alert" not in answer.text


def test_the_head_names_both_languages_and_the_subject(client: TestClient) -> None:
    body = client.get("/de/region/eu-nuts2-de11").text
    assert 'hreflang="en" href="/en/region/eu-nuts2-de11"' in body
    assert '<link rel="canonical" href="/de/region/eu-nuts2-de11">' in body
    assert '"@type": "AdministrativeArea"' in body
    assert "<title>Stuttgart" in body
    assert 'name="description" content="Stuttgart: Diese NUTS-2-Region' in body


def test_a_retired_region_tells_where_it_lives_on(client: TestClient) -> None:
    body = client.get("/en/region/eu-nuts2-no01").text
    assert 'href="/en/region/eu-nuts2-no08"' in body
    assert "redrawn" in body
