"""Questions the pages ask: which units match, which places they lie at, in which order.

All functions are pure: an :class:`Observatory` and a :class:`Selection` in, arrays or frames out.
"""

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd
from shapely import contains_xy
from shapely.geometry import Polygon

from data.metadata import Catalogue
from data.names import fold
from data.observatory import Observatory, Units
from data.selection import Range, Selection

Mask = npt.NDArray[np.bool_]
SECOND_VIEWS = ("group", "benchmark")
"""Granularities that show the same places again; they are left out unless asked for."""


def units_of(obs: Observatory, unit: str) -> Units:
    """Clusters, regions or industries as units of a page."""
    return {"clusters": obs.clusters, "regions": obs.regions}.get(unit, obs.clusters)


def _among(column: pd.Series, wanted: Iterable[str]) -> Mask:
    return column.isin(list(wanted)).to_numpy(bool)


@lru_cache(maxsize=16)
def _children(catalogue: Catalogue) -> dict[str, frozenset[str]]:
    """For every industry all industries inside it, itself included, by parent and by members."""
    parents = {i.industry_id: i.parent_id for i in catalogue.industries.values()}
    inside: dict[str, set[str]] = {name: {name} for name in parents}
    for name in parents:
        above = parents[name]
        while above and above in inside:
            inside[above].add(name)
            above = parents[above]
    for item in catalogue.industries.values():
        for member in item.members:
            inside.get(member, set()).add(item.industry_id)
    return {name: frozenset(found) for name, found in inside.items()}


def industries_within(catalogue: Catalogue, industry_id: str) -> frozenset[str]:
    """The industry, everything below it, and the ranges that cannot be split from it."""
    return _children(catalogue).get(industry_id, frozenset({industry_id}))


def _in_industries(obs: Observatory, column: pd.Series, wanted: Iterable[str]) -> Mask:
    ids: set[str] = set()
    for industry in wanted:
        ids |= industries_within(obs.catalogue, industry)
    return _among(column, ids)


def _in_fields(obs: Observatory, column: pd.Series, wanted: Iterable[str]) -> Mask:
    table = obs.tables["industry_fields"]
    return _among(column, table.loc[_among(table["field_id"], wanted), "industry_id"])


def _in_ranges(units: Units, ranges: Iterable[Range]) -> Mask:
    mask = np.ones(len(units), bool)
    for indicator, low, high in ranges:
        values = units.matrix.column(indicator)
        with np.errstate(invalid="ignore"):
            mask &= ~np.isnan(values)
            if low is not None:
                mask &= values >= low
            if high is not None:
                mask &= values <= high
    return mask


def _in_area(frame: pd.DataFrame, selection: Selection) -> Mask:
    """Inside the drawn outline; an outline across the date line is tried one turn to each side."""
    outline = Polygon(selection.area).buffer(0)
    lon, lat = frame["lon"].to_numpy(float), frame["lat"].to_numpy(float)
    inside = contains_xy(outline, lon, lat)
    for turn in (-360.0, 360.0):
        inside |= contains_xy(outline, lon + turn, lat)
    return np.asarray(inside, bool)


def _with_text(frame: pd.DataFrame, text: str) -> Mask:
    words = fold(text).split()
    haystack = frame["folded"].to_numpy(object)
    return np.array([all(word in entry for word in words) for entry in haystack], bool)


def filter_mask(obs: Observatory, selection: Selection) -> Mask:
    """Which units of ``selection.unit`` the filters leave, as a boolean array over the units.

    A unit without a figure never satisfies a range. Second views of the same places (the common
    coarsening, the US benchmark scheme) are left out unless their granularity is asked for.
    """
    units = units_of(obs, selection.unit)
    frame = units.frame
    mask = np.ones(len(units), bool)
    granularity = frame["granularity"]
    if selection.unit == "clusters":
        mask &= _counted(frame, selection)
    if selection.granularity:
        mask &= _among(granularity, selection.granularity)
    for column, wanted in (
        ("kind", selection.kind),
        ("iso3", selection.country),
        ("continent", selection.continent),
    ):
        if wanted:
            mask &= _among(frame[column], wanted)
    if selection.industry:
        mask &= _in_industries(obs, frame["industry_id"], selection.industry)
    if selection.field:
        mask &= _in_fields(obs, frame["industry_id"], selection.field)
    if selection.ranges:
        mask &= _in_ranges(units, selection.ranges)
    if selection.area:
        mask &= _in_area(frame, selection)
    if selection.text:
        mask &= _with_text(frame, selection.text)
    return mask


