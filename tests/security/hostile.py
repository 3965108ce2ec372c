"""Hostile requests: addresses and callback bodies made from the application's own, then spoilt."""

import json
import math
from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

from fastapi import FastAPI
from hypothesis import strategies as st

from components.portraits import PORTRAIT_MODULES
from components.view import PAGES
from data.observatory import Observatory
from data.selection import KEYS

SCRIPTS = (
    "<gcoprobe>", "<script>gcoprobe()</script>", '"><gcoprobe onload=x>', "' onmouseover=gcoprobe '",
    "javascript:gcoprobe()", "</script><gcoprobe>", "{{7*7}}", "${7*7}", "%(x)s", "{0.__class__}", "=1+1",
    "@SUM(A1)", "<svg/onload=gcoprobe>", "&lt;gcoprobe&gt;", "]]><gcoprobe>", "\u2028\u2029",
    "'; DROP TABLE x;--",
)  # fmt: skip
ODD = (
    "", " ", "nan", "inf", "-inf", "1e999", "-1", "0", "99999999999999999999", "null", "None", "true",
    "~" * 200, ":", "::", "a:1:0~a", "\x00", "\ud7ff\ufffe", "\u202e", "ﬃ", "İ", "𝕏" * 50, "../" * 20,
    "%00", "%2e%2e%2f", "A" * 5_000, "[", "(?:", "(a+)+$", "\\", "DEU~DEU~XXX", "1,2~3,4", "1,2~3,4~5,6",
    "540,90~-540,-90~0,0", "٣",
)  # fmt: skip
PATHS = (
    "/assets/../app.py", "/assets/%2e%2e/app.py", "/assets/..%2f..%2fetc/passwd", "/geo/%00",
    "/geo/../manifest.json", "/_dash-component-suites/dash/../../x", "/_dash-component-suites/os/path.py",
    "/_reload-hash", "//evil.example/x", "//evil.example/", "/_dash-layout", "/_dash-dependencies",
    "/.git/config", "/en//explore", "/en/explore/", "/EN/explore", "/\\x", "/_dash-update-component",
    "/_dash-ws-callback", "/_favicon.ico", "/bundle.js", "/api/v1/openapi.json",
)  # fmt: skip


class Request(NamedTuple):
    """One request: an address to read, or a body to post to Dash."""

    address: str
    body: bytes | None = None
    referer: str = ""


TEXTS = st.one_of(
    st.sampled_from(SCRIPTS),
    st.sampled_from(ODD),
    st.text(max_size=30),
    st.text("~:,.-_<>&\"'%", max_size=12),
)
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), TEXTS, st.just(math.nan), st.just(10**400),
    st.just({"__proto__": {"x": 1}}),
    st.just({"props": {}, "type": "Div", "namespace": "dash_html_components"}),
)  # fmt: skip
JSON = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=6), st.dictionaries(TEXTS, inner, max_size=5)),
    max_leaves=12,
)
HUGE = st.sampled_from([
    [0] * 1_999, [0] * 30_000, [[]] * 1_500, ["x" * 100] * 1_500, "x" * 200_000, "x" * 300_000,
    [[[["y"] * 10] * 10] * 10] * 10, {str(i): i for i in range(1_900)},
])  # fmt: skip


def _deep(depth: int) -> Any:
    value: Any = "bottom"
    for i in range(depth):
        value = [value] if i % 2 else {"a": value}
    return value


ANY = st.one_of(JSON, JSON, JSON, HUGE, st.sampled_from([8, 15, 40, 400]).map(_deep))


def queries(obs: Observatory) -> st.SearchStrategy[str]:
    """Query strings from known keys with real, odd and hostile values, mixed."""
    known = obs.vocabulary
    pools = [sorted(getattr(known, name))[:400] for name in vars(known)]
    real = st.one_of([st.sampled_from(pool) for pool in pools if pool])
    several = st.lists(st.one_of(real, real, TEXTS), max_size=70).map("~".join)
    ranges = st.tuples(st.sampled_from(sorted(known.indicators)), TEXTS, TEXTS).map(":".join)
    values = st.one_of(real, several, TEXTS, ranges, st.integers(-5, 2_000).map(str))
    names = st.one_of(st.sampled_from([key.name for key in KEYS]), TEXTS)
    pairs = st.lists(st.tuples(names, values), max_size=12)
    encoded = pairs.map(lambda found: "&".join(f"{_quote(k)}={_quote(v)}" for k, v in found))
    return st.one_of(encoded, encoded, encoded, TEXTS.map(_quote), st.text("%&=;?[]+ab1", max_size=40))


def _quote(text: str) -> str:
    return quote(text, safe="~:,<>\"' ", errors="replace")


