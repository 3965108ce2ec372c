"""What the visitor looks at, as an immutable value that goes into the address and comes back.

The query string is the only state of the pages. Reading it never raises: what is unknown,
too long or malformed is dropped and named in :attr:`Parsed.ignored`, so that a page can say so.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, quote

SEPARATOR = "~"
MAX_QUERY = 8_000
MAX_LIST = 60
MAX_COMPARED = 10
MAX_AXES = 10
MAX_COLUMNS = 30
MAX_RANGES = 12
MAX_CORNERS = 48
MAX_TEXT = 80
MAX_PAGE = 1_000

Range = tuple[str, float | None, float | None]
Point = tuple[float, float]

UNITS = ("clusters", "regions", "industries")
CHARTS = ("radar", "dots", "table")
GROUPS = ("kind", "industry", "field", "country", "continent", "income", "own")


@dataclass(frozen=True)
class Vocabulary:
    """The ids an address may name; everything else is ignored."""

    kinds: frozenset[str]
    granularities: frozenset[str]
    countries: frozenset[str]
    continents: frozenset[str]
    fields: frozenset[str]
    industries: frozenset[str]
    indicators: frozenset[str]
    layers: frozenset[str]
    units: frozenset[str]
    """Ids of clusters and regions, the things that can be compared."""
    places: frozenset[str]
    columns: frozenset[str]


@dataclass(frozen=True)
class Selection:
    """Filters and view of one page. Ids only, hashable; the defaults are the whole world.

    ``ranges`` hold (indicator, lowest, highest) with ``None`` for an open end; ``area`` the
    corners (lon, lat) of a drawn outline. ``axes`` empty means the five themes, ``columns``
    empty the default columns.
    """

    unit: str = "clusters"
    kind: tuple[str, ...] = ()
    granularity: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    continent: tuple[str, ...] = ()
    field: tuple[str, ...] = ()
    industry: tuple[str, ...] = ()
    text: str = ""
    rule: bool = True
    ranges: tuple[Range, ...] = ()
    area: tuple[Point, ...] = ()
    colour: str = ""
    size: str = ""
    layer: str = ""
    layer_indicator: str = ""
    layer_industry: str = ""
    place: str = ""
    sort: str = ""
    descending: bool = True
    columns: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    only: bool = False
    """A table holds nothing but the compared ``ids``."""
    axes: tuple[str, ...] = ()
    group: str = "kind"
    chart: str = "radar"
    page: int = 1

    def to_query(self) -> str:
        """The query string without its question mark; defaults are left out."""
        parts = []
        for key in KEYS:
            value = getattr(self, key.attribute)
            if value != getattr(DEFAULT, key.attribute):
                parts.append(f"{key.name}={quote(key.write(value), safe='~:,.-_')}")
        return "&".join(parts)

    def to_search(self) -> str:
        """The query string as an address carries it: ``?…`` or nothing."""
        query = self.to_query()
        return f"?{query}" if query else ""

    def but(self, /, **changes: Any) -> "Selection":
        """A copy with some fields changed; the page number starts again unless given."""
        changes.setdefault("page", 1)
        return replace(self, **changes)


DEFAULT = Selection()


class Parsed(NamedTuple):
    """A selection read from an address, and the keys (or parts of them) that were not understood."""

    selection: Selection
    ignored: tuple[str, ...]


class Key(NamedTuple):
    """One key of the query string: its name, the field it fills, and both directions."""

    name: str
    attribute: str
    read: Callable[[str, Vocabulary], tuple[Any, bool]]
    write: Callable[[Any], str]


def _split(text: str) -> list[str]:
    return [part for part in text.split(SEPARATOR) if part]


def _unique(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))


def _many(allowed: Callable[[Vocabulary], frozenset[str]], most: int = MAX_LIST) -> Callable[..., Any]:
    def read(text: str, vocabulary: Vocabulary) -> tuple[tuple[str, ...], bool]:
        named = _unique(_split(text))
        known = tuple(item for item in named if item in allowed(vocabulary))[:most]
        return known, len(known) == len(named)

    return read


def _one(allowed: Callable[[Vocabulary], Iterable[str]], default: str = "") -> Callable[..., Any]:
    def read(text: str, vocabulary: Vocabulary) -> tuple[str, bool]:
        return (text, True) if text in allowed(vocabulary) else (default, text == "")

    return read


def _flag(default: bool) -> Callable[..., Any]:
    def read(text: str, _: Vocabulary) -> tuple[bool, bool]:
        return (text == "1", True) if text in {"0", "1"} else (default, False)

    return read


def _text(text: str, _: Vocabulary) -> tuple[str, bool]:
    clean = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return clean[:MAX_TEXT].strip(), len(clean) <= MAX_TEXT


def _number(text: str) -> float | None:
    """A finite number, or ``None``; underscores and words such as ``nan`` are not numbers here."""
    if not text or len(text) > 24 or not set(text) <= set("0123456789.-+eE"):
        return None
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _ranges(text: str, vocabulary: Vocabulary) -> tuple[tuple[Range, ...], bool]:
    found: dict[str, Range] = {}
    named = _split(text)
    for item in named:
        indicator, _, bounds = item.partition(":")
        low, _, high = bounds.partition(":")
        ends = (_number(low), _number(high))
        if indicator in vocabulary.indicators and ends != (None, None) and len(found) < MAX_RANGES:
            found[indicator] = (indicator, *ends)
    return tuple(found.values()), len(found) == len(named)


def _area(text: str, _: Vocabulary) -> tuple[tuple[Point, ...], bool]:
    corners: list[Point] = []
    for item in _split(text):
        lon, _comma, lat = item.partition(",")
        x, y = _number(lon), _number(lat)
        if x is None or y is None or abs(x) > 540 or abs(y) > 90:
            return (), False
        corners.append((round(x, 2), round(y, 2)))
    whole = 3 <= len(corners) <= MAX_CORNERS
    return (tuple(corners) if whole else ()), whole


def _page(text: str, _: Vocabulary) -> tuple[int, bool]:
    if not (text.isascii() and text.isdecimal() and len(text) <= 6):
        return 1, False
    page = int(text)
    return min(max(page, 1), MAX_PAGE), 1 <= page <= MAX_PAGE


def _short(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"


def _join(items: Iterable[str]) -> str:
    return SEPARATOR.join(items)


def _join_ranges(ranges: Iterable[Range]) -> str:
    return _join(f"{name}:{_short(low)}:{_short(high)}" for name, low, high in ranges)


def _join_area(corners: Iterable[Point]) -> str:
    return _join(f"{_short(x)},{_short(y)}" for x, y in corners)


def _same(value: Any) -> str:
    return str(value)


def _bit(value: bool) -> str:
    return "1" if value else "0"


KEYS: tuple[Key, ...] = (
    Key("unit", "unit", _one(lambda _: UNITS, "clusters"), _same),
    Key("kind", "kind", _many(lambda v: v.kinds), _join),
    Key("granularity", "granularity", _many(lambda v: v.granularities), _join),
    Key("country", "country", _many(lambda v: v.countries), _join),
    Key("continent", "continent", _many(lambda v: v.continents), _join),
    Key("field", "field", _many(lambda v: v.fields), _join),
    Key("industry", "industry", _many(lambda v: v.industries), _join),
    Key("q", "text", _text, _same),
    Key("rule", "rule", _flag(True), _bit),
    Key("range", "ranges", _ranges, _join_ranges),
    Key("area", "area", _area, _join_area),
    Key("colour", "colour", _one(lambda v: v.indicators), _same),
    Key("size", "size", _one(lambda v: v.indicators), _same),
    Key("layer", "layer", _one(lambda v: v.layers), _same),
    Key("layer_by", "layer_indicator", _one(lambda v: v.indicators), _same),
    Key("layer_industry", "layer_industry", _one(lambda v: v.industries), _same),
    Key("place", "place", _one(lambda v: v.places), _same),
    Key("sort", "sort", _one(lambda v: v.columns), _same),
    Key("desc", "descending", _flag(True), _bit),
    Key("columns", "columns", _many(lambda v: v.columns, MAX_COLUMNS), _join),
    Key("ids", "ids", _many(lambda v: v.units, MAX_COMPARED), _join),
    Key("only", "only", _flag(False), _bit),
    Key("axes", "axes", _many(lambda v: v.indicators, MAX_AXES), _join),
    Key("group", "group", _one(lambda _: GROUPS, "kind"), _same),
    Key("chart", "chart", _one(lambda _: CHARTS, "radar"), _same),
    Key("page", "page", _page, _same),
)
BY_NAME: Mapping[str, Key] = {key.name: key for key in KEYS}
ATTRIBUTES: Mapping[str, str] = {key.attribute: key.name for key in KEYS}


def _gather(query: str) -> dict[str, str]:
    """Values by key; a repeated key (a form without JavaScript) counts as one list."""
    gathered: dict[str, list[str]] = {}
    for name, value in parse_qsl(query[:MAX_QUERY].lstrip("?"), max_num_fields=None):
        gathered.setdefault(name[:40], []).append(value)
    return {name: SEPARATOR.join(values) for name, values in gathered.items()}


def parse(query: object, vocabulary: Vocabulary) -> Parsed:
    """Read a query string. Anything but a string counts as empty; nothing raises."""
    if not isinstance(query, str):
        return Parsed(DEFAULT, ())
    values: dict[str, Any] = {}
    ignored = ["…"] if len(query) > MAX_QUERY else []
    for name, text in _gather(query).items():
        known = BY_NAME.get(name)
        if known is None:
            ignored.append(name)
            continue
        values[known.attribute], whole = known.read(text, vocabulary)
        if not whole:
            ignored.append(name)
    return Parsed(Selection(**values), tuple(ignored))


assert {part.name for part in fields(Selection)} == set(ATTRIBUTES), "every field of Selection has a key"
