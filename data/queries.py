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
from data.places import places
from data.selection import Range, Selection

__all__ = ["Mask", "filter_mask", "industries_within", "order", "places", "units_of"]

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


@lru_cache(maxsize=8)
def _haystack(obs: Observatory, unit: str) -> tuple[str, ...]:
    """What the text filter looks through, unit by unit: names of unit, region, industry and country."""
    frame = units_of(obs, unit).frame
    columns = [c for c in frame.columns if c.startswith(("name_", "region_name_", "country_name_"))]
    texts = frame[columns].astype("object").fillna("").agg(" ".join, axis=1)
    industries = {
        name: f" {i.name.en} {i.name.de} {i.short.en} {i.short.de}"
        for name, i in obs.catalogue.industries.items()
    }
    return tuple(
        fold(text + industries.get(industry, ""))
        for text, industry in zip(texts, frame["industry_id"].astype("object").fillna(""), strict=True)
    )


def _with_text(haystack: tuple[str, ...], text: str) -> Mask:
    words = fold(text).split()
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
        mask &= _counted(obs, selection)
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
        mask &= _with_text(_haystack(obs, selection.unit), selection.text)
    return mask


@lru_cache(maxsize=8)
def _views(obs: Observatory) -> tuple[Mask, dict[str, Mask]]:
    """(clusters that count, clusters of each second view of the same places)."""
    frame = obs.clusters.frame
    return frame["counted"].to_numpy(bool), {
        name: _among(frame["granularity"], [name]) for name in SECOND_VIEWS
    }


def _counted(obs: Observatory, selection: Selection) -> Mask:
    counted, seconds = _views(obs)
    mask = counted.copy() if selection.rule else ~np.logical_or.reduce(list(seconds.values()))
    for name in set(selection.granularity) & set(SECOND_VIEWS):
        mask |= seconds[name]
    return mask


def order(
    units: Units, rows: npt.NDArray[np.intp], column: str, descending: bool, lang: str
) -> npt.NDArray[np.intp]:
    """Rows sorted by an indicator or a text column; missing figures come last, ties by id."""
    frame = units.frame
    if column in units.matrix.indicators:
        values = units.matrix.column(column)[rows]
        keys = -values if descending else values
        return rows[np.lexsort((rows, keys))]
    text = {"name": f"name_{lang}", "country": f"country_name_{lang}", "kind": "kind"}.get(
        column, f"name_{lang}"
    )
    names = frame[text].astype("object").fillna("").astype(str).iloc[rows].map(fold)
    sorted_rows = names.sort_values(kind="stable", ascending=not descending).index
    return np.asarray(sorted_rows, np.intp)