def paths(obs: Observatory, application: FastAPI) -> st.SearchStrategy[str]:
    """Every page, portrait and typed route there is, and addresses that are none."""
    pages = [f"/{lang}/{page}" for lang in ("de", "en") for page in PAGES]
    units = [*sorted(obs.vocabulary.units)[::40], *list(obs.catalogue.sources)[:3], *obs.countries.index[:5]]
    slugs = st.one_of(st.sampled_from([unit.lower() for unit in units]), TEXTS.map(_slash))
    kinds = sorted({*PORTRAIT_MODULES, "cluster", "region", "x"})
    portraits = st.tuples(st.sampled_from(["de", "en"]), st.sampled_from(kinds), slugs)
    routes = sorted(application.openapi()["paths"])
    typed = st.tuples(
        st.sampled_from(routes), st.lists(st.one_of(slugs, _PARTS), min_size=4, max_size=4)
    ).map(_fill)
    wild = st.lists(TEXTS.map(_slash), max_size=5).map(lambda parts: "/" + "/".join(parts))
    return st.one_of(
        st.sampled_from(pages),
        portraits.map(lambda p: "/" + "/".join(p)),
        typed,
        st.sampled_from(PATHS),
        wild,
    )


_PARTS = st.sampled_from(["clusters", "regions", "industries", "csv", "xlsx", "geojson", "parquet", "json"])


def _slash(text: str) -> str:
    return quote(text, safe="%/", errors="replace")[:300]


def _fill(found: tuple[str, Sequence[str]]) -> str:
    route, values = found
    pieces, rest = route.split("{"), iter(values)
    return pieces[0] + "".join(next(rest, "x") + piece.partition("}")[2] for piece in pieces[1:])


def addresses(obs: Observatory, application: FastAPI) -> st.SearchStrategy[Request]:
    """Addresses to read."""
    found = st.tuples(paths(obs, application), st.one_of(st.just(""), queries(obs), queries(obs)))
    plain = found.map(lambda parts: parts[0] + (f"?{parts[1]}" if parts[1] else ""))
    layouts = plain.map(lambda address: Request("/_dash-layout", referer=f"http://testserver{address}"))
    return st.one_of(plain.map(Request), plain.map(Request), plain.map(Request), layouts)


def bodies(dependencies: list[dict[str, Any]], obs: Observatory) -> st.SearchStrategy[Request]:
    """Callback bodies as our own pages send them, with hostile values, and often with a broken shape."""
    search = queries(obs).map(lambda query: f"?{query}")
    path = st.sampled_from([f"/{lang}/{page}" for lang in ("de", "en") for page in PAGES])
    callbacks = [item for item in dependencies if not item["clientside_function"]]
    whole = st.sampled_from(callbacks).flatmap(lambda item: _body(item, search, path))
    spoilt = st.tuples(whole, st.integers(0, 10**6), ANY, st.sampled_from(["replace", "drop", "wrap"])).map(
        _spoil
    )
    body = st.one_of(whole, whole, whole, spoilt, ANY)
    raw = st.one_of(body.map(_dump), body.map(_dump), body.map(_dump), st.binary(max_size=60))
    return raw.map(lambda content: Request("/_dash-update-component", content))


def _dump(body: Any) -> bytes:
    return json.dumps(body).encode("utf-8", "surrogatepass")


def _body(item: dict[str, Any], search: Any, path: Any) -> st.SearchStrategy[dict[str, Any]]:
    def value(dependency: dict[str, str]) -> st.SearchStrategy[Any]:
        sensible = {"search": search, "pathname": path}.get(dependency["property"], TEXTS)
        return st.one_of(sensible, sensible, ANY)

    def entry(dependency: dict[str, str], with_value: bool = True) -> st.SearchStrategy[Any]:
        parts: dict[str, Any] = {"id": _ids(dependency["id"]), "property": st.just(dependency["property"])}
        if with_value:
            parts["value"] = value(dependency)
        one = st.fixed_dictionaries(parts)
        return st.lists(one, max_size=8) if '["ALL' in dependency["id"] else one

    multi = item["output"].startswith("..")
    outputs = [_split(name) for name in item["output"].strip(".").split("...")]
    changed = [f"{d['id']}.{d['property']}" for d in item["inputs"]]
    given = st.tuples(*(entry(output, with_value=False) for output in outputs)).map(list)
    return st.fixed_dictionaries({
        "output": st.just(item["output"]),
        "outputs": given if multi else given.map(lambda found: found[0]),
        "inputs": st.tuples(*(entry(d) for d in item["inputs"])).map(list),
        "changedPropIds": st.lists(st.sampled_from(changed), max_size=3),
        "state": st.tuples(*(entry(d) for d in item["state"])).map(list),
    })  # fmt: skip


def _split(output: str) -> dict[str, str]:
    name, _, part = output.rpartition(".")
    return {"id": name, "property": part}


def _ids(name: str) -> st.SearchStrategy[Any]:
    if not name.startswith("{"):
        return st.just(name)
    parts = {k: TEXTS if isinstance(v, list) else st.just(v) for k, v in json.loads(name).items()}
    return st.fixed_dictionaries(parts)


def _places(value: Any, found: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    keys = range(len(value)) if isinstance(value, list) else list(value) if isinstance(value, dict) else ()
    for key in keys:
        found.append((value, key))
        if len(found) < 400:
            _places(value[key], found)
    return found


def _spoil(parts: tuple[dict[str, Any], int, Any, str]) -> Any:
    body, at, junk, how = parts
    spoilt = json.loads(json.dumps(body))
    places = _places(spoilt, [])
    holder, key = places[at % len(places)]
    if how == "drop":
        del holder[key]
    else:
        holder[key] = junk if how == "replace" else [holder[key]]
    return spoilt