def _counted(frame: pd.DataFrame, selection: Selection) -> Mask:
    second = _among(frame["granularity"], SECOND_VIEWS)
    asked = _among(frame["granularity"], set(selection.granularity) & set(SECOND_VIEWS))
    if selection.rule:
        return np.asarray(frame["counted"].to_numpy(bool) | asked, bool)
    return np.asarray(~second | asked, bool)


def best(values: npt.NDArray[np.float64], groups: npt.NDArray[np.intp], n: int, direction: int) -> npt.NDArray[np.float64]:
    """Per group the best value (highest, or lowest where lower is better); NaN where none is known."""
    known = ~np.isnan(values)
    start = -np.inf if direction >= 0 else np.inf
    result = np.full(n, start)
    (np.maximum if direction >= 0 else np.minimum).at(result, groups[known], values[known])
    result[np.isinf(result)] = np.nan
    return result


def places(obs: Observatory, mask: Mask, selection: Selection) -> pd.DataFrame:
    """One row a place of the matching clusters, largest count first.

    Columns: place_id, lon, lat, iso3, name_en, name_de, clusters (count), science_technology (bool),
    industry (bool), colour, size (the best of the place's clusters in that indicator, NaN where
    missing). Clusters of the same region share a place.
    """
    units, rows = obs.clusters, np.flatnonzero(mask)
    frame = units.frame.iloc[rows]
    codes, ids = pd.factorize(frame["place_id"].astype("object"))
    first = pd.Series(np.arange(len(rows))).groupby(codes).first().to_numpy() if len(rows) else rows
    table = frame.iloc[first][["place_id", "lon", "lat", "iso3", "country_name_en", "country_name_de"]]
    table = table.reset_index(drop=True)
    science = (frame["kind"] == "science-technology").to_numpy()
    table["clusters"] = np.bincount(codes, minlength=len(ids))
    table["science_technology"] = np.bincount(codes, weights=science, minlength=len(ids)) > 0
    table["industry"] = np.bincount(codes, weights=~science, minlength=len(ids)) > 0
    for lang in ("en", "de"):
        own = frame.iloc[first]
        region = own[f"region_name_{lang}"].astype("object").reset_index(drop=True)
        table[f"name_{lang}"] = region.where(region.notna(), own[f"name_{lang}"].reset_index(drop=True))
    for role, indicator in (("colour", selection.colour), ("size", selection.size)):
        values = units.matrix.column(indicator)[rows] if indicator else np.full(len(rows), np.nan)
        direction = obs.catalogue.indicators[indicator].direction if indicator else 1
        table[role] = best(values, codes, len(ids), direction)
    return table.sort_values(["clusters", "place_id"], ascending=[False, True], ignore_index=True)


def order(units: Units, rows: npt.NDArray[np.intp], column: str, descending: bool, lang: str) -> npt.NDArray[np.intp]:
    """Rows sorted by an indicator or a text column; missing figures come last, ties by id."""
    frame = units.frame
    if column in units.matrix.indicators:
        values = units.matrix.column(column)[rows]
        keys = -values if descending else values
        return rows[np.lexsort((rows, keys))]
    text = {"name": f"name_{lang}", "country": f"country_name_{lang}", "kind": "kind"}.get(column, f"name_{lang}")
    keys = frame[text].astype("object").fillna("").astype(str).iloc[rows].map(fold)
    sorted_rows = keys.sort_values(kind="stable", ascending=not descending).index
    return np.asarray(sorted_rows, np.intp)
