"""Whether a row of an editor's file can be taken: each check answers with a reason, or with nothing."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import geopandas as gpd
import shapely

from data.contracts_directory import CONFIDENCES, INITIATIVE_KINDS, INITIATIVE_STATUSES
from data.pipeline.sources.iso3166 import ISO3_BY_ISO2

LONGEST = 300
NEAR_BORDER = 0.5  # degrees: outlines are coarse, and a port may lie on a filled-in shore
_ISO2_BY_ISO3 = {iso3: iso2 for iso2, iso3 in ISO3_BY_ISO2.items()}
_ADDRESS = re.compile(r"^https?://[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?(/\S*)?$", re.IGNORECASE)
_DATE = re.compile(r"^(19|20)\d\d(-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))?$")

Row = Mapping[str, str]


@dataclass(frozen=True)
class Known:
    """What a row may refer to."""

    initiatives: frozenset[str]
    programmes: frozenset[str]
    fields: frozenset[str]
    industries: frozenset[str]
    countries: gpd.GeoSeries
    """Outlines by alpha-3 code."""


def country_code(text: str) -> str:
    """The alpha-2 code of an alpha-2 or alpha-3 code, '' for anything else."""
    code = text.strip().upper()
    return code if code in ISO3_BY_ISO2 else _ISO2_BY_ISO3.get(code, "")


def _check_texts(row: Row) -> Iterator[str]:
    for column, text in row.items():
        if any(ord(c) < 32 or ord(c) == 127 for c in text):
            yield f"{column} has a line break or control character"
        elif "<" in text or ">" in text:
            yield f"{column} has a bracket < or >"
        elif len(text) > LONGEST:
            yield f"{column} is longer than {LONGEST} characters"


def _check_needed(row: Row) -> Iterator[str]:
    needed = ("source_url",) if row["replaces"] else ("name", "country", "kind", "source_url")
    for column in needed:
        if not row[column]:
            yield f"{column} is missing"


def _check_codes(row: Row) -> Iterator[str]:
    lists = {"kind": INITIATIVE_KINDS, "status": INITIATIVE_STATUSES, "confidence": CONFIDENCES,
             "verified": ("yes", "no"), "distinct": ("yes", "no")}  # fmt: skip
    for column, allowed in lists.items():
        if row[column] and row[column] not in allowed:
            yield f"{column} is {row[column]!r}; allowed are {', '.join(allowed)}"
    if row["country"] and not country_code(row["country"]):
        yield f"country is {row['country']!r}; give the ISO code, such as DE or DEU"


def _check_numbers(row: Row) -> Iterator[str]:
    bounds = {"founded": (1800, 2100), "members": (0, 1_000_000), "members_as_of": (1990, 2100),
              "status_year": (1990, 2100)}  # fmt: skip
    for column, (low, high) in bounds.items():
        if row[column] and not (row[column].isdecimal() and low <= int(row[column]) <= high):
            yield f"{column} is {row[column]!r}; a whole number from {low} to {high} is needed"
    if row["last_checked"] and not _DATE.match(row["last_checked"]):
        yield f"last_checked is {row['last_checked']!r}; give 2026 or 2026-11-24"


def _check_addresses(row: Row) -> Iterator[str]:
    for column in ("website", "source_url"):
        if row[column] and not _ADDRESS.match(row[column]):
            yield f"{column} is no web address: {row[column]!r}"


def _point(row: Row) -> tuple[float, float] | None:
    try:
        lon, lat = float(row["lon"]), float(row["lat"])
    except ValueError:
        return None
    return (lon, lat) if -180 <= lon <= 180 and -90 <= lat <= 90 else None


def _check_point(row: Row, known: Known) -> Iterator[str]:
    if not row["lon"] and not row["lat"]:
        return
    point = _point(row)
    if point is None:
        yield f"lon {row['lon']!r} and lat {row['lat']!r} are no point; give degrees with a decimal point"
        return
    iso3 = ISO3_BY_ISO2.get(country_code(row["country"]), "")
    if iso3 in known.countries.index:
        off = shapely.distance(known.countries.loc[iso3], shapely.Point(*point))
        if off > NEAR_BORDER:
            yield f"the point {row['lon']}, {row['lat']} lies outside {row['country']}; lon comes first"


def _check_references(row: Row, known: Known) -> Iterator[str]:
    lists: dict[str, frozenset[str]] = {
        "field_ids": known.fields, "industry_ids": known.industries, "programme_id": known.programmes,
        "replaces": known.initiatives,
    }  # fmt: skip
    for column, allowed in lists.items():
        unknown = [part for part in row[column].split("|") if part and part not in allowed]
        if unknown:
            yield f"{column}: there is no {unknown[0]}"


def find_faults(row: Row, known: Known) -> list[str]:
    """Every reason why a row cannot be taken, none if it can."""
    alone: tuple[Callable[[Row], Iterator[str]], ...] = (
        _check_texts, _check_needed, _check_codes, _check_numbers, _check_addresses,
    )  # fmt: skip
    faults = [fault for check in alone for fault in check(row)]
    return [*faults, *_check_point(row, known), *_check_references(row, known)]
